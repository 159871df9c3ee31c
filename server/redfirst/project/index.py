"""Which spec files there are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.fault import Fault, ProjectError
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.project.project import Project

SUFFIXES: Final = (".yml", ".yaml")


def find_specs(project: Project, named: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The spec files of the project, or those that a person named, each once, in order.

    A named file is taken whatever it is called; a folder means all specs below it. Hidden folders
    are left out. `ProjectError` (RF910) when there are none, or a named path does not exist.
    """
    if named:
        found = [spec for path in named for spec in _named(project, path)]
    else:
        folders = project.configuration.specs
        found = [spec for folder in folders for spec in _below(project.root / folder)]
    if not found:
        raise ProjectError(_nothing_found(project))
    once: dict[str, Path] = {}
    for spec in found:
        once.setdefault(os.path.realpath(spec), spec)
    return tuple(once.values())


def _named(project: Project, path: Path) -> tuple[Path, ...]:
    absolute = Path(os.path.normpath(Path.cwd() / path))
    shown = project.relative(absolute)
    if absolute.is_dir():
        below = tuple(_below(absolute))
        if below:
            return below
        message = f"There is no spec (a `.yml` or `.yaml` file) below `{shown}`."
        raise ProjectError(Fault(Code.NO_SPECS, message, shown))
    if not absolute.exists():
        message = f"There is no spec `{shown}`."
        raise ProjectError(Fault(Code.NO_SPECS, message, shown))
    return (absolute,)


def _below(folder: Path) -> Iterator[Path]:
    """The specs in `folder` and its visible folders, sorted; a folder is entered only once."""
    visited: set[str] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(place, name)
            for name in sorted(files)
            if name.endswith(SUFFIXES) and not name.startswith(".")
        )


def _nothing_found(project: Project) -> Fault:
    folders = ", ".join(f"`{folder}/`" for folder in project.configuration.specs)
    message = f"There are no specs below {folders}. `redfirst new NAME --module MODULE` starts one."
    return Fault(Code.NO_SPECS, message, project.configuration.specs[0])
