"""What a test says about the message of an error that it caught with `as info`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from redfirst.generation.gate.patterns import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.generation.gate.module_tree import GateTest, Module

_ONLY_THE_TYPE = frozenset({"isinstance", "type", "issubclass", "assertIsInstance"})


def checks_message(test: GateTest, call: ast.Call) -> bool:
    """Whether anything is asserted about the error that `call` catches, beyond its type.

    A name that is handed to a helper counts: what the helper does with it may be anything.
    """
    names = _caught(test, call)
    return any(_mentions(claim, names) for claim in _claims(test))


def contradicting(
    module: Module, test: GateTest, call: ast.Call, messages: Sequence[str]
) -> ast.expr | None:
    """A text that the caught error's message is compared with and that it cannot equal."""
    names = _caught(test, call)
    compared = {
        text: expected
        for node in test.reached
        for expected in _compared_with_message(node, names)
        if (text := text_of(expected, module)) is not None
    }
    if any(text in messages for text in compared):
        return None
    return next(iter(compared.values()), None)


def _compared_with_message(node: ast.AST, names: set[str]) -> Iterator[ast.expr]:
    match node:
        case ast.Assert(test=ast.Compare(left=left, ops=[ast.Eq()], comparators=[right])):
            for shown, expected in ((left, right), (right, left)):
                if _is_str_of(shown, names):
                    yield expected
        case _:
            return


def _caught(test: GateTest, call: ast.Call) -> set[str]:
    """The names that hold what `call` catches, and those made from them."""
    names: set[str] = set()
    for node in test.reached:
        match node:
            case ast.withitem(context_expr=caught, optional_vars=ast.Name(id=name)):
                names |= {name} if caught is call else set()
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names |= {name} if any(node is call for node in ast.walk(value)) else set()
            case _:
                pass
    for node in test.reached:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _mentions(value, names):
                names.add(name)
            case _:
                pass
    return names


def _claims(test: GateTest) -> Iterator[ast.AST]:
    for node in test.reached:
        if isinstance(node, ast.Assert):
            yield node.test
        elif isinstance(node, ast.Call | ast.Return | ast.Yield):
            yield node


def _mentions(node: ast.AST, names: set[str]) -> bool:
    """Whether one of `names` stands in `node`, other than to ask for its type."""
    match node:
        case ast.Name(id=name):
            return name in names
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _ONLY_THE_TYPE:
            return False
        case ast.Attribute(attr="type" | "typename" | "__class__"):
            return False
        case _:
            return any(_mentions(child, names) for child in ast.iter_child_nodes(node))


def _is_str_of(node: ast.expr, names: set[str]) -> bool:
    match node:
        case ast.Call(
            func=ast.Name(id="str"),
            args=[ast.Attribute(value=ast.Name(id=name), attr="value" | "exception")],
        ):
            return name in names
        case _:
            return False
