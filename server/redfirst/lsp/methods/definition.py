"""`textDocument/definition`: to the other half of what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.answers.locations import in_implementation, in_spec, in_test
from redfirst.lsp.answers.standpoint import Side, standpoints
from redfirst.lsp.state.view import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsprotocol import types

    from redfirst.lsp.answers.standpoint import Standpoint
    from redfirst.lsp.state.view import View


def definition(view: View, params: types.DefinitionParams) -> list[types.Location] | None:
    """From a case to its test, from a function to its code; from a test to the spec.

    In the implementation a `def` is its own definition, and a server for Python says so.
    """
    if view.kind is Kind.OTHER:
        return None
    offset = view.places.offset(params.position)
    found = [place for at in standpoints(view, offset) for place in _other_half(view, at)]
    return found or None


def _other_half(view: View, at: Standpoint) -> Iterator[types.Location]:
    if at.side is Side.TEST:
        yield from in_spec(view, at)
    elif at.side is Side.SPEC and at.case is not None:
        yield from in_test(view, at)
    elif at.side is Side.SPEC:
        yield from in_implementation(view, at)
