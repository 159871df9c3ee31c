"""A look at the project in which one test file has another text. Nothing in the project changes."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from redfirst.project.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator
    from contextlib import AbstractContextManager

_LEFT_OUT: Final = frozenset({".git", "__pycache__"})
_KIND: Final = "view"
_KEPT: Final = 16
_NOT_COPIED: Final = (*_LEFT_OUT, ".venv", "venv", "node_modules")


@contextmanager
def scratch_view(root: Path, test_path: str, test_source: str) -> Generator[Path]:
    """A folder that shows the project at `root`, with `test_source` in the file `test_path`.

    `test_path` is relative to `root`. All entries are links to the real ones, but for the test
    file and the folders that lead to it, so that a draft is judged with the project's own
    conftest.py and configuration. Where links are refused, entries are copied.
    """
    folder = temporary_folder(_KIND)
    try:
        yield _show(folder, root, test_path, test_source)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class KeptViews:
    """The same, each test file's view in the folder in which it was before.

    Whoever was prepared for a view finds it where it was, showing what there is now.
    """

    def __init__(self) -> None:
        self._folders: dict[tuple[Path, str], Path] = {}
        self._shown: set[Path] = set()
        self._choosing = threading.Lock()

    @contextmanager
    def show(self, root: Path, test_path: str, test_source: str) -> Generator[Path]:
        """As `scratch_view`; a view that somebody looks at has another made beside it."""
        folder = self._choose(root, test_path)
        if folder is None:
            with scratch_view(root, test_path, test_source) as view:
                yield view
            return
        try:
            yield _show(folder, root, test_path, test_source)
        finally:
            self._shown.remove(folder)

    def close(self) -> None:
        """Remove every view."""
        folders, self._folders = self._folders, {}
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)

    def _choose(self, root: Path, test_path: str) -> Path | None:
        """The folder of that view, which is taken now; `None` when it is already."""
        key = (root, test_path)
        with self._choosing:
            folder = self._folders.pop(key, None)
            if folder is None or not folder.is_dir():  # somebody may tidy temporary files up
                folder = temporary_folder(_KIND)
            self._folders[key] = folder
            if folder in self._shown:
                return None
            self._shown.add(folder)
            self._forget_old_ones()
        return folder

    def _forget_old_ones(self) -> None:
        for old in list(self._folders)[:-_KEPT]:
            if self._folders[old] not in self._shown:
                shutil.rmtree(self._folders.pop(old), ignore_errors=True)


def _show(folder: Path, root: Path, test_path: str, test_source: str) -> Path:
    view = folder / (root.resolve().name or "project")
    _mirror(root.resolve(), view, PurePosixPath(test_path).parts, _linker(folder))
    _make_way(view / test_path)
    (view / test_path).write_text(test_source, encoding="utf-8", newline="")
    return view


@asynccontextmanager
async def off_the_loop(view: AbstractContextManager[Path]) -> AsyncGenerator[Path]:
    """A view for an event loop, which it does not stop: a folder may have many entries."""
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
    if view.is_symlink() or not view.is_dir():
        _make_way(view)
        view.mkdir()
    wanted = {
        entry.name: entry
        for entry in _entries(real)
        if entry.name not in _LEFT_OUT and entry.name != way[0]
    }
    for entry in _entries(view):
        if _shows(entry, wanted.get(entry.name)):
            del wanted[entry.name]
        elif entry.name != way[0]:
            _remove(entry)
    for entry in wanted.values():
        show(entry, view / entry.name)
    if len(way) > 1:
        _mirror(real / way[0], view / way[0], way[1:], show)


def _shows(shown: Path, real: Path | None) -> bool:
    return real is not None and shown.is_symlink() and shown.readlink() == real


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def _make_way(place: Path) -> None:
    """What was left there must go: behind a link stands a file of the project's."""
    if place.is_symlink() or place.exists():
        _remove(place)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _linker(folder: Path) -> Callable[[Path, Path], None]:
    """How to show an entry here: Windows may refuse links."""
    trial = folder / "trial"
    trial.unlink(missing_ok=True)
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
