"""What a signature returns, as far as its outermost name tells."""

from __future__ import annotations

import ast
from typing import Final

from redfirst.spec.syntax import SyntaxFault, parse_expression

STREAMS: Final = frozenset({"Iterator", "Iterable", "Generator"})
ASYNC_STREAMS: Final = frozenset({"AsyncIterator", "AsyncIterable", "AsyncGenerator"})


def outer_name(annotation: str | None) -> str:
    """`Iterator` of `collections.abc.Iterator[int]`, quoted or not; empty when it has no name."""
    node = parse_expression(annotation or "")
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = parse_expression(node.value)
    if isinstance(node, ast.Subscript):
        node = node.value
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Constant(value=None):
            return "None"
        case SyntaxFault() | ast.expr():
            return ""
