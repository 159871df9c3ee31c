"""A statement with an effect goes, `break` becomes `continue`, a result becomes `None`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.mutation.edit import Surroundings

_KEPT: Final = (ast.Constant, ast.Compare, ast.BoolOp)


def is_removable(node: ast.stmt) -> bool:
    """Whether it is there for its effect only: what comes after it does not need its names."""
    match node:
        case ast.Raise() | ast.AugAssign():
            return True
        case ast.Expr(value=ast.Call() | ast.Await()):
            return True
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            return all(isinstance(one, ast.Attribute | ast.Subscript) for one in targets)
        case _:
            return False


def removals(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """Statements that are taken out whole."""
    if isinstance(node, ast.stmt) and is_removable(node):
        yield Edit(around.source.span(node), "pass", f"{around.source.shown(node)} removed")


def jumps(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """The two ways out of the body of a loop."""
    if isinstance(node, ast.Break):
        yield Edit(around.source.span(node), "continue")
    elif isinstance(node, ast.Continue):
        yield Edit(around.source.span(node), "break")


def results(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """A value that is returned becomes `None`; constants and questions have their own changes."""
    if not isinstance(node, ast.Return) or node.value is None or _has_its_own(node.value):
        return
    said = f"{around.source.shown(node)} changed to `return None`"
    yield Edit(around.source.span(node.value), "None", said)


def messages(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """The message of an error, where the spec says what it is."""
    match node:
        case ast.Raise(exc=ast.Call(args=[ast.Constant(value=str(text)) as message, *_])):
            if text in around.messages:
                yield Edit(around.source.span(message), '""')
        case _:
            pass


def _has_its_own(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        return isinstance(value.op, ast.Not) or isinstance(value.operand, ast.Constant)
    return isinstance(value, _KEPT)
