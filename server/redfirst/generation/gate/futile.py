"""Assertions that cannot make their test fail: never reached, always true, or swallowed.

Only what is so by its very text is found; a condition that might hold one day is believed.
"""

from __future__ import annotations

import ast
from itertools import chain
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.reach import FunctionNode
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

    Futile = tuple[ast.AST, str]
    """A claim, and why it cannot make its test fail."""

_LEAVES: Final = ast.Return | ast.Break | ast.Continue
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_SCOPES: Final = (*FunctionNode.__args__, ast.ClassDef)
_CATCH_FAILURES: Final = frozenset({"AssertionError", "Exception", "BaseException"})
_CLAIMS: Final = frozenset({"pytest.raises", "pytest.warns"})
_SHOWN: Final = 40  # characters of the person's own text in a message


def find(module: Module) -> Iterator[Problem]:
    """RF218, at each assertion."""
    for test in module.tests:
        everywhere = _blocks_in(test.node.body, _SCOPES)
        # Swallowing in a loop may be how a test waits for something to become true.
        once = _blocks_in(test.node.body, (*_SCOPES, *_LOOPS))
        found = chain(
            chain.from_iterable(_unreached(block, module) for block in everywhere),
            _always_true(test.node.body),
            chain.from_iterable(_swallowed(block, module) for block in once),
        )
        for claim, why in {id(futile[0]): futile for futile in found}.values():
            message = f"This can never make `{test.link.name}` fail: {why}."
            yield module.problem(Code.ASSERTION_CANNOT_FAIL, message, claim)


def _blocks_in(block: list[ast.stmt], closed: tuple[type, ...]) -> Iterator[list[ast.stmt]]:
    """The block and every block inside of it, but for those of `closed` statements."""
    yield block
    for statement in block:
        if not isinstance(statement, closed):
            for inner in _own_blocks(statement):
                yield from _blocks_in(inner, closed)


def _own_blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    match statement:
        case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
            yield from (statement.body, statement.orelse)
        case ast.With() | ast.AsyncWith():
            yield statement.body
        case ast.Try():
            yield from (statement.body, statement.orelse, statement.finalbody)
            yield from (handler.body for handler in statement.handlers)
        case ast.Match():
            yield from (case.body for case in statement.cases)
        case _:
            return


def _unreached(block: list[ast.stmt], module: Module) -> Iterator[Futile]:
    for index, statement in enumerate(block):
        if isinstance(statement, _LEAVES):
            after = block[index + 1 :]
            reason = f"it stands behind `{_shown(statement)}` and is never reached. Remove that"
            yield from ((claim, reason) for claim in _first_claim(after, module))
            return
        if isinstance(statement, ast.If | ast.While) and _is_never_true(statement.test):
            reason = f"`{_shown(statement.test)}` is never true. Take the assertion out of there"
            yield from ((claim, reason) for claim in _first_claim(statement.body, module))
        if isinstance(statement, ast.For) and _is_always_empty(statement.iter):
            reason = (
                f"the loop over `{_shown(statement.iter)}` never turns. Loop over what there is"
            )
            yield from ((claim, reason) for claim in _first_claim(statement.body, module))


def _always_true(block: list[ast.stmt]) -> Iterator[Futile]:
    for statement in chain.from_iterable(_blocks_in(block, _SCOPES)):
        match statement:
            case ast.Assert(test=ast.BoolOp(op=ast.Or(), values=values)) if constant := next(
                filter(_is_true_constant, values), None
            ):
                yield statement, f"`or {_shown(constant)}` makes it true always. Remove that"
            case ast.Assert(
                test=ast.Compare(left=ast.Name(id=name), ops=[ast.In()], comparators=[values])
            ) if name in _names_among(values):
                reason = f"`{name}` is among the values that it may be. Name only the expected ones"
                yield statement, reason
            case _:
                pass


def _names_among(display: ast.expr) -> frozenset[str]:
    """The names among other values; `x in {x}` asks whether `x` can be hashed."""
    parts = display.elts if isinstance(display, ast.List | ast.Tuple | ast.Set) else []
    names = frozenset(part.id for part in parts if isinstance(part, ast.Name))
    return names if len({ast.unparse(part) for part in parts}) > 1 else frozenset()


def _swallowed(block: list[ast.stmt], module: Module) -> Iterator[Futile]:
    for statement in block:
        match statement:
            case ast.Try(body=body, handlers=handlers, orelse=[]) if silent := next(
                (one for one in handlers if _is_silent(one, module)), None
            ):
                kind = "" if silent.type is None else f" {_shown(silent.type)}"
                reason = f"`except{kind}: pass` swallows its failure. Take it out of there"
                yield from ((claim, reason) for claim in _first_assertion(body))
            case ast.With(items=items, body=body) if any(
                _suppresses(item.context_expr, module) for item in items
            ):
                reason = "`contextlib.suppress` swallows its failure. Take it out of there"
                yield from ((claim, reason) for claim in _first_assertion(body))
            case _:
                pass


def _first_claim(block: Sequence[ast.stmt], module: Module) -> Iterator[ast.AST]:
    """The first assertion, or expectation of an error, in a block."""
    nodes = chain.from_iterable(ast.walk(statement) for statement in block)
    yield from [node for node in nodes if _claims(node, module)][:1]


def _claims(node: ast.AST, module: Module) -> bool:
    """`assert False` claims nothing: it marks a place that is not to be reached."""
    match node:
        case ast.Assert(test=claim):
            return not isinstance(claim, ast.Constant)
        case ast.Call(func=function):
            return module.names.path(function) in _CLAIMS
        case _:
            return False


def _first_assertion(block: list[ast.stmt]) -> Iterator[ast.AST]:
    """The first assertion that stands in the block itself, not in a function defined there."""
    statements = chain.from_iterable(_blocks_in(block, _SCOPES))
    yield from [one for one in statements if isinstance(one, ast.Assert)][:1]


def _is_silent(handler: ast.ExceptHandler, module: Module) -> bool:
    return _catches_failures(handler.type, module) and all(
        isinstance(one, ast.Pass)
        or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in handler.body
    )


def _catches_failures(kind: ast.expr | None, module: Module) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_catches_failures(part, module) for part in kind.elts)
    return kind is None or module.names.path(kind) in _CATCH_FAILURES


def _suppresses(context: ast.expr, module: Module) -> bool:
    return (
        isinstance(context, ast.Call)
        and module.names.path(context.func) == "contextlib.suppress"
        and any(_catches_failures(kind, module) for kind in context.args)
    )


def _is_never_true(condition: ast.expr) -> bool:
    match condition:
        case ast.Constant(value=value):
            return not value
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id="__name__")):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _is_true_constant(operand)
        case _:
            return False


def _is_always_empty(items: ast.expr) -> bool:
    match items:
        case ast.List(elts=[]) | ast.Tuple(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Constant(value=str(text)):
            return not text
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=0)]):
            return True
        case _:
            return False


def _is_true_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
