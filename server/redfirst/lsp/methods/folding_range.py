"""`textDocument/foldingRange`: sections and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.outline import folds

if TYPE_CHECKING:
    from redfirst.lsp.state.view import View


def folding_range(view: View, _params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    """What stands on more than one line."""
    if view.kind is not Kind.SPEC:
        return None
    ranges = (view.places.range(span) for span in folds(view.document))
    return [
        types.FoldingRange(each.start.line, each.end.line)
        for each in ranges
        if each.end.line > each.start.line
    ]
