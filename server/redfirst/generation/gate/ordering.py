"""Lists compared by `<=` or `>=`, which looks no further than the first item that differs.

A strict order is believed to be meant, and so is a range. Tuples and texts have an order that
people ask for, as versions and dates; that of sets asks for a part of them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_UNITTEST: Final = {"assertLessEqual": "<=", "assertGreaterEqual": ">="}


def find(module: Module) -> Iterator[Problem]:
    """RF220, at each assertion. The test of an operator is about its order."""
    if module.spec.function.value.rpartition(".")[2].startswith("__"):
        return
    for test in module.tests:
        for node in ast.walk(test.node):
            for left, sign, right in _ordered(node):
                if _is_about_items(left, right):
                    yield module.problem(
                        Code.LISTS_ORDERED,
                        f"`{sign}` between lists looks no further than the first item that "
                        "differs, so most of the list may be wrong. Compare with `==`, or item by "
                        "item.",
                        node,
                    )


def _ordered(node: ast.AST) -> Iterator[tuple[ast.expr, str, ast.expr]]:
    match node:
        case ast.Assert(test=ast.Compare(left=left, ops=[ast.LtE()], comparators=[right])):
            yield left, "<=", right
        case ast.Assert(test=ast.Compare(left=left, ops=[ast.GtE()], comparators=[right])):
            yield left, ">=", right
        case ast.Call(func=ast.Attribute(attr=name), args=[left, right, *_]) if name in _UNITTEST:
            yield left, _UNITTEST[name], right
        case _:
            return


def _is_about_items(left: ast.expr, right: ast.expr) -> bool:
    """Whether one side is a list that is written down, and the other one is not."""
    return _is_written(left) != _is_written(right)


def _is_written(node: ast.expr) -> bool:
    """A list with an item at least, and nothing in it that is computed."""
    return (
        isinstance(node, ast.List)
        and bool(node.elts)
        and not any(isinstance(inner, ast.Call) for inner in ast.walk(node))
    )
