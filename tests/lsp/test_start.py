"""How the server is started."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import redfirst
from tests.lsp.client import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


def framed(message: dict[str, Any]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0"} | message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def test_on_a_port_for_debugging(tmp_path: Path) -> None:
    hello = {"processId": None, "rootUri": None, "capabilities": {}}
    command = [sys.executable, "-m", "redfirst", "lsp", "--tcp", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        port = next(found[1] for line in server.stderr if (found := re.search(r", (\d+)\)", line)))
        with socket.create_connection(("127.0.0.1", int(port))) as client:
            stream = client.makefile("rwb")
            stream.write(framed({"id": 1, "method": "initialize", "params": hello}))
            stream.flush()
            length = int(stream.readline().split()[1])
            while stream.readline() != b"\r\n":
                pass
            assert json.loads(stream.read(length))["result"]["serverInfo"]["name"] == "redfirst"
            stream.write(framed({"id": 2, "method": "shutdown"}) + framed({"method": "exit"}))
            stream.flush()
            assert server.wait(PATIENCE) == 0


@pytest.mark.parametrize("address", ["nowhere", "localhost:", "1:99999", "²"])
def test_an_address_without_a_port(tmp_path: Path, address: str) -> None:
    said = redfirst(tmp_path, "lsp", "--tcp", address)
    assert said.code == 2
    assert "names no port" in said.err


WATCHED = """\
import sys
from redfirst.cli.main import main
try:
    main(["validate", "--help"])
except SystemExit:
    assert not {"pygls", "lsprotocol"} & set(sys.modules)
"""


def test_other_commands_do_not_pay_for_the_protocol() -> None:
    subprocess.run([sys.executable, "-c", WATCHED], check=True, capture_output=True)
