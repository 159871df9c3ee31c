"""The folder `.redfirst/` of a project: JSON that may be deleted whenever somebody likes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from redfirst.project.fault import ProjectError
from redfirst.project.files import read_text, replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CACHE: Final = ".redfirst"
_IGNORED: Final = "*\n"


def read_cached(path: Path) -> dict[str, Any] | None:
    """A file that is not there or was spoilt is as if it had never been: it is only a cache."""
    try:
        value: object = json.loads(read_text(path).text)
    except (ProjectError, ValueError):
        return None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def write_cached(root: Path, path: Path, document: Mapping[str, Any]) -> None:
    """Write `path`, which is in the cache of the project at `root`; git is told to ignore it.

    `ProjectError` when that cannot be done.
    """
    mark = root / CACHE / ".gitignore"
    if not mark.exists():
        replace_file(mark, _IGNORED, expected=None, shown=f"{CACHE}/.gitignore")
    before = path.read_bytes() if path.is_file() else None
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    shown = path.relative_to(root).as_posix()
    replace_file(path, text.encode("utf-8", "replace").decode(), expected=before, shown=shown)
