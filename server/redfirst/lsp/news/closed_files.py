"""What is wrong with the files that are on the disk only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.lsp.news.publishing import diagnostics, result_id, unreadable
from redfirst.lsp.state.verdicts import text_hash
from redfirst.lsp.state.view import Kind
from redfirst.project.circumstances import circumstances
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_text
from redfirst.project.project import PYPROJECT
from redfirst.project.spec_tree import is_spec, project_around, spec_folders
from redfirst.workflow.test_module import own_test_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lsprotocol import types

    from redfirst.lsp.state.folders import Folder
    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.settings import Settings
    from redfirst.lsp.state.verdicts import Known
    from redfirst.lsp.state.view import View
    from redfirst.project.configuration import Configuration
    from redfirst.project.project import Project
    from redfirst.project.spec_tree import SpecFolder


@dataclass(frozen=True, slots=True)
class Findings:
    """The diagnostics of one file as it was when it was read; `result_id` names them."""

    path: Path
    uri: str
    result_id: str
    items: tuple[types.Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Basis:
    """What findings rest on: hashes of texts, settings, and what is known of the tests."""

    text: str
    tests: str
    settings: Settings
    configuration: Configuration
    verdict: Known | None
    run: Known | None
    code: str


@dataclass(frozen=True, slots=True)
class _Remembered:
    """Findings, what they rest on, and where the tests are that they speak of."""

    basis: _Basis
    test_path: Path | None
    result_id: str
    items: tuple[types.Diagnostic, ...]


class ClosedFiles:
    """Reads files, each time anew; while they hold the same, the findings are remembered.

    No event is believed to tell what a file holds. Of ten thousand specs only hashes and findings
    are kept, no text. To be used on the session's worker only.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Path, _Remembered] = {}

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
            text = read_text(path).text
        except ProjectError as error:
            if not path.is_file():
                return None
            words = error.fault.message.replace(error.fault.path, project.relative(path))
            return Findings(path, uri, *unreadable(error.fault.code, words))
        view = self._session.closed_view(path, uri, text, project)
        known = self._known.get(path)
        if known is None or known.basis != self._basis(view, known.test_path):
            test_path = _test_path(view)
            # Read before the findings: what changes meanwhile is another basis the next time.
            basis = self._basis(view, test_path)
            known = _Remembered(basis, test_path, result_id(view), tuple(diagnostics(view)))
            self._known[path] = known
        return Findings(path, uri, known.result_id, known.items)

    def _basis(self, view: View, test_path: Path | None) -> _Basis:
        """Cheap: the text is not read as a spec for it."""
        verdict = self._session.verdicts.of(view.path)
        tests = "" if test_path is None else text_hash(self._session.read(test_path))
        run = self._session.verdicts.run_of(view.path)
        if (verdict or run) and test_path is not None:
            tests += circumstances(view.project, test_path)
        code = (
            text_hash(self._session.read(run.implementation)) if run and run.implementation else ""
        )
        configuration = view.project.configuration
        return _Basis(view.digest, tests, view.settings, configuration, verdict, run, code)


def _test_path(view: View) -> Path | None:
    spec = view.document.spec if view.kind is Kind.SPEC else None
    return None if spec is None else own_test_path(view.project, view.path, spec)


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
