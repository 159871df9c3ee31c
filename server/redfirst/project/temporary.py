"""Temporary folders that say whose they are: what a process that was killed has left is removed by
a later one.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(
    r"redfirst-[a-z]+-(?P<world>[0-9a-f]{8})-(?P<process>\d+)-(?P<began>\d+)-"
)
_BEGAN_AT: Final = 19  # place of the start time in what /proc/PID/stat says behind the name


def temporary_folder(kind: str) -> Path:
    """A new one, which this process removes; `kind` is a word for people."""
    return Path(tempfile.mkdtemp(prefix=prefix(kind)))


def prefix(kind: str) -> str:
    """What the name of such a folder begins with."""
    process = os.getpid()
    world, began = _world(), _began(process)
    owner = "" if world is None or began is None else f"{world}-{process}-{began}-"
    return f"redfirst-{kind}-{owner}"


def remove_orphans() -> None:
    """Remove the folders whose owner is no more (Linux only).

    Only those of this user, and of processes that would be seen from here if they were alive: not
    of another container or machine that has the same folder for temporary files.
    """
    world = _world()
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            name = _NAME.match(entry.name)
            if name is not None and name["world"] == world and _is_own_folder(entry):
                began = _began(int(name["process"]))
                if began != name["began"]:
                    shutil.rmtree(entry.path, ignore_errors=True)


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()


@cache
def _world() -> str | None:
    """Where a number means one process: a machine since it was started, and a namespace on it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        space = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return None
    return sha256(f"{boot}{space}".encode()).hexdigest()[:8]


def _began(process: int) -> str | None:
    """When a process began, in ticks of the machine: its number may be given to another one."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return said.rpartition(")")[2].split()[_BEGAN_AT]
