"""Where a prepared process works: told late, for it was started before anybody knew."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import wire


def enter(order: wire.Enter) -> None:
    """Work in another folder, with another place for temporary files."""
    os.chdir(order.folder)
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), order.scratch))
    tempfile.tempdir = None
