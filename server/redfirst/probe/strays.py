"""Processes that left their session to outlive the test that started them (Linux only)."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_PR_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """From now on this process is the parent of every descendant that loses its own."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        with suppress(OSError):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end(but: AbstractSet[int]) -> None:
    """Kill the children of this process except those in `but`, and the orphans that they leave."""
    while strays := _children() - but:
        for stray in strays:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(stray, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(stray, 0)


def _children() -> set[int]:
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return set()
    return {int(child) for child in listed.split()}
