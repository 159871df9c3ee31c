"""Whether the exception type that a test expects is the declared one, as far as it can be known."""

from __future__ import annotations

import ast
import builtins
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.names import is_within, read_names
from redfirst.generation.syntax import syntax_tree
from redfirst.spec.model import TypeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.model import Spec

# Other names of the standard library for the same builtin class.
_ALIASES: Final = {
    "IOError": "OSError",
    "EnvironmentError": "OSError",
    "socket.error": "OSError",
    "select.error": "OSError",
    "socket.timeout": "TimeoutError",
    "asyncio.TimeoutError": "TimeoutError",
    "asyncio.exceptions.TimeoutError": "TimeoutError",
    "concurrent.futures.TimeoutError": "TimeoutError",
}
_ANY: Final = frozenset({"Exception", "BaseException"})


class Fit(StrEnum):
    """How an expected type relates to the declared one."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


def fit(module: Module, written: ast.expr, declared: str) -> Fit:
    """Whether expecting `written` lets only the `declared` type or a subclass of it pass."""
    if isinstance(written, ast.Tuple):
        return _fit_all(module, written, declared)
    path = module.names.path(written)
    if path is None:
        return Fit.UNKNOWN
    if _is_constant(module, path):
        values = [_value(node) for node in module.definitions.by_name[path]]
        known = [fit(module, value, declared) for value in values if isinstance(value, ast.Tuple)]
        return known[0] if len(known) == len(values) == 1 else Fit.UNKNOWN
    return _relation(module, _plain(path), declared_path(module.spec, declared))


def declared_path(spec: Spec, declared: str) -> str:
    """The dotted path of an exception as the spec names it."""
    for definition in spec.types:
        if definition.name.value == declared:
            return f"{spec.module.value}.{declared}"
    trees = (syntax_tree(statement.value) for statement in spec.imports)
    nodes = (node for tree in trees if tree for node in tree.body)
    expression = syntax_tree(declared)
    match expression:
        case ast.Module(body=[ast.Expr(value=value)]):
            return _plain(read_names(nodes, spec).path(value) or declared)
        case _:
            return declared


def _fit_all(module: Module, written: ast.Tuple, declared: str) -> Fit:
    fits = {fit(module, part, declared) for part in written.elts}
    if Fit.WRONG in fits or not fits:
        return Fit.WRONG
    return Fit.UNKNOWN if Fit.UNKNOWN in fits else Fit.RIGHT


def _relation(module: Module, path: str, declared: str) -> Fit:
    if path == declared or path.rpartition(".")[2] == declared.rpartition(".")[2]:
        return Fit.RIGHT
    above = _lineage(module, path, frozenset())
    if above is None:
        return Fit.UNKNOWN
    if declared in above:
        return Fit.RIGHT
    is_known = path in _ANY or _lineage(module, declared, frozenset()) is not None
    return Fit.WRONG if is_known else Fit.UNKNOWN


def _lineage(module: Module, path: str, below: frozenset[str]) -> frozenset[str] | None:
    """`path` and all its base classes, or `None` when they cannot all be known."""
    if path in below:
        return None
    builtin = vars(builtins).get(path)
    if isinstance(builtin, type) and issubclass(builtin, BaseException):
        return frozenset(base.__name__ for base in builtin.__mro__)
    bases = list(_bases(module, path))
    lineages = [_lineage(module, base, below | {path}) for base in bases]
    known = [lineage for lineage in lineages if lineage is not None]
    if not bases or len(known) < len(bases):
        return None
    return frozenset({path}).union(*known)


def _bases(module: Module, path: str) -> Iterator[str]:
    target = module.spec.module.value
    for definition in module.spec.types if is_within(path, target) else ():
        is_it = path == f"{target}.{definition.name.value}"
        if is_it and definition.kind is TypeKind.EXCEPTION:
            yield declared_path(module.spec, definition.target or "Exception")
    for node in module.definitions.by_name.get(path, ()):
        if isinstance(node, ast.ClassDef):
            yield from (_plain(module.names.path(base) or "") for base in node.bases)


def _is_constant(module: Module, path: str) -> bool:
    found = module.definitions.by_name.get(path, ())
    return any(isinstance(node, ast.Assign | ast.AnnAssign) for node in found)


def _value(node: ast.AST) -> ast.expr | None:
    return node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None


def _plain(path: str) -> str:
    return _ALIASES.get(path, path.removeprefix("builtins."))
