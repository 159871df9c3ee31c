"""A stretch of a text to be masked, so that what follows it can be read.

A repair masks by as many other characters, so that offsets stay and the rest of the file is read as
if the fault were not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.problem import Fix, Problem, Severity
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.entry import (
    Entry,
    continuation_end,
    entry_at,
)
from redfirst.spec.yaml.quote import without_comment

if TYPE_CHECKING:
    from redfirst.spec.codes import Code
    from redfirst.spec.yaml.nodes import Scalar

_NOT_A_BREAK: Final = re.compile(r"[^\r\n]")


@dataclass(frozen=True, slots=True)
class Repair:
    """Mask what stands at `span`.

    With `stand_in`, a word stands there afterwards and is read as that scalar; else nothing does.
    """

    span: Span
    problem: Problem
    stand_in: Scalar | None = None


def mask(text: str, repair: Repair) -> str:
    """`text` with the repair's stretch masked; only line breaks stay."""
    head, tail = text[: repair.span.start], text[repair.span.end :]
    hidden = repair.span.of(text)
    if repair.stand_in is None:
        return head + _NOT_A_BREAK.sub(" ", hidden) + tail
    first = re.split(r"[\r\n]", hidden, maxsplit=1)[0]
    return head + "x" * len(first) + _NOT_A_BREAK.sub(" ", hidden[len(first) :]) + tail


def blank_line(text: str, offset: int, problem: Problem) -> Repair:
    """Mask the line of `offset`; when that is empty already, all that follows."""
    span = entry_at(text, offset).span
    return Repair(span if span.of(text).strip() else Span(span.start, len(text)), problem)


def text_span(text: str, entry: Entry, start: int, column: int) -> Span:
    """From `start` to the end of the text there: this line, or all that is indented deeper."""
    line_end = start + len(without_comment(text[start : entry.span.end]))
    end = continuation_end(text, entry, column)
    return Span(start, max(line_end if end <= entry.span.end else end, start + 1))


def folded(text: str, span: Span) -> str:
    """What stands at `span`, each run of white space as one space."""
    return " ".join(span.of(text).split())


def fault(code: Code, message: str, span: Span, fix: Fix | None = None) -> Problem:
    """A problem of the text that keeps it from being read as it stands."""
    return Problem(code, Severity.ERROR, message, span, fix)
