"""Tests that claim nothing, and tests that never ask the function under test."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.reach import FunctionNode
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import GateTest, Module
    from redfirst.spec.problem import Problem

_CLAIMS: Final = frozenset({"raises", "warns", "deprecated_call", "fail", "RaisesGroup"})
# What pytest itself hands to a test; any other fixture that stands in no module may do anything.
_FIXTURES: Final = frozenset(
    "self cls cache capfd capfdbinary caplog capsys capsysbinary doctest_namespace monkeypatch "
    "pytestconfig record_property record_testsuite_property record_xml_attribute recwarn request "
    "subtests testdir tmp_path tmp_path_factory tmpdir tmpdir_factory".split()
)


def find(module: Module) -> Iterator[Problem]:
    """RF214 and RF217 for each test."""
    for test in module.tests:
        if _leaves_the_module(test, module):
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


def _leaves_the_module(test: GateTest, module: Module) -> bool:
    """Whether the test uses a fixture or a base class that is defined elsewhere."""
    by_name = module.definitions.by_name
    named = {argument.arg for argument in _arguments(test.node)} - _FIXTURES - _parameters(test)
    if any(name not in by_name for name in named):
        return True
    bases = (base for around in test.classes for base in around.bases)
    return any(not _is_known_base(base, module) for base in bases)


def _arguments(node: FunctionNode) -> Iterator[ast.arg]:
    yield from (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def _parameters(test: GateTest) -> set[str]:
    """The names that `parametrize` fills: any text among the decorators' first arguments."""
    decorators = [*test.node.decorator_list, *(d for c in test.classes for d in c.decorator_list)]
    texts = (
        node.value
        for decorator in decorators
        if isinstance(decorator, ast.Call)
        for argument in decorator.args[:1] + [k.value for k in decorator.keywords]
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {name.strip() for text in texts for name in text.split(",")}


def _is_known_base(base: ast.expr, module: Module) -> bool:
    path = module.names.path(base) or ""
    return path == "object" or path.startswith("unittest.") or path in module.definitions.by_name


def _claims(node: ast.AST) -> bool:
    match node:
        case ast.Assert(test=claim):
            return not _is_always_true(claim)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in _CLAIMS or name.lower().startswith("assert")
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
