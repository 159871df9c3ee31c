"""A colon too many, or one that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.entry import (
    Entry,
    entry_at,
    previous_entry,
)
from redfirst.spec.yaml.nodes import Scalar
from redfirst.spec.yaml.quote import quote_fix
from redfirst.spec.yaml.repair import Repair, fault, folded, text_span

if TYPE_CHECKING:
    from redfirst.spec.yaml.compose import Failure


_OUT_OF_PLACE: Final = "This item is not indented like the other lines here. Align it with them."
# Keys of a case or an example: `- KEY: a: b` is such a key with a faulty value, while
# `- any other words: a: b` is one text that YAML took apart.
_ITEM_KEYS: Final = frozenset(
    ("case", "id", "examples", "waive", "call", "returns", "raises", "given", "after")
)


def wordless_line(text: str, failure: Failure) -> Repair | None:
    """A line of words without the colon that would make it a key."""
    if failure.context != "while scanning a simple key" or failure.origin is None:
        return None
    return _no_colon(text, entry_at(text, failure.origin))


def _no_colon(text: str, entry: Entry) -> Repair:
    span = Span(entry.value.start, max(entry.value.end, entry.value.start + 1))
    word = span.of(text)
    fix = Fix("Add a colon", (TextEdit(Span(span.end, span.end), ":"),))
    known = word.isidentifier()
    message = (
        f"`{word}` needs a colon behind it to be a key."
        if known
        else ("This line is neither a key with a colon nor an item with a dash.")
    )
    problem = fault(Code.YAML_SYNTAX, message, span, fix if known else None)
    return Repair(entry.span, problem)


def inner_colon(text: str, failure: Failure) -> Repair | None:
    """`: ` inside a text without quotes, which YAML takes for a second key."""
    if not failure.problem.startswith("mapping values"):
        return None
    entry = entry_at(text, failure.offset)
    if entry.key is None or failure.offset > entry.key_span.end:
        return _colon_in_value(text, entry)
    above = previous_entry(text, failure.offset)
    return None if above is None else _colon_below(text, above, entry)


def _colon_below(text: str, above: Entry, entry: Entry) -> Repair | None:
    """A key whose line YAML takes for the continuation of the text `above`."""
    if above.key is None and not above.item and above.outer == entry.outer:
        return _no_colon(text, above)
    if above.item and above.key is None and (entry.key or "").isidentifier():
        return Repair(above.span, fault(Code.YAML_SYNTAX, _OUT_OF_PLACE, above.content))
    if entry.outer > above.inner:
        return _colon_in_value(text, above, entry.value.end)
    return None


def _colon_in_value(text: str, entry: Entry, end: int = 0) -> Repair:
    whole = entry.item and entry.key not in _ITEM_KEYS
    start = entry.content.start if whole else entry.value.start
    column = entry.outer if whole else entry.inner
    span = text_span(text, entry, start, column)
    span = Span(start, max(span.end, end))
    value = folded(text, span)
    message = "The `: ` inside this text makes YAML look for a key. Put the text between quotes."
    problem = fault(Code.BECAME_MAPPING, message, span, quote_fix(value, span))
    return Repair(span, problem, Scalar(span, value, repaired=True))
