"""`textDocument/inlayHint`: behind each case its id and verdict, behind functions who runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.coverage.words import counts
from redfirst.lsp.markup import markup
from redfirst.lsp.surroundings import surroundings
from redfirst.lsp.view import Kind
from redfirst.spec.ide.hints import hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.lsp.view import View


def inlay_hint(view: View, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """The hints in the part of the text that is on the screen."""
    if not view.settings.inlay_hints:
        return None
    if view.kind is not Kind.SPEC:
        return list(_on_code(view, params.range)) if view.settings.code_hints else None
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


def _on_code(view: View, shown: types.Range) -> Iterator[types.InlayHint]:
    marks = view.marks
    for line, label in counts(view.text, marks) if marks else ():
        if shown.start.line < line <= shown.end.line + 1:
            end = view.places.lines(line, line).end
            yield types.InlayHint(position=end, label=label, padding_left=True)
