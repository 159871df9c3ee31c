"""What is wrong with the files that are on the disk only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.lsp.publishing import diagnostics, result_id, unreadable
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_text
from redfirst.project.project import PYPROJECT
from redfirst.project.spec_tree import is_spec, project_around, spec_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lsprotocol import types

    from redfirst.lsp.folders import Folder
    from redfirst.lsp.session import Session
    from redfirst.project.project import Project
    from redfirst.project.spec_tree import SpecFolder


@dataclass(frozen=True, slots=True)
class Findings:
    """The diagnostics of one file as it was when it was read; `result_id` names them."""

    path: Path
    uri: str
    result_id: str
    items: tuple[types.Diagnostic, ...]


class ClosedFiles:
    """Reads files, each time anew; of a text that was read before the findings are remembered.

    No event is believed to tell what a file holds. Of ten thousand specs only names of findings
    and the findings themselves are kept, no text. To be used on the session's worker only.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Path, tuple[str, tuple[types.Diagnostic, ...]]] = {}

    def look(self, path: Path, uri: str) -> Findings | None:
        """The findings of one file; `None` when it is not there, or none of ours."""
        project = project_around(path.parent)
        if path.name != PYPROJECT and not is_spec(project, path):
            return None
        return self._findings(path, uri, project)

    def sweep(self, folders: Iterable[Folder]) -> Iterator[Findings | None]:
        """The findings of all specs and settings below `folders` that are not open, in order.

        `None` stands for a step that found nothing: who wants to can stop after each.
        """
        seen: set[Path] = set()
        for path, uri, project in files_below(folders):
            if project is None or path in seen or self._session.is_open(path):
                yield None
                continue
            seen.add(path)
            yield self._findings(path, uri, project)
        self._known = {path: known for path, known in self._known.items() if path in seen}

    def _findings(self, path: Path, uri: str, project: Project) -> Findings | None:
        try:
            text = read_text(path, project.relative(path)).text
        except ProjectError as error:
            if not path.is_file():
                return None
            return Findings(path, uri, *unreadable(error.fault))
        view = self._session.closed_view(path, uri, text, project)
        name = result_id(view)
        known = self._known.get(path)
        if known is None or known[0] != name:
            known = name, tuple(diagnostics(view))
            self._known[path] = known
        return Findings(path, uri, *known)


def files_below(folders: Iterable[Folder]) -> Iterator[tuple[Path, str, Project | None]]:
    """The specs and settings below `folders`: path, the client's name, project.

    Without a project it is a step that found no such file: who wants to can stop after each.
    """
    for folder in folders:
        for place in spec_folders(folder.told):
            if place is None:
                yield folder.path, folder.uri, None
            else:
                yield from _files_in(place)


def _files_in(place: SpecFolder) -> Iterator[tuple[Path, str, Project]]:
    real = Path(os.path.realpath(place.path))
    for name in (*place.specs, *([PYPROJECT] if place.settings else [])):
        told = place.path / name
        path = Path(os.path.realpath(told)) if told.is_symlink() else real / name
        yield path, told.as_uri(), place.project
    above = place.project.root / PYPROJECT
    if not place.settings and above.is_file():
        yield above, above.as_uri(), place.project
