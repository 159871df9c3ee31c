"""Tests that claim nothing, and tests that never ask the function under test."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.elsewhere import leaves_the_module
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_CLAIMS: Final = frozenset({"raises", "warns", "deprecated_call", "fail", "RaisesGroup"})


def find(module: Module) -> Iterator[Problem]:
    """RF214 and RF217 for each test."""
    for test in module.tests:
        if leaves_the_module(test, module):
            continue
        if not any(_claims(node) for node in test.reached):
            yield module.problem(
                Code.NO_ASSERTION,
                f"`{test.link.name}` asserts nothing, so any implementation passes it. Compare the "
                "function's result with `assert`, or expect its error with `pytest.raises`.",
                test.link.span,
            )
        if not any(_is_target(node, module) for node in test.reached):
            yield module.problem(
                Code.TARGET_NOT_CALLED,
                f"`{test.link.name}` never calls `{module.spec.function.value}`, so it says "
                "nothing about it. Call the function and assert on what comes back.",
                test.link.span,
            )


def _claims(node: ast.AST) -> bool:
    match node:
        case ast.Assert(test=claim):
            return not _is_always_true(claim)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in _CLAIMS or "assert" in name.lower()
        case ast.Name(id="AssertionError"):
            return True
        case _:
            return False


def _is_always_true(claim: ast.expr) -> bool:
    match claim:
        case ast.Constant(value=value):
            return bool(value)
        case ast.Tuple(elts=parts):
            return bool(parts)
        case _:
            return False


def _is_target(node: ast.AST, module: Module) -> bool:
    function = module.spec.function.value
    method = function.rpartition(".")[2]
    match node:
        case ast.Constant(value=str(text)):
            return text in {method, function, module.target}
        case ast.Attribute(attr=name) if module.spec.class_name and name == method:
            return True
        case ast.Name() | ast.Attribute():
            path = module.names.path(node)
            is_special = method.startswith("__") and path == module.target.rpartition(".")[0]
            return path == module.target or is_special
        case _:
            return False
