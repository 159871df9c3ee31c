"""Which spec files there are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.fault import Fault, ProjectError
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redfirst.project.project import Project

SUFFIXES: Final = (".yml", ".yaml")
# Full of files that are nobody's specs, and large.
_OF_OTHERS: Final = frozenset({"node_modules", "__pycache__", "site-packages"})
_ENVIRONMENT: Final = "pyvenv.cfg"


def find_specs(project: Project, named: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The spec files of the project, or those that a person named, each once, in order.

    A named file is taken whatever it is called; a folder means all specs below it. Hidden folders,
    installed packages and environments in it are left out. `ProjectError` (RF910) when there are
    none, or a named path does not exist.
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
    if os.path.isdir(absolute):  # noqa: PTH112  # what can be no name is no error
        below = tuple(_below(absolute))
        if below:
            return below
        message = f"There is no spec (a `.yml` or `.yaml` file) below `{shown}`."
        raise ProjectError(Fault(Code.NO_SPECS, message, shown))
    if not os.path.exists(absolute):  # noqa: PTH110
        message = f"There is no spec `{shown}`."
        raise ProjectError(Fault(Code.NO_SPECS, message, shown))
    return (absolute,)


def _below(folder: Path) -> Iterator[Path]:
    """The specs in `folder` and the folders below it, sorted; a folder is entered only once."""
    visited: set[str] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        if real in visited or (visited and is_environment(files)):
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(filter(may_hold_specs, folders))
        yield from (Path(place, name) for name in specs_among(place, files))


def may_hold_specs(folder: str) -> bool:
    """Whether a folder of that name is looked into."""
    return not folder.startswith(".") and folder not in _OF_OTHERS


def is_environment(files: Iterable[str]) -> bool:
    """Whether a folder with these files is a Python environment, which holds nobody's specs."""
    return _ENVIRONMENT in files


def specs_among(folder: str | Path, files: Iterable[str]) -> list[str]:
    """Those of the files in the folder that are specs by their names, sorted. A pipe or a device is
    none: whoever reads it waits for ever.
    """
    return sorted(
        name
        for name in files
        if name.endswith(SUFFIXES) and not name.startswith(".") and _is_readable(folder, name)
    )


def _is_readable(folder: str | Path, name: str) -> bool:
    """So is a link that leads nowhere, or has a fault: reading it says what is wrong."""
    place = os.path.join(folder, name)  # noqa: PTH118  # for each file of a large project
    return os.path.isfile(place) or not os.path.exists(place)  # noqa: PTH110, PTH113


def _nothing_found(project: Project) -> Fault:
    folders = ", ".join(f"`{folder}/`" for folder in project.configuration.specs)
    message = f"There are no specs below {folders}. `redfirst new NAME --module MODULE` starts one."
    return Fault(Code.NO_SPECS, message, project.configuration.specs[0])
