"""`textDocument/hover`: what there is to say about a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.markup import markup
from redfirst.lsp.standpoint import standpoints
from redfirst.lsp.surroundings import surroundings
from redfirst.lsp.view import Kind
from redfirst.spec.ide.hover import Hover, about_case
from redfirst.spec.ide.hover import hover as hover_of_spec

if TYPE_CHECKING:
    from redfirst.lsp.view import View


def hover(view: View, params: types.HoverParams) -> types.Hover | None:
    """On a spec its keys and values; in a generated module the case of a test."""
    offset = view.places.offset(params.position)
    said = _on_spec(view, offset) if view.kind is Kind.SPEC else _on_test(view, offset)
    if said is None:
        return None
    return types.Hover(markup(view.client, said.markdown), view.places.range(said.span))


def _on_spec(view: View, offset: int) -> Hover | None:
    return hover_of_spec(view.document, offset, surroundings(view, view.neighbours()))


def _on_test(view: View, offset: int) -> Hover | None:
    for at in standpoints(view, offset) if view.kind is Kind.TEST else ():
        if at.case is not None:
            around = surroundings(view, at.neighbours)
            return Hover(at.span, about_case(at.case, around, at.document.spec))
    return None
