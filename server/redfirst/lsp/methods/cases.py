"""`redfirst/cases`: the specs and their cases with all that is known of them, to be shown as tests.

The message is described in docs/lsp.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redfirst.lsp.answers.pairing import pair_of_spec
from redfirst.lsp.news.closed_files import files_below
from redfirst.lsp.state.positions import Positions
from redfirst.lsp.state.session import path_of
from redfirst.lsp.state.slices import in_slices
from redfirst.lsp.state.view import Kind
from redfirst.project.project import PYPROJECT
from redfirst.spec.ide.function_places import declared_name
from redfirst.workflow.case_items import case_items, obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.view import View
    from redfirst.spec.ranges import Span, TextRange
    from redfirst.workflow.case_items import CaseItem


async def cases(session: Session, params: object) -> list[dict[str, Any]]:
    """The spec that `params` name, or all: the open ones, then those below the folders."""
    uri = getattr(params, "uri", None)
    steps = _asked(session, uri) if isinstance(uri, str) else _all(session)
    answers = [answers async for answers in in_slices(session, steps)]
    return [answer for some in answers for answer in some]


def _asked(session: Session, uri: str) -> Iterator[dict[str, Any] | None]:
    path = path_of(uri)
    if path is not None:
        yield _answer(session.view(uri) or _closed(session, path, uri))


def _all(session: Session) -> Iterator[dict[str, Any] | None]:
    seen: set[Path] = set()
    for view in session.views():
        seen.add(view.path)
        yield _answer(view)
    for path, uri, project in files_below(session.folders):
        if project is None or path in seen or path.name == PYPROJECT:
            yield None
        else:
            seen.add(path)
            yield _answer(_closed(session, path, uri))


def _closed(session: Session, path: Path, uri: str) -> View | None:
    text = session.read(path)
    return None if text is None else session.closed_view(path, uri, text, session.project(path))


def _answer(view: View | None) -> dict[str, Any] | None:
    if view is None or view.kind is not Kind.SPEC:
        return None
    pair, around = pair_of_spec(view), view.neighbours()
    test_path, code = around.test_path, around.implementation
    name = declared_name(view.document)
    source = pair.source if pair else None
    tests = Positions(source or "", view.client.encoding)
    test_uri = view.uri_of(test_path) if test_path and source is not None else None
    return {
        "uri": view.uri,
        "function": name.value if name else view.path.stem,
        "testUri": test_uri,
        "codeUri": view.uri_of(code.path) if code and code.exists else None,
        "message": obstacle(pair.run) if pair and pair.run else None,
        "cases": [
            _case(item, view, tests, test_uri) for item in case_items(view.document.cases, pair)
        ],
    }


def _case(item: CaseItem, view: View, tests: Positions, test_uri: str | None) -> dict[str, Any]:
    compared, failure = item.comparison, item.failure
    return {
        "id": item.id,
        "text": item.text,
        "range": _range(view.places, item.span),
        "test": item.test,
        "testRange": _range(tests, item.test_span) if item.test_span else None,
        "verdict": item.verdict,
        "outcome": item.outcome,
        "expected": compared.expected if compared else None,
        "actual": compared.actual if compared else None,
        "message": item.message,
        "failure": {"uri": test_uri, "range": _failed(tests, failure)} if failure else None,
    }


def _failed(tests: Positions, place: TextRange) -> dict[str, Any]:
    return _range(tests, tests.index.span(place))


def _range(places: Positions, span: Span) -> dict[str, Any]:
    place = places.range(span)
    return {
        name: {"line": each.line, "character": each.character}
        for name, each in (("start", place.start), ("end", place.end))
    }
