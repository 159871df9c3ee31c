"""What a server and its children hold in memory, once it has come to rest."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.language_server.peer import ready
from benchmarks.language_server.texts import spec_of

if TYPE_CHECKING:
    from benchmarks.language_server.servers import Server

_REST = 0.5  # seconds without work
_LONGEST = 120.0
_MEBIBYTE = 1 << 20


def memory(server: Server, folder: Path) -> float:
    """MiB (proportional share) with a workspace and one of its files open, at rest."""
    is_python = server.language == "python"
    with ready(server, folder) as peer:
        if is_python:
            peer.open(folder / "clamp.py", "def clamp(value):\n    return value\n")
        else:
            peer.open(folder / "specs/open.yml", spec_of(40))
        _await_rest(peer.process.pid)
        return sum(map(_share, _family(peer.process.pid))) / _MEBIBYTE


def _await_rest(pid: int) -> None:
    until = time.monotonic() + _LONGEST
    before = -1
    while (now := sum(map(_ticks, _family(pid)))) != before and time.monotonic() < until:
        before = now
        time.sleep(_REST)


def _family(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return [pid]
    return [pid, *(each for child in told.split() for each in _family(int(child)))]


def _ticks(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(told[11]) + int(told[12])


def _share(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    share = next(line for line in told.splitlines() if line.startswith("Pss:"))
    return int(share.split()[1]) * 1024


def can_measure() -> bool:
    """Whether this system tells."""
    return Path(f"/proc/{os.getpid()}/smaps_rollup").exists()
