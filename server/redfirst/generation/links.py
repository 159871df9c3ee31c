"""How a test and a case find each other: the first line of the test's docstring."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.generation.syntax import BOM, syntax_tree
from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TITLE: Final = re.compile(r"(?P<case>\S+?):(?:\s+(?P<title>.*))?")
_DEFINED_NAME: Final = re.compile(r"\bdef[\s\\]+(\w+)")

_TestFunction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class LinkedTest:
    """A test function, and the case that its docstring names.

    `name` is what pytest shows without the file: `test_x` or `TestX::test_y`. `case` is `None`
    when the docstring does not begin with `ID: `; `title` is then its whole first line. `span` is
    the function's name, `docstring` the literal behind it, quotes and all.
    """

    name: str
    case: str | None
    title: str
    span: Span
    docstring: Span | None = None


@lru_cache(maxsize=8)  # an editor asks for one thing after the other of the same module
def linked_tests(source: str) -> tuple[LinkedTest, ...]:
    """The tests of a module in the order of its text; none when it cannot be parsed."""
    tree = syntax_tree(source)
    if tree is None:
        return ()
    lines = LineIndex(source.removeprefix(BOM))
    shift = len(source) - len(lines.text)
    return tuple(
        LinkedTest(
            name,
            *_link(function),
            _name_span(function, lines, shift),
            _docstring_span(function, lines, shift),
        )
        for name, function in _tests(tree.body, "")
    )


def docstring_line(case_id: str, text: str) -> str:
    """The first line of the docstring that links a test to its case."""
    return f"{case_id}: {text}"


def _tests(body: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[str, _TestFunction]]:
    for node in body:
        if isinstance(node, _TestFunction) and node.name.startswith("test"):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _tests(node.body, f"{prefix}{node.name}::")


def _link(function: _TestFunction) -> tuple[str | None, str]:
    first_line = (ast.get_docstring(function) or "").partition("\n")[0].strip()
    match = _TITLE.fullmatch(first_line)
    if match is None:
        return None, first_line
    return match["case"], match["title"] or ""


def _name_span(function: _TestFunction, lines: LineIndex, shift: int) -> Span:
    # Only white space can stand before a `def`, so that bytes and characters agree.
    start = lines.line_span(function.lineno - 1).start + function.col_offset
    match = _DEFINED_NAME.search(lines.text, start)
    name = Span(*match.span(1)) if match else Span(start, start)
    return Span(name.start + shift, name.end + shift)


def _docstring_span(function: _TestFunction, lines: LineIndex, shift: int) -> Span | None:
    match function.body[0]:
        case ast.Expr(value=ast.Constant(value=str()) as literal):
            start = lines.offset_in_tree(literal.lineno, literal.col_offset)
            end = lines.offset_in_tree(literal.end_lineno or 1, literal.end_col_offset or 0)
            return Span(start + shift, end + shift)
        case _:
            return None
