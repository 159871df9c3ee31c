"""Replacing the function under test, or parts of its module: the test then tests the patch."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.names import is_within
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_ATTRIBUTE_SETTERS: Final = frozenset({"setattr", "delattr"})
_ITEM_SETTERS: Final = frozenset({"setitem", "delitem"})
_PATCHERS: Final = frozenset({"patch", "object", "multiple", "dict"})
_SYS_MODULES: Final = "sys.modules"


def find(module: Module) -> Iterator[Problem]:
    """RF213 for each place that patches the module under test or something in it."""
    for node in module.nodes:
        if any(is_within(path, module.spec.module.value) for path in _patched(module, node)):
            yield module.problem(
                Code.PATCHED_TARGET,
                f"This replaces part of `{module.spec.module.value}`, so the test would judge the "
                "replacement. Test the function as it is, through its arguments.",
                node,
            )


def _patched(module: Module, node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            for target in targets:
                yield from _stored(module, target)
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            yield from _stored(module, target)
        case ast.Call():
            yield from _patched_by_call(module, node)
        case _:
            return


def _stored(module: Module, target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _stored(module, part)
        case ast.Attribute(value=value, attr=name) if name != "__test__":
            yield from _path(module, value)
        case ast.Subscript(value=ast.Attribute(value=value, attr="__dict__")):
            yield from _path(module, value)
        case ast.Subscript():
            yield from _path(module, target)
        case _:
            return


def _patched_by_call(module: Module, call: ast.Call) -> Iterator[str]:
    name = _called(call)
    first = call.args[0] if call.args else _keyword(call, "target")
    if first is None:
        return
    if name in _ATTRIBUTE_SETTERS or (name in _PATCHERS and _is_mock(module, call)):
        yield from _text_or_path(module, first)
    if name in _ITEM_SETTERS | _PATCHERS and _is_sys_modules(module, first):
        yield from _keys(call.args[1] if len(call.args) > 1 else None)
    if _is_pop_of_modules(module, call):
        yield from _keys(first)


def _is_pop_of_modules(module: Module, call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=value, attr="pop"):
            return _is_sys_modules(module, value)
        case _:
            return False


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _is_mock(module: Module, call: ast.Call) -> bool:
    path = module.names.path(call.func) or ""
    return "patch" in path.split(".")


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _is_sys_modules(module: Module, node: ast.expr) -> bool:
    is_text = isinstance(node, ast.Constant) and node.value == _SYS_MODULES
    return is_text or module.names.path(node) == _SYS_MODULES


def _text_or_path(module: Module, node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        yield from _path(module, node)


def _path(module: Module, node: ast.expr) -> Iterator[str]:
    path = module.names.path(node)
    # A basket in a variable `basket` is not the module of that name.
    if path is not None and module.names.is_imported(node):
        yield path


def _keys(node: ast.expr | None) -> Iterator[str]:
    keys = node.keys if isinstance(node, ast.Dict) else [node]
    for key in keys:
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value
