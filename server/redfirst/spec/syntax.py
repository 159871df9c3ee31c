"""Python source that stands inside a spec, read as a syntax tree and never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from redfirst.spec.python_source import UNREADABLE, read_module
from redfirst.spec.ranges import LineIndex

# Far above what people write, and low enough that a recursion over a tree always comes to its end.
_DEEPEST: Final = 100
_TOO_DEEP: Final = "nested too deeply"
_OPENING: Final = "(\n"


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Why a text is not Python; `offset` counts code points from the text's beginning."""

    message: str
    offset: int


# At each keystroke a spec is read anew, and nearly all of its expressions are those of before.
@lru_cache(maxsize=4096)
def parse_module(source: str) -> ast.Module | SyntaxFault:
    """The statements of `source`, not nested deeper than a hundred levels. Never raises.

    The tree is shared by all who ask for the same source: none of them may change it.
    """
    try:
        module = read_module(source)
    except SyntaxError as fault:
        return SyntaxFault(fault.msg, _offset(source, fault))
    except UNREADABLE as fault:
        return SyntaxFault(str(fault) or _TOO_DEEP, 0)
    return SyntaxFault(_TOO_DEEP, 0) if _is_too_deep(module) else module


def parse_statement(source: str) -> ast.stmt | SyntaxFault:
    """The one statement that `source` is. Never raises."""
    parsed = parse_module(source.strip())
    if isinstance(parsed, SyntaxFault):
        leading = len(source) - len(source.lstrip())
        return SyntaxFault(parsed.message, min(parsed.offset + leading, len(source)))
    if len(parsed.body) != 1:
        return SyntaxFault("this is not one statement", 0)
    return parsed.body[0]


def parse_expression(source: str) -> ast.expr | SyntaxFault:
    """The one expression that `source` is, on one line or several. Never raises."""
    statement = parse_statement(source)
    if isinstance(statement, SyntaxFault) and "\n" in source.strip():
        return _parse_in_brackets(source)
    if isinstance(statement, SyntaxFault):
        return statement
    if isinstance(statement, ast.Expr):
        return statement.value
    return SyntaxFault("this is a statement, not an expression", 0)


def expression_source(source: str) -> str | SyntaxFault:
    """`source` as one expression wherever it stands: in brackets, if these hold its lines together.

    Never raises.
    """
    parsed = parse_expression(source)
    if isinstance(parsed, SyntaxFault):
        return parsed
    return _in_brackets(source) if isinstance(parse_statement(source), SyntaxFault) else source


def source_of(text: str, node: ast.expr) -> str:
    """The source of `node` in `text` on one line, as written where that is possible."""
    written = ast.get_source_segment(text, node)
    if written is None or "\n" in written or "\r" in written:
        return ast.unparse(node)
    return written


def offset_of(text: str, node: ast.expr | ast.arg) -> int:
    """Where `node` begins in `text`, in code points."""
    return LineIndex(text).offset_in_tree(node.lineno, node.col_offset)


def _is_too_deep(module: ast.Module) -> bool:
    level: list[ast.AST] = [module]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def _parse_in_brackets(source: str) -> ast.expr | SyntaxFault:
    parsed = parse_statement(_in_brackets(source))
    if isinstance(parsed, SyntaxFault):
        offset = min(max(parsed.offset - len(_OPENING), 0), len(source))
        return SyntaxFault(parsed.message, offset)
    if isinstance(parsed, ast.Expr):
        return parsed.value
    return SyntaxFault("this is a statement, not an expression", 0)


def _in_brackets(source: str) -> str:
    """A comment may end the last line."""
    return f"{_OPENING}{source}\n)"


def _offset(source: str, fault: SyntaxError) -> int:
    lines = LineIndex(source)
    line = min(max((fault.lineno or 1) - 1, 0), lines.line_count - 1)
    return min(lines.line_span(line).start + max((fault.offset or 1) - 1, 0), len(source))
