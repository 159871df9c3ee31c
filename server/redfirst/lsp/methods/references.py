"""`textDocument/references`: every place in spec, tests and code that names a case or function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.answers.locations import everywhere, in_spec
from redfirst.lsp.answers.standpoint import standpoints

if TYPE_CHECKING:
    from lsprotocol import types

    from redfirst.lsp.state.view import View


def references(view: View, params: types.ReferenceParams) -> list[types.Location] | None:
    """The spec's own line is the declaration, and is there when that is asked for."""
    found: list[types.Location] = []
    for at in standpoints(view, view.places.offset(params.position)):
        if params.context.include_declaration:
            found += in_spec(view, at)
        found += everywhere(view, at)
    return found or None
