"""Faults between brackets and braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.entry import (
    block_end,
    entry_at,
)
from redfirst.spec.yaml.fault_in_scalar import unreadable_value
from redfirst.spec.yaml.nodes import Scalar, Style
from redfirst.spec.yaml.quote import balanced_end, is_balanced, quote_fix, without_comment
from redfirst.spec.yaml.repair import Repair, fault, folded

if TYPE_CHECKING:
    from redfirst.spec.yaml.compose import Composition, Failure


def split_value(text: str, value: Scalar) -> Repair:
    """A text between braces that a comma or a bracket of its own takes apart."""
    span = Span(value.span.start, balanced_end(text, value.span.start))
    whole = span.of(text)
    message = (
        "Between braces, a comma or a bracket ends a text without quotes. "
        "Put the text between quotes."
    )
    problem = fault(Code.BECAME_MAPPING, message, span, quote_fix(whole, span))
    return Repair(span, problem, Scalar(span, whole, repaired=True))


def split_text(text: str, composition: Composition, failure: Failure) -> Scalar | None:
    """The text whose own comma or bracket made a list or mapping between brackets unreadable."""
    origin, last = failure.origin, composition.last_scalar
    if origin is None or last is None or "flow" not in failure.context:
        return None
    touches_bracket = text[last.span.end : last.span.end + 1] in ("[", "{")
    is_plain = last.style is Style.PLAIN and not last.repaired and bool(last.text)
    if is_plain and (touches_bracket or not is_balanced(last.text)):
        whole = text[last.span.start : balanced_end(text, last.span.start)]
        if last.span.start > origin and len(whole) > len(last.text) and is_balanced(whole):
            return last
    return next((one for one in composition.split if one.span.start > origin), None)


def in_flow(text: str, failure: Failure) -> Repair | None:
    """A fault between brackets or braces, which may just be a sentence that starts with one."""
    if failure.origin is None or "flow" not in failure.context:
        return None
    opening = text[failure.origin : failure.origin + 1]
    if opening not in ("[", "{"):
        return None
    entry = entry_at(text, failure.origin)
    value = without_comment(text[failure.origin : entry.span.end])
    if entry.value.start == failure.origin and "->" in value:
        return unreadable_value(text, entry)
    closing = "]" if opening == "[" else "}"
    goes_on = value.endswith((",", "[", "{"))
    end = block_end(text, entry, entry.inner) if goes_on else entry.span.end
    span = Span(failure.origin, max(end, failure.origin + 1))
    message = (
        f"What `{opening}` opens here cannot be read up to a closing `{closing}`. "
        "Close it, separate its parts by commas, and put quotes around text that holds "
        "brackets, braces, commas or colons."
    )
    shown = Span(failure.origin, max(entry.value.end, failure.origin + 1))
    problem = fault(Code.YAML_SYNTAX, message, shown)
    return Repair(span, problem, Scalar(span, folded(text, span), repaired=True))
