"""A process that hears nothing from its client, since it is at work, ends with it all the same.

The kernel sees to that (Linux only), even where the client was killed. A process with children in
sessions of their own must not be ended like this: it has to end them first, and listens meanwhile.
"""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1


def hold() -> None:
    """From now on this process ends with its parent. What it forks does not, unless it says so."""
    if sys.platform == "linux":
        _control(signal.SIGKILL)


def let_go() -> None:
    """This process sees to its end itself."""
    if sys.platform == "linux":
        _control(0)


def _control(number: int) -> None:
    import ctypes  # noqa: PLC0415

    with suppress(OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
