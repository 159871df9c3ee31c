"""Faults inside one value: quotes, escapes, tabs, and first characters that YAML reserves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.entry import (
    Entry,
    entry_at,
    line_start,
)
from redfirst.spec.yaml.nodes import Scalar, Style
from redfirst.spec.yaml.quote import quote_fix, without_comment
from redfirst.spec.yaml.repair import Repair, fault, folded, text_span

if TYPE_CHECKING:
    from redfirst.spec.yaml.compose import Composition, Failure


_LINE_BREAKS: Final = "\r\n"
_BLANKS: Final = re.compile(r"[ \t]*")
_TAB_WIDTH: Final = 2


def runaway_quote(text: str, composition: Composition, failure: Failure) -> int | None:
    """Where the quote opened that the failure makes look unclosed."""
    if failure.context.endswith("quoted scalar") and "end of stream" in failure.problem:
        return failure.origin
    last = composition.last_scalar
    if last is None or last.style not in (Style.SINGLE, Style.DOUBLE):
        return None
    same_line = line_start(text, last.span.end) == line_start(text, failure.offset)
    if same_line and any(character in last.span.of(text) for character in _LINE_BREAKS):
        return last.span.start
    return None


def unclosed_quote(text: str, origin: int) -> Repair:
    """A quote that opens at `origin` and is closed nowhere near."""
    entry = entry_at(text, origin)
    quote = text[origin]
    span = Span(origin, origin + len(text[origin : entry.span.end].rstrip()))
    inner = span.of(text)[1:]
    message = f"This text begins with {quote} and never ends with it. Close the quote."
    fix = Fix("Close the quote", (TextEdit(Span(span.end, span.end), quote),))
    if entry.value.start != origin and any(bracket in inner for bracket in "]}"):
        fix = None
    problem = fault(Code.UNCLOSED_QUOTE, message, span, fix)
    stand_in = Scalar(span, inner, Style.DOUBLE, repaired=True)
    return Repair(span, problem, stand_in)


def in_scalar(text: str, failure: Failure) -> Repair | None:
    """A fault inside a value that YAML began to read: an escape, or a block scalar's header."""
    if failure.origin is None:
        return None
    if failure.context.endswith("quoted scalar") and "escape" in failure.problem + failure.context:
        return _bad_escape(text, failure)
    if failure.context == "while scanning a block scalar" and not _at_tab(text, failure):
        return unreadable_value(text, entry_at(text, failure.origin))
    return None


def _bad_escape(text: str, failure: Failure) -> Repair:
    at = text.rfind("\\", 0, failure.offset + 1)
    span = Span(at, min(at + 2, len(text)))
    message = (
        f"`{span.of(text)}` means nothing between double quotes. "
        "Double the backslash, or use single quotes."
    )
    fix = Fix("Double the backslash", (TextEdit(Span(at, at), "\\"),))
    problem = fault(Code.YAML_SYNTAX, message, span, fix)
    return Repair(span, problem, Scalar(span, span.of(text), repaired=True))


def _at_tab(text: str, failure: Failure) -> bool:
    return (
        "\t" in failure.problem or "tab" in failure.problem or text.startswith("\t", failure.offset)
    )


def tab(text: str, failure: Failure) -> Repair | None:
    """A tab where YAML takes only spaces."""
    if not _at_tab(text, failure):
        return None
    indent = _BLANKS.match(text, line_start(text, failure.offset))
    blanks = indent if indent and "\t" in indent[0] else _BLANKS.match(text, failure.offset)
    if blanks is None or "\t" not in blanks[0]:
        return None
    span = Span(*blanks.span())
    problem = fault(
        Code.TAB_INDENT,
        "A tab stands here, where YAML takes only spaces. Indent with spaces.",
        span,
        Fix("Indent with spaces", (TextEdit(span, blanks[0].replace("\t", " " * _TAB_WIDTH)),)),
    )
    return Repair(span, problem)


def unreadable_value(text: str, entry: Entry) -> Repair:
    """A value whose first character means something else to YAML."""
    start = entry.value.start
    span = text_span(text, entry, start, entry.inner)
    value = folded(text, span)
    message = (
        f"A text cannot begin with `{text[start : start + 1]}` in YAML. Put it between quotes."
    )
    problem = fault(Code.RESERVED_START, message, span, quote_fix(value, span))
    return Repair(span, problem, Scalar(span, value, repaired=True))


def cut_value(text: str, value: Scalar) -> Repair:
    """A text whose rest became a comment."""
    line = text[value.span.start : entry_at(text, value.span.end).value.end]
    mended = without_comment(line)
    length = len(mended) if len(mended) > value.span.end - value.span.start else len(line)
    span = Span(value.span.start, value.span.start + length)
    whole = folded(text, span)
    message = (
        "The text ends before ` #`: YAML takes the rest of the line for a comment. "
        "Put the whole text between quotes."
    )
    problem = fault(Code.CUT_BY_COMMENT, message, span, quote_fix(whole, span))
    return Repair(span, problem, Scalar(span, whole, repaired=True))
