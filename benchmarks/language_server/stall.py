"""How long the server leaves an editor without an answer while it verifies."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from benchmarks.language_server.peer import SilentError, ready
from benchmarks.language_server.texts import make_project
from benchmarks.speed.environments import PLAIN, python_with

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.language_server.servers import Server

_VERIFY = "redfirst.verify"
_BETWEEN = 0.005  # seconds


def stall(server: Server, folder: Path, at_once: int) -> list[float]:
    """Seconds that requests without any work waited while so many specs were verified."""
    specs = make_project(folder, python_with(PLAIN), at_once)
    waited: list[float] = []
    with ready(server, folder) as peer:
        peer.request("$/nothing", {})  # what is loaded at the start is no work of these
        asked = [
            peer.ask(
                "workspace/executeCommand",
                {"command": _VERIFY, "arguments": [{"uri": spec.as_uri()}]},
            )
            for spec in specs
        ]
        while not all(map(peer.has_answered, asked)):
            begin = time.perf_counter()
            waited.append(peer.request("$/nothing", {}).at - begin)
            time.sleep(_BETWEEN)
        for question in asked:
            answer = peer.answer(question).message
            if not _is_red(answer.get("result")):
                raise SilentError(f"{server.name} did not verify: {answer}")
    return waited


def _is_red(result: Any) -> bool:  # noqa: ANN401  # whatever the server says
    return bool(result and result["ok"])
