"""A process that nobody waits for in silence: editor and server get the processor before it.

Where each session has its own share of the processor (Linux, on desktops), a process that stands
back within its session gains nobody anything; the session itself has to.
"""

from __future__ import annotations

import os
from contextlib import suppress

OPTION = "--background"

_STEPS = 5
_SHARE = "/proc/self/autogroup"


def stand_back(command_line: list[str]) -> None:
    """Do so if the command line says it, with all that is started from here."""
    if OPTION in command_line and hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_STEPS)
        stand_back_in_session(command_line)


def stand_back_in_session(command_line: list[str]) -> None:
    """The same for a session that was just begun."""
    if OPTION in command_line:
        with suppress(OSError):  # as a rule the kernel lets one do it ten times a second
            share = os.open(_SHARE, os.O_WRONLY)
            try:
                os.write(share, b"%d" % _STEPS)
            finally:
                os.close(share)
