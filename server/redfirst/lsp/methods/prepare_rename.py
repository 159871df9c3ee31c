"""`textDocument/prepareRename`: what at a place can get another name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.answers.renaming import refuse_if_unsafe
from redfirst.lsp.answers.standpoint import Side, Standpoint, standpoints
from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.function_places import name_span
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from redfirst.lsp.state.view import View


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: `span` is what stands at the place, `name` what is changed."""

    at: Standpoint
    span: Span
    name: str


def prepare_rename(
    view: View, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """The name as it is; an error says what keeps it from being changed."""
    found = named_at(view, view.places.offset(params.position))
    if found is None:
        return None
    refuse_if_unsafe(view, found.at)
    return types.PrepareRenamePlaceholder(view.places.range(found.span), found.name)


def named_at(view: View, offset: int) -> Named | None:
    """The case or function whose name, line or test stands at `offset`.

    A `def` in the implementation is for a server that knows its callers.
    """
    at = next(iter(standpoints(view, offset)), None) if view.kind is not Kind.OTHER else None
    if at is None or at.is_module:
        return None
    if at.case is not None:
        written = at.case.written_id if at.side is Side.SPEC else None
        spans = (*((_unquoted(view.text, written.span),) if written else ()), at.span)
        name = at.case.id
    else:
        declared = name_span(at.document)
        name = declared.of(at.document.text) if declared else ""
        spans = (at.span,) if at.span.of(view.text) == name else ()
    span = next((span for span in spans if offset in span), None)
    return None if span is None else Named(at, span, name)


def _unquoted(text: str, span: Span) -> Span:
    quoted = text[span.start : span.start + 1] in {"'", '"'}
    return Span(span.start + 1, span.end - 1) if quoted else span
