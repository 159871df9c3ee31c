"""A look at the project in which one test file has another text. Nothing in the project changes."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

_LEFT_OUT: Final = frozenset({".git", "__pycache__"})
_NOT_COPIED: Final = (*_LEFT_OUT, ".venv", "venv", "node_modules")


@contextmanager
def scratch_view(root: Path, test_path: str, test_source: str) -> Generator[Path]:
    """A folder that shows the project at `root`, with `test_source` in the file `test_path`.

    `test_path` is relative to `root`. All entries are links to the real ones, but for the test
    file and the folders that lead to it, so that a draft is judged with the project's own
    conftest.py and configuration. Where links are refused, entries are copied.
    """
    folder = Path(tempfile.mkdtemp(prefix="redfirst-view-"))
    try:
        view = folder / (root.resolve().name or "project")
        _mirror(root.resolve(), view, PurePosixPath(test_path).parts, _linker(folder))
        (view / test_path).write_text(test_source, encoding="utf-8", newline="")
        yield view
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def scratch_folder(root: Path, test_path: str, test_source: str) -> AsyncGenerator[Path]:
    """`scratch_view` for an event loop, which it does not stop: a folder may have many entries."""
    view = scratch_view(root, test_path, test_source)
    making = asyncio.ensure_future(asyncio.to_thread(view.__enter__))
    try:
        # Whoever leaves early must not leave a folder that is still being made.
        yield await asyncio.shield(making)
    finally:
        await asyncio.wait([making])
        if making.exception() is None:
            await asyncio.to_thread(view.__exit__, None, None, None)


def _mirror(
    real: Path, view: Path, way: tuple[str, ...], show: Callable[[Path, Path], None]
) -> None:
    """Make `view` a real folder that shows `real`, except what stands at the end of `way`."""
    view.mkdir()
    for entry in _entries(real):
        if entry.name not in _LEFT_OUT and entry.name != way[0]:
            show(entry, view / entry.name)
    if len(way) > 1:
        _mirror(real / way[0], view / way[0], way[1:], show)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _linker(folder: Path) -> Callable[[Path, Path], None]:
    """How to show an entry here: Windows may refuse links."""
    trial = folder / "trial"
    try:
        trial.symlink_to(folder, target_is_directory=True)
    except OSError:
        return _copy
    trial.unlink()
    return _link


def _link(real: Path, shown: Path) -> None:
    os.symlink(real, shown, target_is_directory=real.is_dir())  # noqa: PTH211


def _copy(real: Path, shown: Path) -> None:
    if real.name in _NOT_COPIED:
        return
    if real.is_dir():
        shutil.copytree(real, shown, ignore=shutil.ignore_patterns(*_NOT_COPIED))
    else:
        shutil.copy2(real, shown)
