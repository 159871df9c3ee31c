"""`initialize` is answered before the server is imported, and is not wrong about it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from redfirst.lsp.connection.endpoint import Endpoint
from redfirst.lsp.connection.late import Late
from redfirst.lsp.server import register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

LATE_IN = [f"redfirst.lsp.{name}" for name in (
    "server", "methods.execute_command", "methods.synchronization"
)]  # fmt: skip
HELLO = {"processId": None, "rootUri": None, "capabilities": {}}
WATCHED = """\
import sys
from redfirst.lsp.connection.endpoint import Endpoint
import asyncio

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
print(*sorted({"jsonschema", "yaml", "rich", "ssl"} & set(sys.modules)))
"""


def late_in(module: ModuleType) -> Iterator[Late]:
    for value in vars(module).values():
        if isinstance(value, Late):
            yield value
        elif isinstance(value, dict):
            for entry in value.values():
                yield from (each for each in flat(entry) if isinstance(each, Late))


def flat(entry: object) -> tuple[object, ...]:
    return entry if isinstance(entry, tuple) else (entry,)


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


def test_every_function_that_is_imported_late_exists() -> None:
    named = [each for name in LATE_IN for each in late_in(import_module(name))]
    assert len(named) > 15
    for each in named:
        assert callable(each.function)
