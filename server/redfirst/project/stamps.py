"""What a prepared process was made from, each with a value that changes when it does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CONFIGURATION: Final = (
    "pyproject.toml",
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "tox.ini",
    "setup.cfg",
    ".coveragerc",
)

Stamp = tuple[tuple[str, int, int], ...] | tuple[tuple[str, str], ...] | None


def stamps(
    root: Path, test_file: str, interpreter: Path, installed: Iterable[Path]
) -> dict[str, Stamp]:
    """For runs of `test_file`, which is relative to `root`, with the packages in `installed`."""
    return dict(_stamps(root, test_file, interpreter, installed))


def _stamps(
    root: Path, test_file: str, interpreter: Path, installed: Iterable[Path]
) -> Iterator[tuple[str, Stamp]]:
    yield "environment", tuple(sorted(os.environ.items()))
    for name in _CONFIGURATION:
        yield name, _stamp(root / name)
    for folder in Path(test_file).parents:
        yield str(folder / "conftest.py"), _stamp(root / folder / "conftest.py")
    yield "interpreter", _stamp(interpreter)
    for folder in installed:
        yield str(folder), tuple(sorted(_entries(folder)))


def _stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return ((file.name, status.st_mtime_ns, status.st_size),)


def _entries(folder: Path) -> Iterator[tuple[str, int, int]]:
    """A package that is installed anew, or removed, changes the folder of its own."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != "__pycache__":
                status = entry.stat()
                yield entry.name, status.st_mtime_ns, status.st_ino
