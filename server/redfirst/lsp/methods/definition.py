"""`textDocument/definition`: from a case to its test, from a test to its case, to the module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.counterpart import case_of_test
from redfirst.lsp.positions import Positions
from redfirst.lsp.view import Kind
from redfirst.spec.ide.place import place_at
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.view import View


def definition(view: View, params: types.DefinitionParams) -> types.Location | None:
    """Where the other half of what stands there is."""
    offset = view.places.offset(params.position)
    return _from_spec(view, offset) if view.kind is Kind.SPEC else _from_test(view, offset)


def _from_spec(view: View, offset: int) -> types.Location | None:
    place = place_at(view.document.tree, offset)
    neighbours = view.neighbours()
    if place is not None and place.path == ("module",):
        module = neighbours.implementation
        found = module is not None and module.exists
        return _location(view, module.path, "", Span(0, 0)) if module and found else None
    case = next((each for each in view.document.cases if offset in each.span), None)
    link = neighbours.links.get(case.id) if case else None
    if link is None or neighbours.test_path is None or neighbours.test_source is None:
        return None
    return _location(view, neighbours.test_path, neighbours.test_source, link.span)


def _from_test(view: View, offset: int) -> types.Location | None:
    found = case_of_test(view, offset)
    if found is None:
        return None
    return _location(view, found.path, found.document.text, found.case.text.span)


def _location(view: View, path: Path, text: str, span: Span) -> types.Location:
    return types.Location(path.as_uri(), Positions(text, view.client.encoding).range(span))
