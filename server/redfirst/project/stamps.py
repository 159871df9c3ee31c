"""What a prepared process was made from, each with a value that changes when it does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.pytest_settings import PYTEST_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Pytest looks for its own from the test file upwards, beyond the root of the project too.
_CONFIGURATION: Final = (
    *PYTEST_FILES,
    "setup.py",
    ".coveragerc",
    ".coveragerc.toml",
    "conftest.py",
)
_IMPORTABLE: Final = (".py", ".pyc", ".pyd", ".so")
_NO_SOURCES: Final = frozenset({"__pycache__", "node_modules", "venv"})

Identity = tuple[int, int] | None
Stamp = tuple[tuple[str, int, int], ...] | tuple[tuple[str, str], ...] | tuple[int, ...] | None


def stamps(
    root: Path, test_file: str, interpreter: Path, installed: Iterable[Path]
) -> dict[str, Stamp]:
    """For runs of `test_file`, which is relative to `root`, with the packages in `installed`."""
    return dict(_stamps(root, test_file, interpreter, installed))


def identity(path: Path) -> Identity:
    """Which file or folder stands there: another one may take its place under the same name."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stamps(
    root: Path, test_file: str, interpreter: Path, installed: Iterable[Path]
) -> Iterator[tuple[str, Stamp]]:
    inner = [root / folder for folder in Path(test_file).parents]
    yield "environment", tuple(sorted(os.environ.items()))
    yield "test file", (int((root / test_file).exists()),)
    for folder in (*inner, *root.parents):
        for name in _CONFIGURATION:
            yield str(folder / name), _stamp(folder / name)
    for folder in {*inner, *_may_be_on_the_path(root)}:
        yield f"modules in {folder}", tuple((name, "") for name in sorted(_modules(folder)))
    yield "interpreter", _stamp(interpreter)
    for folder in installed:
        yield str(folder), tuple(sorted(_entries(folder)))


def _stamp(file: Path) -> Stamp:
    """Writing changes the second time, even when the first one is set back."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _may_be_on_the_path(root: Path) -> Iterator[Path]:
    """By `pythonpath`, or by a line in conftest.py: `src`, `lib`, whatever it is called."""
    with suppress(OSError), os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name[0] != "." and entry.name not in _NO_SOURCES:
                yield root / entry.name


def _modules(folder: Path) -> Iterator[str]:
    """What can be imported from there, and may hide what was imported from elsewhere."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            stem = entry.name.partition(".")[0]
            is_folder = stem.isidentifier() and stem != "__pycache__" and entry.is_dir()
            if is_folder or (stem.isidentifier() and entry.name.endswith(_IMPORTABLE)):
                yield entry.name


def _entries(folder: Path) -> Iterator[tuple[str, int, int]]:
    """A package that is installed anew, or removed, changes the folder of its own."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != "__pycache__":
                status = entry.stat()
                yield entry.name, status.st_mtime_ns, status.st_ino
