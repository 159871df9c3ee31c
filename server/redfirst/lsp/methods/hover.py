"""`textDocument/hover`: what there is to say about a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.coverage.words import about_line
from redfirst.lsp.answers.markup import markup
from redfirst.lsp.answers.standpoint import standpoints
from redfirst.lsp.answers.surroundings import surroundings
from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.hover import Hover, about_case
from redfirst.spec.ide.hover import hover as hover_of_spec

if TYPE_CHECKING:
    from redfirst.lsp.state.view import View


def hover(view: View, params: types.HoverParams) -> types.Hover | None:
    """On a spec its keys and values; in a generated module the case of a test; else coverage."""
    offset = view.places.offset(params.position)
    match view.kind:
        case Kind.SPEC:
            said = _on_spec(view, offset)
        case Kind.TEST:
            said = _on_test(view, offset)
        case _:
            return _on_line(view, params.position.line + 1)
    if said is None:
        return None
    return types.Hover(markup(view.client, said.markdown), view.places.range(said.span))


def _on_spec(view: View, offset: int) -> Hover | None:
    return hover_of_spec(view.document, offset, surroundings(view, view.neighbours()))


def _on_line(view: View, line: int) -> types.Hover | None:
    said = about_line(view.marks, line) if view.marks else None
    if said is None:
        return None
    return types.Hover(markup(view.client, said), view.places.lines(line, line))


def _on_test(view: View, offset: int) -> Hover | None:
    for at in standpoints(view, offset):
        if at.case is not None:
            around = surroundings(view, at.neighbours)
            return Hover(at.span, about_case(at.case, around, at.document.spec))
    return None
