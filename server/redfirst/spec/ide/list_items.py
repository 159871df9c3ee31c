"""Where an item is added to a list of a spec, by whoever is not its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.spec.problem import TextEdit
from redfirst.spec.ranges import LineIndex, Span
from redfirst.spec.yaml.nodes import Mapping, Sequence, is_empty

if TYPE_CHECKING:
    from redfirst.spec.document import SpecDocument


def last_item(document: SpecDocument, key: str, first: str, *more: str) -> TextEdit | None:
    """One more item in block style for the list below `key`, which is made where there is none.

    `first` stands behind the dash, `more` are lines below it. `None` where the spec, or that list,
    is written in a way that cannot be added to.
    """
    text, root = document.text, document.tree
    if not isinstance(root, Mapping) or root.flow:
        return None
    there, node = root.key(key), root.get(key)
    item = (f"- {first}", *(f"  {line}" for line in more))
    if isinstance(node, Sequence) and node.items and not node.flow:
        column = _column(text, node.span.start)
        return _below(text, _last(text, node.span), *(f"{column}{line}" for line in item))
    indent = _column(text, root.span.start)
    indented = tuple(f"{indent}  {line}" for line in item)
    if there is not None and is_empty(node):
        return _below(text, there.span.end, *indented)
    if there is None:
        return _below(text, _last(text, root.span), f"{indent}{key}:", *indented)
    return None


def _below(text: str, offset: int, *lines: str) -> TextEdit:
    """Lines below the one at `offset`. They begin at a line's start: editors indent what a snippet
    has after its first line like the line in which it is put.
    """
    index = LineIndex(text)
    line = index.line_of(offset)
    line_break = "\r\n" if "\r\n" in text else "\n"
    if line + 1 < index.line_count:
        start = index.line_span(line + 1).start
        return TextEdit(Span(start, start), "".join(f"{each}{line_break}" for each in lines))
    return TextEdit(Span(len(text), len(text)), "".join(f"{line_break}{each}" for each in lines))


def _last(text: str, span: Span) -> int:
    """The last character of what is written there."""
    return span.start + max(len(span.of(text).rstrip()) - 1, 0)


def _column(text: str, offset: int) -> str:
    """As much space as stands before `offset` on its line."""
    index = LineIndex(text)
    return " " * (offset - index.line_span(index.line_of(offset)).start)
