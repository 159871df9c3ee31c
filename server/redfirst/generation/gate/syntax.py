"""Text that Python cannot read."""

from __future__ import annotations

from sys import version_info
from typing import TYPE_CHECKING, Final

from redfirst.generation.syntax import BOM
from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.python_source import UNREADABLE, compile_module, read_module
from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    import ast


def parse(source: str) -> ast.Module | Problem:
    """The tree of `source`, with places that count a leading BOM, or the finding that says why not.

    The tree is compiled too, because Python finds a `return` outside a function only then.
    """
    # A form feed is one character as well, and may stand before a statement.
    text = f"\f{source[1:]}" if source.startswith(BOM) else source
    try:
        tree = read_module(text)
        compile_module(text)
    except SyntaxError as fault:
        return _problem(fault.msg, _place(source, fault))
    except UNREADABLE as fault:
        return _problem(str(fault), Span(0, 0)) if str(fault) else TOO_DEEP
    return tree


def _problem(reason: str, span: Span) -> Problem:
    python = f"Python {version_info.major}.{version_info.minor}"
    return Problem(
        Code.TEST_SYNTAX,
        Severity.ERROR,
        f"{python} cannot read this test module: {reason}. Mend it or generate it again.",
        span,
    )


def _place(source: str, fault: SyntaxError) -> Span:
    if fault.lineno is None:
        return Span(0, 0)
    start = _offset(source, fault.lineno, fault.offset)
    end = _offset(source, fault.end_lineno, fault.end_offset) if fault.end_lineno else 0
    return Span(start, end if end > start else min(start + 1, len(source)))


def _offset(source: str, line: int | None, column: int | None) -> int:
    lines = LineIndex(source)
    span = lines.line_span(min(max(line or 1, 1), lines.line_count) - 1)
    return min(span.start + max((column or 1) - 1, 0), span.end)


TOO_DEEP: Final = _problem("it is nested too deeply", Span(0, 0))
