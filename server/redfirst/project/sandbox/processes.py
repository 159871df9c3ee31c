"""Process numbers: inside a namespace they differ from those outside."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def outer_number(ancestor: int, inner: int) -> int | None:
    """The number, out here, of the descendant of `ancestor` that is `inner` in its own namespace.

    `None` when it is gone.
    """
    for number, innermost in _descendants(ancestor):
        if innermost == inner:
            return number
    return None


def end_children(number: int) -> None:
    """Kill what a process has started, the sandbox of a wrapper before all: the wrapper's own end
    would not end one that is still being set up.
    """
    with suppress(OSError):
        for child in _children(number):
            os.kill(child, signal.SIGKILL)


def _descendants(ancestor: int) -> Iterator[tuple[int, int]]:
    """Numbers out here and in the innermost namespace, of those in a namespace of their own."""
    waiting = [ancestor]
    while waiting:
        number = waiting.pop()
        try:
            waiting.extend(_children(number))
            names = _namespaces(number)
        except OSError:
            continue
        if len(names) > 1:
            yield number, names[-1]


def _children(number: int) -> Iterator[int]:
    for task in Path(f"/proc/{number}/task").iterdir():
        yield from map(int, (task / "children").read_text().split())


def _namespaces(number: int) -> list[int]:
    """Its number in each namespace that it is in, ours first."""
    for line in Path(f"/proc/{number}/status").read_text().splitlines():
        if line.startswith("NSpid:"):
            return list(map(int, line.split()[1:]))
    return []
