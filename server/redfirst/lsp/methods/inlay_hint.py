"""`textDocument/inlayHint`: behind each case its id and its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.markup import markup
from redfirst.lsp.surroundings import surroundings
from redfirst.lsp.view import Kind
from redfirst.spec.ide.hints import hints

if TYPE_CHECKING:
    from redfirst.lsp.view import View


def inlay_hint(view: View, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """The hints in the part of the spec that is on the screen."""
    if not view.settings.inlay_hints or view.kind is not Kind.SPEC:
        return None
    around = surroundings(view, view.neighbours())
    return [
        types.InlayHint(
            position=view.places.position(hint.offset),
            label=hint.label,
            tooltip=markup(view.client, hint.markdown) if hint.markdown else None,
            padding_left=True,
        )
        for hint in hints(view.document, view.places.span(params.range), around)
    ]
