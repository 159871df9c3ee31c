"""What is never changed, because no test should have to notice: words for people, types, logs."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.outline import FunctionNode

_LOG: Final = re.compile(r"_*(log|logger|logging|warnings)", re.IGNORECASE)
_LOGS: Final = {
    "debug", "info", "warn", "warning", "error", "exception", "critical", "log",
}  # fmt: skip
_ABOUT_TYPES: Final = {
    "TypeVar", "ParamSpec", "TypeVarTuple", "NewType", "cast", "getLogger", "namedtuple",
}  # fmt: skip
_NOT_NAMES: Final = {"__all__", "__slots__", "__version__"}


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes directly below `node` in which a change can mean something."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from (default for default in _defaults(node.args))
            yield from statements(node.body)
        case ast.Lambda():
            yield from (*_defaults(node.args), node.body)
        case ast.ClassDef():
            yield from statements(node.body)
        case ast.AnnAssign():
            yield from (one for one in (node.target, node.value) if one is not None)
        case ast.Assert():
            yield node.test
        case ast.If() if asks_for_types(node.test):
            yield from statements(node.orelse)
        case ast.Raise() | ast.JoinedStr():
            return
        case ast.Call() if _last_name(node.func) in _ABOUT_TYPES:
            return
        case _:
            below = ast.iter_child_nodes(node)
            yield from (one for one in below if not (isinstance(one, ast.stmt) and is_noise(one)))


def statements(block: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Those of `block` that do something which a test could notice."""
    return (node for node in block if not is_noise(node))


def is_noise(node: ast.stmt) -> bool:
    """Whether nothing in the statement is worth a change."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=function)):
            return _is_log(function)
        case ast.Raise(exc=ast.expr() as error):
            return _last_name(error) == "NotImplementedError"
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in _NOT_NAMES
        case ast.Import() | ast.ImportFrom() | ast.Global() | ast.Nonlocal() | ast.Pass():
            return True
        case _:
            return False


def is_generator(function: FunctionNode) -> bool:
    """Whether a call of it gives an iterator: what it returns is then seen by nobody."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return False


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)


def _is_log(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or function.attr not in _LOGS:
        return False
    return _LOG.fullmatch(_last_name(function.value)) is not None


def asks_for_types(test: ast.expr) -> bool:
    """Whether it is `TYPE_CHECKING`, which never holds where tests are run."""
    return _last_name(test) == "TYPE_CHECKING"


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return _last_name(function)
        case _:
            return ""
