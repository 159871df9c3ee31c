"""What became of processes that a test saw start."""

from __future__ import annotations

import os
import select


def is_gone(pid: int) -> bool:
    """Whether the process ends; a kill takes a moment to arrive on a busy machine."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 10)[0])
    finally:
        os.close(descriptor)
