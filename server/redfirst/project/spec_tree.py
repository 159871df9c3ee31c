"""All specs below a folder, whatever projects they belong to."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.project.configuration import Configuration
from redfirst.project.fault import ProjectError
from redfirst.project.index import SUFFIXES, is_environment, may_hold_specs, specs_among
from redfirst.project.project import PYPROJECT, Project, open_project

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class SpecFolder:
    """A folder, the project that it belongs to, and the names of the specs in it.

    `settings` tells that the folder has a pyproject.toml.
    """

    path: Path
    project: Project
    specs: tuple[str, ...]
    settings: bool


def spec_folders(root: Path) -> Iterator[SpecFolder | None]:
    """The folders below `root` that hold specs or settings, sorted, one after the other.

    `None` stands for a folder with neither, so that whoever asks can stop for a while anywhere.
    Hidden folders, installed packages and environments are left out, unless a project names them
    as folders of its specs; each folder is entered once.
    """
    visited: set[str] = set()
    named: set[Path] = set()
    for place, folders, files in os.walk(root, followlinks=True):
        real = Path(os.path.realpath(place))
        if str(real) in visited or is_environment(files):
            folders.clear()
            yield None
            continue
        visited.add(str(real))
        found = _spec_folder(Path(place), real, files)
        if found is not None and found.settings:
            named.update(_ways_to_specs(found.project))
        folders[:] = sorted(
            name for name in folders if may_hold_specs(name) or real / name in named
        )
        yield found


def _ways_to_specs(project: Project) -> Iterator[Path]:
    for folder in project.configuration.specs:
        path = project.root / folder
        yield from (path, *path.parents[: max(len(Path(folder).parts) - 1, 0)])


def is_spec(project: Project, path: Path) -> bool:
    """Whether the file stands where the project keeps its specs."""
    root = project.root
    return path.suffix in SUFFIXES and any(
        path.is_relative_to(root / folder) for folder in project.configuration.specs
    )


def project_around(folder: Path, python: str | None = None) -> Project:
    """The project of a folder; one whose settings cannot be read has defaults and a fault.

    `python` names another interpreter than the project does.
    """
    try:
        project = open_project(folder)
    except ProjectError as error:
        project = Project(folder, Configuration(), (error.fault,))
    if python is None:
        return project
    return replace(project, configuration=replace(project.configuration, python=python))


def _spec_folder(place: Path, real: Path, files: list[str]) -> SpecFolder | None:
    settings = PYPROJECT in files
    names = specs_among(place, files)
    if not names and not settings:
        return None
    project = project_around(place)
    specs = tuple(name for name in names if is_spec(project, real / name))
    return SpecFolder(place, project, specs, settings) if specs or settings else None
