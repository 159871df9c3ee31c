"""`textDocument/rename`: a case or a function gets another name in spec, tests and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.answers.renaming import RefusedError, renaming
from redfirst.lsp.methods.prepare_rename import named_at

if TYPE_CHECKING:
    from lsprotocol import types

    from redfirst.lsp.state.view import View


def rename(view: View, params: types.RenameParams) -> types.WorkspaceEdit:
    """One change to all files, or an error that says why there is none."""
    found = named_at(view, view.places.offset(params.position))
    if found is None:
        raise RefusedError("Only a case and the function under spec can be renamed here.")
    return renaming(view, found.at, params.new_name)
