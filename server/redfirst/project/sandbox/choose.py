"""Which level this machine gives: found out once, by really starting something."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redfirst.project.sandbox import bubblewrap, landlock, seatbelt
from redfirst.project.sandbox.level import Level
from redfirst.project.sandbox.limits import Limits
from redfirst.project.sandbox.seccomp import is_known

_TRIAL_LIMIT: Final = 10.0  # seconds
_LANDLOCK_CREATE: Final = 444
_LANDLOCK_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """The best level that works here, `None` when there is none; why better ones do not."""

    level: Level | None
    missing: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """What to do to get a better one, or any."""
        return " ".join(self.missing)


@functools.cache
def choose() -> Choice:
    """The best level of this machine."""
    if sys.platform == "darwin":
        return _on_mac()
    if sys.platform != "linux":
        return Choice(None, ("There is no sandbox for this system yet.",))
    if not is_known(platform.machine()):
        words = f"The system calls of `{platform.machine()}` are not known to redfirst."
        return Choice(None, (words,))
    obstacle = _obstacle_to_bubblewrap()
    if obstacle is None:
        return Choice(Level.BUBBLEWRAP)
    version = landlock_version()
    if version >= landlock.OLDEST:
        return Choice(Level.LANDLOCK, (obstacle,))
    without = "The kernel has no Landlock that would do in its place (Linux 6.12 or newer)."
    return Choice(None, (obstacle, without))


def _on_mac() -> Choice:
    if (
        Path(seatbelt.PROGRAM).is_file()
        and _works((seatbelt.PROGRAM, "-p", "(version 1)(allow default)", "/usr/bin/true")) is None
    ):
        return Choice(Level.SEATBELT)
    return Choice(None, (f"`{seatbelt.PROGRAM}` does not work here.",))


def _obstacle_to_bubblewrap() -> str | None:
    """`None` when it works."""
    if shutil.which(bubblewrap.PROGRAM) is None:
        return "bubblewrap is not installed: `apt-get install bubblewrap`, or your system's way."
    view = bubblewrap.View(bubblewrap.system_folders(), (), (), (), Path("/"))
    command = (*bubblewrap.arguments(view, Limits(), as_root=os.geteuid() == 0), "/usr/bin/true")
    words = _works(command)
    if words is None:
        return None
    return (
        f"bubblewrap does not work here ({words}). It needs user namespaces, which this system or "
        "container may forbid."
    )


def _works(command: tuple[str, ...]) -> str | None:
    """`None` when it ends well, else what it says."""
    try:
        done = subprocess.run(  # noqa: S603  (arguments of our own)
            command, capture_output=True, text=True, timeout=_TRIAL_LIMIT, check=False, cwd="/"
        )
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    if done.returncode == 0:
        return None
    return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it says nothing"


def landlock_version() -> int:
    """The version of Landlock that the kernel offers; 0 when it offers none."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    found = call(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    return max(int(found), 0)
