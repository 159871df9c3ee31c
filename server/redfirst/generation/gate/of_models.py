"""What a module that nobody has read yet may not do: a model wrote it, and it will run for years.

Verification runs in a sandbox, later runs do not. So nothing may hide there what it would do here:
no code that runs when the module is imported, no names that reach around imports, no error
swallowed, since the sandbox refuses with errors, and nothing that acts on the machine.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.machine import acting_on_the_machine
from redfirst.generation.gate.module_tree import Module
from redfirst.generation.syntax import syntax_tree
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem

_HARMLESS: Final = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
    ast.Pass,
)
_AROUND: Final = frozenset(
    {
        *("__import__", "eval", "exec", "compile", "breakpoint", "globals", "locals", "vars"),
        *("__builtins__", "__loader__", "__spec__", "getattr", "setattr", "delattr"),
        *("builtins", "importlib", "sys", "gc", "inspect", "runpy", "pkgutil", "suppress"),
    }
)


def check_unread(source: str, spec: Spec) -> tuple[Problem, ...]:
    """RF203 for each place that does such a thing; nothing for a text that Python cannot read."""
    tree = syntax_tree(source)
    if tree is None:
        return ()
    module = Module(source, tree, spec)
    return tuple(
        module.problem(Code.MODULE_DENIED, f"{words} The test of one function needs none.", node)
        for node, words in (*_found(tree), *acting_on_the_machine(module))
    )


def _found(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in tree.body:
        if not isinstance(node, _HARMLESS) and not _is_text(node):
            yield node, "This runs when the module is imported."
    for node in ast.walk(tree):
        name = _name(node)
        if name in _AROUND or (name.startswith("__") and isinstance(node, ast.Attribute)):
            yield node, f"`{name}` can reach around the rules for imports, or hide an error."
        if isinstance(node, ast.Try | ast.TryStar):
            yield node, "`try` can hide what the sandbox refuses."


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.alias(name=name):
            return name.partition(".")[0]
        case ast.ImportFrom(module=str(name)):
            return name.partition(".")[0]
        case _:
            return ""
