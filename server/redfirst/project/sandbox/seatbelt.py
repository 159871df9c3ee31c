"""The profile of `sandbox-exec` on macOS. Pure. It was written from Apple's profiles and public
ones; no test of ours has run on a Mac.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PROGRAM: Final = "/usr/bin/sandbox-exec"

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/System", "/Library", "/opt", "/private/var/db")
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


def arguments(shown: Iterable[Path], own: Path) -> tuple[str, ...]:
    """Everything before the command itself: `shown` can be read, `own` also written."""
    return (PROGRAM, "-p", profile(shown, own))


def profile(shown: Iterable[Path], own: Path) -> str:
    """Everything is denied that is not named."""
    seen = [*_SYSTEM, *map(str, shown), str(own)]
    return "\n".join(
        (
            "(version 1)",
            "(deny default)",
            "(allow process-fork process-exec)",
            "(allow signal (target same-sandbox))",
            "(allow sysctl-read mach-lookup ipc-posix-sem ipc-posix-shm)",
            "(allow file-read-metadata)",
            f"(allow file-read* {_below(seen)} {_exactly(_DEVICES)})",
            f"(allow file-write* {_below([str(own)])} {_exactly(_DEVICES)})",
        )
    )


def _below(folders: Iterable[str]) -> str:
    return " ".join(f"(subpath {json.dumps(folder, ensure_ascii=False)})" for folder in folders)


def _exactly(files: Iterable[str]) -> str:
    return " ".join(f"(literal {json.dumps(file)})" for file in files)
