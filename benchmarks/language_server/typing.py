"""From a keystroke to what is wrong with the new text."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from benchmarks.language_server.peer import ready
from benchmarks.language_server.texts import spec_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.language_server.peer import Peer
    from benchmarks.language_server.servers import Server

_KEY: Final = "examples:"
_ERROR: Final = 1


def typing(
    servers: Sequence[Server], folder: Path, lines: int, rounds: int, keystrokes: int
) -> dict[Server, list[list[float]]]:
    """Seconds for each keystroke, in rounds: one server after the other types the same.

    Every other keystroke breaks a key in the middle of the spec, the next one mends it, and each
    must have its diagnostics before the next is typed.
    """
    text = spec_of(lines)
    timed: dict[Server, list[list[float]]] = {server: [] for server in servers}
    with ExitStack() as stack:
        typists = {
            server: _Typist(stack.enter_context(ready(server, folder)), folder, text)
            for server in servers
        }
        for counts in (False, *[True] * rounds):
            for server in servers:
                seconds = [typists[server].press() for _ in range(keystrokes)]
                if counts:
                    timed[server].append(seconds)
    return timed


class _Typist:
    """Types an `x` behind a key, and takes it away again."""

    def __init__(self, peer: Peer, folder: Path, text: str) -> None:
        self._peer = peer
        self._uri = peer.open(folder / "specs/typed.yml", text)
        self._version = 1
        rows = text.splitlines()
        middle = len(rows) // 2
        self._row = next(at for at in range(middle, len(rows)) if _KEY in rows[at])
        self._column = rows[self._row].index(_KEY)
        self._await(broken=False)

    def press(self) -> float:
        """Seconds until the diagnostics of the new text are there."""
        self._version += 1
        is_broken = self._version % 2 == 0
        start = {"line": self._row, "character": self._column}
        end = start if is_broken else start | {"character": self._column + 1}
        change = {"range": {"start": start, "end": end}, "text": "x" if is_broken else ""}
        document = {"uri": self._uri, "version": self._version}
        params = {"textDocument": document, "contentChanges": [change]}
        begin = self._peer.notify("textDocument/didChange", params)
        return self._await(broken=is_broken) - begin

    def _await(self, *, broken: bool) -> float:
        while True:
            came = self._peer.diagnostics(self._uri)
            if any(map(_is_error, came.message["params"]["diagnostics"])) is broken:
                return came.at


def _is_error(diagnostic: dict[str, Any]) -> bool:
    return diagnostic["severity"] == _ERROR
