"""Wrong implementations: the right one with one thing changed, so that types mostly stay."""

from __future__ import annotations

import ast
from copy import deepcopy
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARISONS: Final[dict[type[ast.cmpop], ast.cmpop]] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
_OPERATORS: Final[dict[type[ast.operator], ast.operator]] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Add(),
    ast.FloorDiv: ast.Mult(),
    ast.Div: ast.Mult(),
}


def wrong_implementations(source: str) -> tuple[str, ...]:
    """Every change of one node inside the functions of `source`, in order, none twice."""
    tree = ast.parse(source)
    count = sum(1 for _ in _inside_functions(tree))
    texts: dict[str, None] = {}
    for index in range(count):
        for way in range(2):
            copy = deepcopy(tree)
            node = list(_inside_functions(copy))[index]
            if _change(node, way):
                texts[f"{ast.unparse(ast.fix_missing_locations(copy))}\n"] = None
    return tuple(text for text in texts if text.strip() != ast.unparse(tree).strip())


def _inside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (one for statement in node.body for one in ast.walk(statement))


def _change(node: ast.AST, way: int) -> bool:
    match node, way:
        case ast.Constant(value=bool(value)), 0:
            node.value = not value
        case ast.Constant(value=int(value)), (0 | 1):
            node.value = value + 1 if way else value - 1
        case ast.Constant(value=str(value)), 0:
            node.value = f"{value}?"
        case ast.Compare(ops=[operator]), 0 if type(operator) in _COMPARISONS:
            node.ops = [_COMPARISONS[type(operator)]]
        case ((ast.BinOp(op=operator) | ast.AugAssign(op=operator)), 0) if (
            type(operator) in _OPERATORS
        ):
            node.op = _OPERATORS[type(operator)]
        case ((ast.If(test=test) | ast.IfExp(test=test)), 0):
            node.test = ast.UnaryOp(ast.Not(), test)
        case ast.Raise(exc=ast.Call() as call), 0:
            call.func = ast.Name("RuntimeError")
        case _:
            return False
    return True
