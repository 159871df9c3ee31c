"""Definitions that stand in the way: of the function under test, or of another test."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from redfirst.generation.gate.names import is_within
from redfirst.generation.gate.reach import FunctionNode, fixture_call
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_Definition = FunctionNode | ast.ClassDef


def find(module: Module) -> Iterator[Problem]:
    """RF215 and RF216."""
    yield from _implementations(module)
    for scope in module.nodes:
        if isinstance(scope, ast.Module | ast.ClassDef):
            yield from _shadowed(module, scope)


def _implementations(module: Module) -> Iterator[Problem]:
    methods = {id(node) for c in module.nodes if isinstance(c, ast.ClassDef) for node in c.body}
    for node in module.nodes:
        if isinstance(node, _Definition) and id(node) not in methods and _replaces(module, node):
            yield _implementation(module, node.name, node)
        if isinstance(node, ast.Module | FunctionNode):
            for name in _rebound(module, node):
                yield _implementation(module, name.id, name)


def _implementation(module: Module, name: str, node: ast.AST) -> Problem:
    place = module.name_span(node) if isinstance(node, _Definition) else node
    return module.problem(
        Code.IMPLEMENTATION_IN_TEST,
        f"This gives `{name}` a meaning of its own, so the tests would judge that and not "
        f"`{module.spec.module.value}`. Import the function and leave its name alone.",
        place,
    )


def _replaces(module: Module, node: _Definition) -> bool:
    """A definition of the target's name that does not itself use the target."""
    if node.name != module.spec.import_name:
        return False
    if isinstance(node, FunctionNode) and fixture_call(node):
        return False
    return not any(
        is_within(module.names.path(inner) or "", module.spec.module.value)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute)
        or (isinstance(inner, ast.Name) and inner.id != node.name)
    ) and not any(isinstance(inner, ast.ImportFrom | ast.Import) for inner in ast.walk(node))


def _rebound(module: Module, scope: ast.Module | FunctionNode) -> Iterator[ast.Name]:
    """Names that were imported as the target and are assigned in `scope`, then called there."""
    imported = f"{module.spec.module.value}.{module.spec.import_name}"
    names = {name for name, path in module.names.bound.items() if path == imported}
    for node in _own_nodes(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                targets = [target]
            case _:
                continue
        for target in targets:
            if not isinstance(target, ast.Name) or target.id not in names:
                continue
            is_used = isinstance(scope, ast.Module) or _is_called(target.id, scope)
            if is_used and _is_other(module, value):
                yield target


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, FunctionNode | ast.ClassDef | ast.Lambda):
            yield child
            yield from _own_nodes(child)


def _is_other(module: Module, value: ast.expr) -> bool:
    """Neither made with the module under test nor `None` for a module that is not there yet."""
    if isinstance(value, ast.Constant) and value.value is None:
        return False
    paths = (module.names.path(node) or "" for node in ast.walk(value))
    return not any(is_within(path, module.spec.module.value) for path in paths)


def _is_called(name: str, scope: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in _own_nodes(scope)
    )


def _shadowed(module: Module, scope: ast.Module | ast.ClassDef) -> Iterator[Problem]:
    later: dict[str, _Definition] = {}
    for node in reversed(scope.body):
        if not isinstance(node, _Definition) or not node.name.startswith(("test", "Test")):
            continue
        if node.name in later:
            line = later[node.name].lineno
            yield module.problem(
                Code.SHADOWED_TEST,
                f"`{node.name}` is defined again on line {line}, so this one never runs. Give "
                "each test a name of its own.",
                module.name_span(node),
            )
        later[node.name] = node
