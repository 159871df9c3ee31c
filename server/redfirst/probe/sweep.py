"""What a run leaves in the temporary folders goes with it, so that the next run cannot find it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress


def entries(folders: list[str]) -> set[str]:
    """The paths of all that lies directly in the folders."""
    found: set[str] = set()
    for folder in folders:
        with suppress(OSError):
            found.update(entry.path for entry in os.scandir(folder))
    return found


def remove_all_but(kept: set[str], folders: list[str]) -> None:
    """Whatever can be removed."""
    for path in entries(folders) - kept:
        if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108
