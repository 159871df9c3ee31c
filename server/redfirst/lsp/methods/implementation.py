"""`textDocument/implementation`: to the code, and from the code to what it must do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.answers.locations import in_implementation, in_spec
from redfirst.lsp.answers.standpoint import Side, standpoints

if TYPE_CHECKING:
    from lsprotocol import types

    from redfirst.lsp.state.view import View


def implementation(view: View, params: types.ImplementationParams) -> list[types.Location] | None:
    """The `def` of the function that a spec or a test is about; on that `def`, its specs."""
    found: list[types.Location] = []
    for at in standpoints(view, view.places.offset(params.position)):
        there = in_spec if at.side is Side.IMPLEMENTATION else in_implementation
        found += there(view, at)
    return found or None
