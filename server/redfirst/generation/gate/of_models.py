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
from redfirst.generation.gate.names import is_within
from redfirst.generation.syntax import syntax_tree
from redfirst.spec.codes import Code
from redfirst.spec.names import BUILTINS

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
        for node, words in (*_found(module), *acting_on_the_machine(module))
    )


def _found(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node in module.tree.body:
        if not isinstance(node, _HARMLESS) and not _is_text(node):
            yield node, "This runs when the module is imported."
    for node in ast.walk(module.tree):
        name = _name(node)
        is_around = name in _AROUND and not _is_harmless(node, module)
        if is_around or (name.startswith("__") and isinstance(node, ast.Attribute)):
            yield node, f"`{name}` can reach around the rules for imports, or hide an error."
        if isinstance(node, ast.Try | ast.TryStar):
            yield node, "`try` can hide what the sandbox refuses."


def _is_harmless(node: ast.AST, module: Module) -> bool:
    """Whether such a name means what the spec describes, or a regular expression.

    A name that the module under test has beside that may be an import of its own. Behind a name of
    Python's own stands `eval` itself where the import is not reached, or taken back.
    """
    spec, path = module.spec, module.names.path(node) or ""
    match node:
        case ast.Name(id=name):
            return name not in BUILTINS and path == f"{spec.module.value}.{spec.import_name}"
        case ast.Attribute() if is_within(path, spec.module.value):
            return path == module.target
        case ast.Attribute(attr=name):
            return path == "re.compile" or name in _attributes(spec)
        case ast.alias(name=name):  # of this name from elsewhere: refused with all such modules
            return name == spec.import_name
        case _:
            return False


def _attributes(spec: Spec) -> Iterator[str]:
    """What the objects have that the spec describes."""
    yield spec.signature.value.name
    for one in spec.types:
        yield from (field.name for field in one.fields)
        yield from (name for name, _ in one.members)


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
