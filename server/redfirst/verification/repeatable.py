"""Whether tests may meet one stub after the other in the same process.

As a rule each stub gets a process of its own: what a test leaves behind (a cache, a global, a
file) must not decide what it does on the next stub. A test module of which it can be *proven* that
its tests leave nothing behind needs no such care. The proof is a list of what such a module may
consist of; whatever is not on it, however harmless, makes the answer no.

Invariant: everything that can be changed and that a test can reach was made by that very call of
the test, or by the stub in answer to it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Spec

_PURE: Final = frozenset(
    {
        "__future__",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "itertools",
        "math",
        "operator",
        "re",
        "statistics",
        "string",
        "typing",
        "uuid",
    }
)
_PYTEST: Final = frozenset({"raises", "approx", "fail", "mark", "param"})
_REACH_FURTHER: Final = frozenset(
    {
        "__builtins__",
        "breakpoint",
        "compile",
        "delattr",
        "eval",
        "exec",
        "exit",
        "getcontext",
        "globals",
        "input",
        "localcontext",
        "open",
        "quit",
        "setattr",
        "setcontext",
        "super",
        "type",
        "vars",
    }
)
_ENDS_A_SESSION: Final = frozenset(
    {"BaseException", "GeneratorExit", "KeyboardInterrupt", "SystemExit"}
)
_LASTING: Final = (
    ast.AsyncFunctionDef,
    ast.Await,
    ast.ClassDef,
    ast.Global,
    ast.Import,
    ast.ImportFrom,
    ast.Nonlocal,
    ast.Yield,
    ast.YieldFrom,
)
_VALUES: Final = (
    ast.Constant,
    ast.Dict,
    ast.List,
    ast.Name,
    ast.Set,
    ast.Tuple,
    ast.UnaryOp,
    ast.expr_context,
    ast.keyword,
    ast.unaryop,
)


def is_repeatable(source: str, spec: Spec) -> bool:
    """Whether nothing that a test of the module `source` does can be noticed by the next one."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return False
    if any(error.type_name in _ENDS_A_SESSION for _, error in spec.errors()):
        return False
    if spec.signature.value.is_async or not all(_is_pure(one.value) for one in spec.imports):
        return False
    return all(_is_known(statement, spec) for statement in tree.body)


def _is_pure(statement: str) -> bool:
    """Whether an import of the spec's brings nothing that remembers."""
    match ast.parse(statement).body:
        case [ast.Import(names=names)]:
            return all(name.name in _PURE for name in names)
        case [ast.ImportFrom(module=source, names=names, level=0)]:
            return source in _PURE and all(_is_tame(name.name) for name in names)
        case _:
            return False


def _is_known(statement: ast.stmt, spec: Spec) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Import(names=names):
            return all(name.name in _PURE | {"pytest"} for name in names)
        case ast.ImportFrom(module=source, names=names, level=0):
            if source == "pytest":
                return all(name.name in _PYTEST for name in names)
            allowed = _PURE | {spec.module.value}
            return source in allowed and all(_is_tame(name.name) for name in names)
        case ast.FunctionDef():
            return _is_closed(statement, spec)
        case _:
            return False


def _is_closed(test: ast.FunctionDef, spec: Spec) -> bool:
    """Whether the test keeps to itself, and finds its rows as every call before found them."""
    given = test.args
    if given.vararg or given.kwarg or given.defaults or given.kw_defaults or given.posonlyargs:
        return False
    rows = [_rows(decorator) for decorator in test.decorator_list]
    named = {name for row in rows if row for name in row.names}
    if None in rows or {argument.arg for argument in given.args} != named:
        return False
    if not test.name.startswith("test") or not all(map(_stays_inside, _inner(test))):
        return False
    return all(row.is_plain for row in rows if row) or _leaves_rows_alone(test, spec)


def _inner(test: ast.FunctionDef) -> Iterator[ast.AST]:
    for statement in test.body:
        yield from ast.walk(statement)


def _leaves_rows_alone(test: ast.FunctionDef, spec: Spec) -> bool:
    """Whether neither the test nor a stub changes what stands in the rows."""
    has_effects = spec.signature.value.returns == "None" or any(
        example.after for case in spec.cases for example in case.examples
    )
    return not has_effects and not any(map(_may_change, _inner(test)))


def _may_change(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="pytest" | "re"))):
            return False
        case ast.Call(func=function):
            return not isinstance(function, ast.Name)
        case ast.Subscript(ctx=context):
            return not isinstance(context, ast.Load)
        case _:
            return isinstance(node, ast.AugAssign | ast.Delete)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The arguments that a decorator gives to a test. Plain ones nobody can change."""

    names: tuple[str, ...]
    is_plain: bool


def _rows(decorator: ast.expr) -> _Rows | None:
    """What a `pytest.mark.parametrize` of literals and constructors gives; `None` for all else."""
    match decorator:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id="pytest"), attr="mark"), attr="parametrize"
            ),
            args=[named, ast.List(elts=rows)],
            keywords=[] | [ast.keyword(arg="ids")] as keywords,
        ):
            values = [*rows, *(keyword.value for keyword in keywords)]
            names = _names(named)
        case _:
            return None
    if not all(_is_value(node) for value in values for node in ast.walk(value)):
        return None
    return _Rows(names, all(map(_is_plain, rows)))


def _names(named: ast.expr) -> tuple[str, ...]:
    match named:
        case ast.Constant(value=str() as text):
            return tuple(name.strip() for name in text.split(","))
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return tuple(name for each in elements for name in _names(each))
        case _:
            return ()


def _is_value(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return _is_tame(name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="pytest"), attr="param")):
            return True
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            return _is_tame(name) and _is_tame(attribute)
        case ast.Call():
            return False
        case _:
            return isinstance(node, _VALUES)


def _is_plain(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=operand):
            return _is_plain(operand)
        case ast.Tuple(elts=elements):
            return all(map(_is_plain, elements))
        case _:
            return False


def _stays_inside(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name):
            return _is_tame(name)
        case ast.Attribute(value=ast.Name(id="pytest"), attr=name):
            return name in _PYTEST
        case ast.Attribute(attr=name, ctx=context):
            return isinstance(context, ast.Load) and _is_tame(name)
        case _:
            return not isinstance(node, _LASTING)


def _is_tame(name: str) -> bool:
    return name not in _REACH_FURTHER and not name.startswith("__")
