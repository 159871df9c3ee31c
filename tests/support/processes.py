"""What became of processes that a test saw start."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path

PATIENCE = 60.0  # seconds; only a test that fails ever waits that long


def is_gone(pid: int) -> bool:
    """Whether the process ends; a kill takes a moment to arrive on a busy machine."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], PATIENCE)[0])
    finally:
        os.close(descriptor)


def descendants(pid: int) -> list[tuple[int, str]]:
    """The processes below `pid`, with their command lines; those that just ended are left out."""
    found: list[tuple[int, str]] = []
    waiting = [pid]
    while waiting:
        number = waiting.pop()
        with suppress(OSError):
            for task in Path(f"/proc/{number}/task").iterdir():
                waiting.extend(map(int, (task / "children").read_text().split()))
            if number != pid:
                command = Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace")
                found.append((number, command.replace("\0", " ")))
    return found
