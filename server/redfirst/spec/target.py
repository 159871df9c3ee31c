"""The function under test, as an expression calls it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.spec.model import Spec


def is_target(node: ast.AST, spec: Spec) -> bool:
    """`node` calls the function under test."""
    name = spec.signature.value.name
    match node:
        case ast.Call(func=ast.Name(id=called_name)):
            return spec.class_name is None and called_name == name
        case ast.Call(func=ast.Attribute(attr=called_name)):
            return spec.class_name is not None and called_name == name
        case _:
            return False
