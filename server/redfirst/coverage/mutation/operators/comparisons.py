"""`<` becomes `<=` at the boundary, and `>=` turned round; `==` becomes `!=`."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.edit import Edit, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.mutation.edit import Surroundings

_WRITTEN: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_BOUNDARY: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_OPPOSITE: Final = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "==": "!=",
    "!=": "==",
    "is": "is not",
    "is not": "is",
    "in": "not in",
    "not in": "in",
}


def comparisons(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """A condition of its own is not turned round: it is made always true and always false."""
    if not isinstance(node, ast.Compare):
        return
    is_condition = around.role(node) is Role.CONDITION and len(node.ops) == 1
    operands = [around.source.span(operand) for operand in (node.left, *node.comparators)]
    for (left, right), operator in zip(pairwise(operands), node.ops, strict=True):
        written = _WRITTEN[type(operator)]
        place = around.source.words_between(left.end, right.start, tuple(written.split()))
        if place is None:
            continue
        if written in _BOUNDARY:
            yield Edit(place, _BOUNDARY[written])
        if not is_condition:
            yield Edit(place, _OPPOSITE[written])
