"""Why an implementation cannot be run at all, at the place where Python stops reading it."""

from __future__ import annotations

from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.python_source import UNREADABLE, read_module
from redfirst.spec.ranges import LineIndex, Span


def unparsable(source: str) -> Problem | None:
    """What this Python says of the text; `None` when it reads it to the end. A newer one may read
    on: whoever tells a person of it has tried.
    """
    try:
        read_module(source)
    except SyntaxError as error:
        return _problem(LineIndex(source), error.lineno or 1, error.offset or 1, error.msg)
    except UNREADABLE as error:
        return _problem(LineIndex(source), 1, 1, str(error))
    return None


def _problem(lines: LineIndex, line: int, column: int, why: str) -> Problem:
    whole = lines.line_span(min(line, lines.line_count) - 1)
    start = min(whole.start + column - 1, whole.end)
    message = f"The tests do not run on this text: {why}. What is marked is older."
    place = Span(start, whole.end)
    return Problem(Code.RUN_UNFINISHED, Severity.INFORMATION, message, place)
