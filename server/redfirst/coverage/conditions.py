"""A condition of the source as a person would say it, and its opposite."""

from __future__ import annotations

import ast
from typing import Final

_LONGEST: Final = 80
_OPPOSITES: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.Gt: "<=",
    ast.GtE: "<",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}


def written(node: ast.expr, source: str) -> str:
    """The source of `node` on one line, shortened where nobody would read on."""
    return _shortened(_whole(node, source))


def denied(node: ast.expr, source: str) -> str:
    """What holds where `node` does not."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            said = _whole(operand, source)
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            sides = _whole(left, source), _whole(right, source)
            said = f" {_OPPOSITES[type(operator)]} ".join(sides)
        case ast.Name() | ast.Attribute() | ast.Call() | ast.Subscript() | ast.Constant():
            said = f"not {_whole(node, source)}"
        case _:
            said = f"not ({_whole(node, source)})"
    return _shortened(said)


def _whole(node: ast.expr, source: str) -> str:
    """As it was written where that is one line: quotes stay what they were."""
    segment = ast.get_source_segment(source, node)
    is_plain = segment is not None and "\n" not in segment and "\r" not in segment
    return segment if segment is not None and is_plain else ast.unparse(node)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
