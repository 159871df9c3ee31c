"""`textDocument/inlayHint`: how cases and tests stand, and who runs a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.coverage.words import counts
from redfirst.generation.links import linked_tests
from redfirst.lsp.answers.markup import markup
from redfirst.lsp.answers.standpoint import standpoints
from redfirst.lsp.answers.surroundings import surroundings
from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.hints import hints, label_of_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.lsp.state.view import View


def inlay_hint(view: View, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """The hints in the part of the text that is on the screen."""
    if not view.settings.inlay_hints:
        return None
    match view.kind:
        case Kind.SPEC:
            return list(_on_spec(view, params.range))
        case Kind.TEST:
            return list(_on_tests(view, params.range))
        case _:
            return list(_on_code(view, params.range)) if view.settings.code_hints else None


def _on_spec(view: View, shown: types.Range) -> Iterator[types.InlayHint]:
    around = surroundings(view, view.neighbours())
    for hint in hints(view.document, view.places.span(shown), around):
        yield types.InlayHint(
            position=view.places.position(hint.offset),
            label=hint.label,
            tooltip=markup(view.client, hint.markdown) if hint.markdown else None,
            padding_left=True,
        )


def _on_tests(view: View, shown: types.Range) -> Iterator[types.InlayHint]:
    links = [link for link in linked_tests(view.text) if link.case is not None]
    at = next((at for link in links for at in standpoints(view, link.span.start)), None)
    if at is None:
        return
    around, part = surroundings(view, at.neighbours), view.places.span(shown)
    for link in links:
        label = label_of_test(link.case or "", around)
        if label is not None and link.span.start in part:
            line = view.places.position(link.span.start).line + 1
            end = view.places.lines(line, line).end
            yield types.InlayHint(position=end, label=label, padding_left=True)


def _on_code(view: View, shown: types.Range) -> Iterator[types.InlayHint]:
    marks = view.marks
    for line, label in counts(view.text, marks) if marks else ():
        if shown.start.line < line <= shown.end.line + 1:
            end = view.places.lines(line, line).end
            yield types.InlayHint(position=end, label=label, padding_left=True)
