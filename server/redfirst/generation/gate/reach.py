"""Which helpers, fixtures and constants of a test module a test makes use of.

Names are followed wherever they are mentioned, as attributes too. That finds too much rather than
too little: a test is then believed to assert, or to call the function, rather than accused.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

_ALWAYS_RUN: Final = frozenset(
    {
        "setup_module",
        "setup_function",
        "setup_class",
        "setup_method",
        "setUp",
        "setUpClass",
        "setUpModule",
        "asyncSetUp",
        "teardown_method",
        "tearDown",
    }
)


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a module defines at its top and in its classes; `everywhere` takes part in each test."""

    by_name: Mapping[str, Sequence[ast.AST]]
    everywhere: Sequence[ast.AST]

    def reached(self, test: ast.AST, classes: Sequence[ast.ClassDef]) -> Iterator[ast.AST]:
        """Every node of `test` and of all that it uses, directly or through others."""
        waiting = [test, *self.everywhere]
        for around in classes:
            waiting += [node for node in around.body if not isinstance(node, FunctionNode)]
            waiting += [*around.bases, *around.decorator_list]
        seen = {id(node) for node in waiting}
        while waiting:
            for node in ast.walk(waiting.pop()):
                yield node
                for name in _mentioned(node):
                    new = [found for found in self.by_name.get(name, ()) if id(found) not in seen]
                    seen.update(id(found) for found in new)
                    waiting += new


def read_definitions(tree: ast.Module) -> Definitions:
    """The definitions of a module and of its classes."""
    by_name: dict[str, list[ast.AST]] = defaultdict(list)
    everywhere: list[ast.AST] = []
    for node in _statements(tree):
        for name in _defined(node):
            by_name[name].append(node)
        if isinstance(node, FunctionNode) and (node.name in _ALWAYS_RUN or _is_autouse(node)):
            everywhere.append(node)
    return Definitions(by_name, everywhere)


def fixture_call(node: FunctionNode) -> ast.expr | None:
    """The `fixture` decorator of a function."""
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in {"fixture", "yield_fixture"}:
            return decorator
    return None


def _statements(scope: ast.AST) -> Iterator[ast.AST]:
    """The statements outside functions, those under `if`, `try` and `with` included."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.stmt):
            yield node
            if not isinstance(node, FunctionNode):
                yield from _statements(node)
        elif isinstance(node, ast.ExceptHandler):
            yield from _statements(node)


def _defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, FunctionNode):
        yield node.name
        yield from _fixture_name(node)
    elif isinstance(node, ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))


def _keyword(node: FunctionNode, name: str) -> object:
    decorator = fixture_call(node)
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return next(
        (k.value.value for k in keywords if k.arg == name and isinstance(k.value, ast.Constant)),
        None,
    )


def _fixture_name(node: FunctionNode) -> Iterator[str]:
    name = _keyword(node, "name")
    if isinstance(name, str):
        yield name


def _is_autouse(node: FunctionNode) -> bool:
    return bool(_keyword(node, "autouse"))


def _mentioned(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            yield name
        case ast.Call(func=ast.Attribute(attr="usefixtures" | "getfixturevalue"), args=args):
            for argument in args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
        case _:
            return
