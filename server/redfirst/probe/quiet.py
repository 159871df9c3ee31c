"""Whether a module only defines things when it is imported.

One that reads a file, looks whether another module is there or starts something has an outcome
that nobody can see growing old.
"""

from __future__ import annotations

import ast
from pathlib import Path

# Calls that depend on their arguments alone, and those that put folders on the path.
_HARMLESS_CALLS = frozenset(
    {
        "Path",
        "TypeVar",
        "abspath",
        "absolute",
        "append",
        "dataclass",
        "dirname",
        "fixture",
        "hookimpl",
        "insert",
        "join",
        "realpath",
        "resolve",
        "str",
    }
)
_EVALUATED = (ast.AnnAssign, ast.Assign, ast.Expr)


def is_quiet(file: str) -> bool:
    """For the Python file of that name; no for one that cannot be read."""
    try:
        return all(map(_is_definition, ast.parse(Path(file).read_bytes()).body))
    except (OSError, SyntaxError, ValueError, RecursionError):
        return False


def _is_definition(statement: ast.stmt) -> bool:
    if isinstance(statement, _EVALUATED):
        return _is_computed(statement)
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return all(map(_is_computed, (*statement.decorator_list, statement.args)))
    if isinstance(statement, ast.ClassDef):
        head = (*statement.decorator_list, *statement.bases, *statement.keywords)
        return all(map(_is_computed, head)) and all(map(_is_definition, statement.body))
    if isinstance(statement, ast.If):
        inner = (*statement.body, *statement.orelse)
        return _is_computed(statement.test) and all(map(_is_definition, inner))
    return isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass))


def _is_computed(node: ast.AST) -> bool:
    calls = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    return all(_last_name(call) in _HARMLESS_CALLS for call in calls)


def _last_name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None
