"""The spec that a command is about, and the files around it, as the person sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.generation.provenance import read_provenance
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.files import read_source
from redfirst.project.spec_tree import is_spec
from redfirst.spec.codes import Code
from redfirst.workflow.spec_file import SpecFile, spec_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.project.project import Project

    Read = Callable[[Path], str | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """A spec with the text that the person sees, saved or not.

    `read` gives the text of other files likewise, `None` when there is none. `stand_in` is a file
    that is run in the place of the implementation.
    """

    project: Project
    path: Path
    file: SpecFile
    read: Read
    stand_in: Path | None = None

    @property
    def text(self) -> str:
        """The spec's text."""
        return self.file.document.text

    def is_unsaved(self, path: Path) -> bool:
        """Whether the person sees another text than stands on the disk."""
        seen = self.read(path)
        return seen is not None and seen != on_disk(path)


def spec_of(project: Project, path: Path, read: Read) -> Path | None:
    """The spec that the file is, or that it was generated from; `None` for any other file."""
    if is_spec(project, path):
        return path
    provenance = read_provenance(read(path) or "") if path.suffix == ".py" else None
    return project.root / provenance.spec_path if provenance and provenance.spec_path else None


def find_subject(project: Project, path: Path, read: Read) -> Subject:
    """The subject that the file at `path` leads to. Reads it: not for the event loop.

    `ProjectError` when it leads to none.
    """
    spec_path = spec_of(project, path, read)
    shown = project.relative(path)
    if spec_path is None or not is_spec(project, spec_path):
        folders = ", ".join(f"`{folder}/`" for folder in project.configuration.specs)
        message = (
            f"`{shown}` is no spec of this project, and was not generated from one. "
            f"Specs stand below {folders}."
        )
        raise ProjectError(Fault(Code.NO_SPECS, message, shown))
    text = read(spec_path)
    if text is None:
        message = f"There is no spec `{project.relative(spec_path)}`."
        raise ProjectError(Fault(Code.NO_SPECS, message, shown))
    return Subject(project, spec_path, spec_file(project.relative(spec_path), text), read)


def on_disk(path: Path) -> str | None:
    """The text of a file whether or not it is open; `None` when there is none."""
    try:
        return read_source(path).text
    except ProjectError:
        return None
