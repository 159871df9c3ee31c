"""From the start of the process to its first answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.language_server.peer import settle, spawned
from benchmarks.language_server.texts import spec_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.language_server.servers import Server

_BROKEN_SPEC = spec_of(40).replace("module:", "modul:")
_BROKEN_PYTHON = "import os\n\n\ndef clamp(value:\n    return value\n"


def startup(
    servers: Sequence[Server], folder: Path, rounds: int
) -> tuple[dict[Server, list[float]], dict[Server, list[float]]]:
    """Seconds to the answer of `initialize`, and to the first diagnostics, in turns."""
    answered: dict[Server, list[float]] = {server: [] for server in servers}
    diagnosed: dict[Server, list[float]] = {server: [] for server in servers}
    for counts in (False, *[True] * rounds):
        for server in servers:
            first, second = _start(server, folder)
            if counts:
                answered[server].append(first)
                diagnosed[server].append(second)
    return answered, diagnosed


def _start(server: Server, folder: Path) -> tuple[float, float]:
    is_python = server.language == "python"
    path = folder / ("clamp.py" if is_python else "specs/broken.yml")
    with spawned(server, folder) as peer:
        answered = peer.initialize(folder).at
        settle(peer)
        uri = peer.open(path, _BROKEN_PYTHON if is_python else _BROKEN_SPEC)
        while not (came := peer.diagnostics(uri)).message["params"]["diagnostics"]:
            pass
    return answered - peer.spawned, came.at - peer.spawned
