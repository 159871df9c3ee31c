"""Whoever asks a model sees nothing of the project, and whoever sees the project asks no model."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from redfirst.project.sandbox.away import launch_away
from redfirst.project.sandbox.choose import choose
from redfirst.project.sandbox.level import Level
from tests.cli.project import redfirst
from tests.model.shop import CODE, GOOD, KEY, NEGATIVE_PRICE, NO_PRICES, SECRETS, WEAK, module
from tests.support.model_server import Reply, answer

if TYPE_CHECKING:
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

SPY = """\
import os, socket, sys
for path in sys.stdin.read().split("\\n"):
    try:
        print(sorted(os.listdir(path)) if os.path.isdir(path) else open(path).read())
    except OSError as error:
        print(type(error).__name__)
try:
    socket.create_connection(("127.0.0.1", int(os.environ["LC_PORT"])), 10)
    print("connected")
except OSError as error:
    print(error)
print(os.getcwd(), os.listdir("."))
print(sorted(name for name in os.environ if "KEY" in name or "canary" in os.environ[name]))
"""
# No test can be judged where the tests see the key, or what else the environment holds.
WATCHFUL = """\
import os
canary_of_conftest = 1
assert not [name for name, value in os.environ.items() if "canary" in value]
"""
EVERY_MODULE = """\
import pkgutil, sys
import redfirst
for one in pkgutil.walk_packages(redfirst.__path__, "redfirst."):
    if not one.name.startswith("redfirst.envoy.") and not one.name.endswith("__main__"):
        __import__(one.name)
assert "redfirst.envoy.wire" in sys.modules and "redfirst.lsp.server" in sys.modules
print(sorted({name.partition(".")[0] for name in sys.modules} & {"anthropic", "httpx2"}))
"""


def test_nothing_of_the_project_is_sent_and_the_key_is_nowhere(
    shop: Shop, server: ModelServer
) -> None:
    """The real command, with a draft that must be repaired and one that raises what it can see."""
    seen = 'int(open("tests/conftest.py").read())'
    loud = NO_PRICES.replace("total([])", f"total([{seen}])")
    (shop.root / "tests/conftest.py").write_text(WATCHFUL)
    server.script(
        Reply(answer(module(loud, WEAK, NEGATIVE_PRICE))),
        Reply(answer(module(NO_PRICES, WEAK))),
        Reply(answer(GOOD)),
    )
    said = redfirst(
        shop.root,
        *("--debug", "generate", "specs/total.yml", "--provider", "anthropic"),
        MY_SETTING="canary_of_the_environment",
    )
    assert said.code == 0, said.out + said.err
    assert len(server.requests) == 3
    code = [line.strip() for line in CODE.splitlines() if "canary" in line]
    for request in server.requests:
        assert "assert" not in str(request.body["messages"])
        for secret in (*SECRETS, *code, str(shop.root), Path.home().as_posix()):
            assert secret not in request.words, secret
        assert request.headers["Authorization"] == f"Bearer {KEY}"
    written = [path.read_text() for path in shop.root.rglob("*") if path.is_file()]
    assert any("<specification>" in text for text in written)
    assert not any(KEY in text for text in (said.out, said.err, *written))


@pytest.mark.skipif(choose().level is not Level.BUBBLEWRAP, reason="needs bubblewrap")
def test_the_process_that_asks_cannot_open_the_project(shop: Shop, tmp_path: Path) -> None:
    """It has the network, an empty folder, and no variable that is a secret."""
    elsewhere = tmp_path / "redfirst"
    elsewhere.mkdir()
    spy = elsewhere / "spy.py"
    spy.write_text(SPY)
    root = shop.root / "specs"
    wanted = [root, root / "total.yml", shop.root, Path.home() / ".ssh", "/proc/1/cwd/specs"]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        environment = {**os.environ, "ANTHROPIC_API_KEY": KEY, "MY_SETTING": "canary"}
        environment["LC_PORT"] = str(listener.getsockname()[1])
        launch = launch_away(spy, root, Level.BUBBLEWRAP, tmp_path, environment)
        done = subprocess.run(
            launch.command,
            env=dict(launch.environment),
            input="\n".join(map(str, wanted)),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "[]",
        "FileNotFoundError",
        "['redfirst', 'specs']",
        "FileNotFoundError",
        "FileNotFoundError",
        "connected",
        "/tmp/home []",
        "[]",
    ]


def test_no_other_process_ever_loads_the_sdk() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EVERY_MODULE], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr
