"""`initialize` is answered before the server is imported, and is not wrong about it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from redfirst.lsp.endpoint import Endpoint
from redfirst.lsp.server import register

HELLO = {"processId": None, "rootUri": None, "capabilities": {}}
WATCHED = """\
import asyncio, sys
from redfirst.lsp.endpoint import Endpoint

class Answers(list):
    write = list.append

async def answer_one():
    endpoint = Endpoint(None)
    endpoint.protocol.set_writer(answers)
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": %r}
    endpoint.protocol.handle_message(endpoint.protocol.structure_message(hello))

answers = Answers()
asyncio.run(answer_one())
assert b'"capabilities"' in answers[-1], answers
ours = {name for name in sys.modules if name.startswith("redfirst.")}
print(*sorted({name.split(".")[1] for name in ours}))
print(*sorted({"jsonschema", "yaml", "rich"} & set(sys.modules)))
"""


def offered(endpoint: Endpoint) -> dict[str, Any]:
    known = endpoint.protocol.fm
    return {
        "methods": set(known.features),
        "options": dict(known.feature_options),
        "commands": set(known.commands),
    }


def test_what_is_offered_is_what_there_is() -> None:
    """A method stands in `offer.py`, with its options, and in `server.py`."""
    first = Endpoint(register)
    told = offered(first)
    first.protocol.fm.features.clear()
    first.protocol.fm.feature_options.clear()
    first.protocol.fm.commands.clear()
    register(first)
    assert offered(first) == told


def test_only_what_the_answer_needs_is_imported() -> None:
    """Rooms of ours, then libraries: more of them would make each start slower."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED % HELLO], check=False, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["lsp", ""], done.stderr
