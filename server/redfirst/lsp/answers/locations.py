"""The places of a case or a function in its three files, as the client names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.generation.links import linked_tests
from redfirst.lsp.answers.standpoint import function_spans, id_span
from redfirst.lsp.state.positions import Positions
from redfirst.spec.ide.code_outline import definition_of
from redfirst.spec.ide.code_uses import mentions, uses
from redfirst.spec.ranges import Span
from redfirst.workflow.naming_specs import specs_of_module, specs_that_mention

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.lsp.answers.standpoint import Standpoint
    from redfirst.lsp.state.view import View
    from redfirst.spec.model import Case


def location(view: View, path: Path, span: Span) -> types.Location:
    """A stretch of the file at `path` as the person sees it."""
    text = view.read(path) or ""
    return types.Location(view.uri_of(path), Positions(text, view.client.encoding).range(span))


def in_spec(view: View, at: Standpoint) -> Iterator[types.Location]:
    """Where the spec says it: the case's line, or the function's name."""
    if at.case is not None:
        yield location(view, at.path, at.case.text.span)
    else:
        names = function_spans(at.document)
        yield location(view, at.path, names[0] if names else Span(0, 0))


def in_test(view: View, at: Standpoint) -> Iterator[types.Location]:
    """The test of a case; for the function itself the beginning of its test module."""
    path, around = at.neighbours.test_path, at.neighbours
    if path is None or around.test_source is None:
        return
    if at.case is None:
        yield location(view, path, Span(0, 0))
    elif (link := around.links.get(at.case.id)) is not None:
        yield location(view, path, link.span)


def in_implementation(view: View, at: Standpoint) -> Iterator[types.Location]:
    """The `def` of the function, or where its module begins when that is what is meant."""
    module = at.neighbours.implementation
    if module is None or not module.exists:
        return
    name = at.document.spec.function.value if at.document.spec else ""
    found = definition_of(view.read(module.path) or "", name)
    if at.is_module:
        yield location(view, module.path, Span(0, 0))
    elif found is not None:
        yield location(view, module.path, found.span)


def everywhere(view: View, at: Standpoint) -> Iterator[types.Location]:
    """Each place that names it, but the one where the spec says what it is."""
    if at.is_module:
        yield from _of_module(view, at)
    elif at.case is not None:
        yield from _of_case(view, at, at.case)
    else:
        yield from _of_function(view, at)


def _of_case(view: View, at: Standpoint, case: Case) -> Iterator[types.Location]:
    around, written = at.neighbours, case.written_id
    if written is not None:
        yield location(view, at.path, written.span)
    for link in linked_tests(around.test_source or "") if around.test_path else ():
        if link.case == case.id and around.test_path is not None:
            named = id_span(around.test_source or "", link)
            for span in (link.span, named):
                if span is not None:
                    yield location(view, around.test_path, span)
    for path, text in specs_that_mention(view.project, at.path, case.id, view.read):
        for span in mentions(text, case.id):
            yield location(view, path, span)


def _of_function(view: View, at: Standpoint) -> Iterator[types.Location]:
    for span in function_spans(at.document)[1:]:
        yield location(view, at.path, span)
    around, spec = at.neighbours, at.document.spec
    if spec is not None and around.test_path is not None:
        found = uses(around.test_source or "", spec.module.value, spec.function.value)
        for span in found.spans:
            yield location(view, around.test_path, span)
    yield from in_implementation(view, at)


def _of_module(view: View, at: Standpoint) -> Iterator[types.Location]:
    """The specs of its other functions, and the module itself."""
    module = at.neighbours.implementation
    if module is None:
        return
    for head in specs_of_module(view.project, module.path, view.read):
        if head.path != at.path:
            yield location(view, head.path, head.module.span)
    yield from in_implementation(view, at)
