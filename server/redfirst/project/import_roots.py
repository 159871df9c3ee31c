"""The folders of a project from which its tests import modules."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from redfirst.project.pytest_settings import pytest_setting

if TYPE_CHECKING:
    from pathlib import Path


def import_roots(root: Path) -> tuple[Path, ...]:
    """Pytest's `pythonpath`, the root itself, and `src`: existing folders, first match wins."""
    values = pytest_setting(root, "pythonpath")
    entries = shlex.split(values[0]) if len(values) == 1 else values
    candidates = [*(root / entry for entry in entries), root, root / "src"]
    return tuple(dict.fromkeys(folder.resolve() for folder in candidates if folder.is_dir()))
