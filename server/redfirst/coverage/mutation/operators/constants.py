"""Numbers get one more, `True` becomes `False`, and a text is emptied."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING

from redfirst.coverage.mutation.edit import Edit, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.mutation.edit import Surroundings


def constants(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """Numbers whose change is said by a comparison already are left alone."""
    if not isinstance(node, ast.Constant) or around.role(node) is Role.TWIN:
        return
    other = _other(node.value)
    if other is not None:
        yield Edit(around.source.span(node), other)


def bounds(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """The bounds of a slice that are no numbers are taken away."""
    if not isinstance(node, ast.Slice):
        return
    for bound in (node.lower, node.upper):
        if bound is not None and not _is_number(bound):
            words = f"slice without its bound {around.source.shown(bound)}"
            yield Edit(around.source.span(bound), "None", words)


def _other(value: object) -> str | None:
    match value:
        case bool():
            return str(not value)
        case int():
            return str(value + 1)
        case float() if math.isfinite(value + 1):
            return repr(value + 1)
        case str():
            return '""' if value else '"text"'
        case bytes():
            return 'b""' if value else 'b"bytes"'
        case _:
            return None


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant)
