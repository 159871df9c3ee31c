"""Where the implementation of a spec will stand, with nothing in it yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.generation.skeleton import skeleton_module
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.layout import find_implementation
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.workflow.spec_file import SpecFile


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A module that does not exist yet: its path, the same as a person reads it, its text."""

    path: Path
    shown: str
    text: str


def skeleton(project: Project, file: SpecFile) -> Skeleton:
    """The module that the spec asks for. Nothing is written.

    `ProjectError` when there is a module already, or the spec is not good enough to say.
    """
    spec = file.spec
    if spec is None or not file.report().ok:
        message = f"`{file.path}` has errors. `redfirst validate {file.path}` shows them."
        raise ProjectError(Fault(Code.NO_IMPLEMENTATION, message, file.path))
    place = find_implementation(project, spec.module.value)
    shown = project.relative(place.path)
    if place.exists:
        message = f"`{shown}` exists already and was left as it is."
        raise ProjectError(Fault(Code.NOT_OURS, message, shown))
    return Skeleton(place.path, shown, skeleton_module(spec))
