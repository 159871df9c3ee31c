"""Which annotations of a signature a test can repeat: those whose names it can import."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from redfirst.generation.expressions import flat, names_in, parse_expression
from redfirst.generation.imports import bound_names

if TYPE_CHECKING:
    from redfirst.spec.model import Spec


def usable_annotation(annotation: str | None, spec: Spec) -> str | None:
    """The annotation on one line, or `None` when it is absent or names something unknown."""
    node = parse_expression(annotation or "")
    if node is None or not names_in(node) <= bound_names(spec):
        return None
    return None if _is_quoted(node) else flat(node)


def _is_quoted(node: ast.expr) -> bool:
    """A string in an annotation names a type that may not be there yet; `Literal` is rare."""
    return any(isinstance(n, ast.Constant) and isinstance(n.value, str) for n in ast.walk(node))
