"""Which folders are shown, and what in them is not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN: Final = frozenset({".git", ".hg", ".svn", "node_modules"})
# Thousands of files that an installer put there: the walk would take longer than the start.
_WITHOUT_DOORS: Final = HIDDEN | {"site-packages", "__pycache__"}
# Nobody means them when a setting or a variable names them.
_TOO_WIDE: Final = frozenset(map("/".__add__, ("", "home", "root", "tmp", "var", "etc", "run")))


def folders_to_show(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Existing folders, under the names given and under their real ones, none inside another.

    A folder that holds the homes of people, or is one, would show far more than was meant.
    """
    both = {place for folder in folders for place in (folder, folder.resolve())}
    wanted = sorted(place for place in both if place.is_dir() and not _is_too_wide(place))
    kept: list[Path] = []
    for place in wanted:
        if not any(place.is_relative_to(other) for other in kept):
            kept.append(place)
    return tuple(kept)


def _is_too_wide(folder: Path) -> bool:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  (does not raise without a home)
    return str(folder) in _TOO_WIDE or home.is_relative_to(folder)


def hidden_folders(root: Path) -> tuple[Path, ...]:
    """Folders of the project that no test needs: a repository's settings may hold passwords."""
    return tuple(root / name for name in sorted(HIDDEN) if (root / name).is_dir())


def doors(root: Path) -> tuple[Path, ...]:
    """Sockets, pipes and devices in the project: a folder that is read-only does not close them."""
    return tuple(_doors(str(root)))


def _doors(folder: str) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _WITHOUT_DOORS:
                yield from _doors(entry.path)
        elif not entry.is_file(follow_symlinks=False) and not entry.is_symlink():
            yield Path(entry.path)
