"""What a test uses that its module does not define: nobody can read off what that does."""

from __future__ import annotations

import ast
import sys
from itertools import chain
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.names import is_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import GateTest, Module

# Fixtures of pytest and unittest's mock that neither assert nor call the function under test.
_HARMLESS: Final = frozenset(
    {
        "self",
        "cls",
        "cache",
        "capfd",
        "capfdbinary",
        "caplog",
        "capsys",
        "capsysbinary",
        "mocker",
        "monkeypatch",
        "recwarn",
        "request",
        "subtests",
        "tmp_path",
        "tmp_path_factory",
        "tmpdir",
        "tmpdir_factory",
    }
)


def leaves_the_module(test: GateTest, module: Module) -> bool:
    """Whether the test uses a fixture, a helper or a base class that is defined elsewhere."""
    if any(_is_foreign_call(node, module) for node in test.reached):
        return True
    here = module.definitions.by_name
    arguments = test.node.args
    listed = chain(arguments.posonlyargs, arguments.args, arguments.kwonlyargs)
    named = {argument.arg for argument in listed} - _HARMLESS - set(_parametrized(test))
    if any(name not in here for name in named):
        return True
    bases = chain.from_iterable(around.bases for around in test.classes)
    return any(not _is_known_base(base, module) for base in bases)


def _is_foreign_call(node: ast.AST, module: Module) -> bool:
    """A call of a function imported from neither the standard library, pytest nor the target."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in module.names.bound:
            path = module.names.bound[name]
            root = path.partition(".")[0]
            is_ours = root in sys.stdlib_module_names or root in {"pytest", "_pytest"}
            return not is_ours and not is_within(path, module.spec.module.value)
        case _:
            return False


def _parametrized(test: GateTest) -> Iterator[str]:
    """The names that decorators fill: any text among the arguments of `parametrize`."""
    around = chain.from_iterable(each.decorator_list for each in test.classes)
    for decorator in chain(test.node.decorator_list, around):
        for node in ast.walk(decorator):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from (name.strip() for name in node.value.split(","))
            elif isinstance(node, ast.keyword) and node.arg:
                yield node.arg


def _is_known_base(base: ast.expr, module: Module) -> bool:
    path = module.names.path(base) or ""
    is_plain = path in {"object", "abc.ABC"} or path.startswith("unittest.")
    return is_plain or path in module.definitions.by_name
