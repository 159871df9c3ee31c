"""Which statements another statement needs before it can run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def needed_statements(
    statements: Iterable[ast.stmt], before: Sequence[ast.stmt]
) -> tuple[ast.stmt, ...]:
    """Those of `before`, in their order, that bind a name which `statements` read, and theirs."""
    wanted = {name for statement in statements for name in reads(statement)}
    needed: list[ast.stmt] = []
    for candidate in reversed(before):
        if binds(candidate) & wanted:
            needed.append(candidate)
            wanted |= reads(candidate)
    return tuple(reversed(needed))


def reads(statement: ast.stmt) -> set[str]:
    """The names that `statement` mentions in order to read them."""
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def binds(statement: ast.stmt) -> set[str]:
    """The names that stand for something else once `statement` has run."""
    match statement:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {(alias.asname or alias.name).partition(".")[0] for alias in names}
        case ast.FunctionDef(name=name):
            return {name}
        case _:
            return {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
