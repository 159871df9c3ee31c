"""Parametrised rows that say what is expected, in a test that never reads it.

Only a name that says so by itself is found: rows may also hold a name for the row, or values that
another test of the same rows reads.
"""

from __future__ import annotations

import ast
from itertools import chain
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.elsewhere import leaves_the_module
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import GateTest, Module
    from redfirst.generation.gate.reach import FunctionNode
    from redfirst.spec.problem import Problem

_EXPECTS: Final = frozenset({"expect", "expected", "expectation", "expects", "want", "wanted"})
_READ_ANY_NAME: Final = frozenset({"eval", "exec", "locals", "request", "vars"})


def find(module: Module) -> Iterator[Problem]:
    """RF219, at the parameter of the test."""
    for test in module.tests:
        expected = frozenset(chain.from_iterable(map(_expectations, test.node.decorator_list)))
        unread = expected - _read(test)
        if unread and not leaves_the_module(test, module):
            yield from (
                module.problem(
                    Code.EXPECTATION_UNREAD,
                    f"Each row of `{test.link.name}` says what is `{parameter.arg}`, and the test "
                    "never looks at it. Compare the function's result with it, or take it out of "
                    "the rows.",
                    parameter,
                )
                for parameter in _parameters(test.node)
                if parameter.arg in unread
            )


def _expectations(decorator: ast.expr) -> Iterator[str]:
    """The names of expectations in rows that are written down for this test alone."""
    match decorator:
        case ast.Call(
            func=ast.Attribute(attr="parametrize"),
            args=[names, ast.List() | ast.Tuple()],
            keywords=keywords,
        ) if all(keyword.arg != "indirect" for keyword in keywords):
            yield from (name for name in _names(names) if _EXPECTS.intersection(name.split("_")))
        case _:
            return


def _names(node: ast.expr) -> tuple[str, ...]:
    """The names of the values of a row; one value alone is the input, whatever its name."""
    match node:
        case ast.Constant(value=str(text)):
            names = tuple(name.strip() for name in text.split(","))
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            texts = (part.value for part in parts if isinstance(part, ast.Constant))
            names = tuple(text for text in texts if isinstance(text, str))
        case _:
            names = ()
    # A leading underscore says that the name is not read on purpose.
    return tuple(name for name in names if name[:1] != "_") if len(names) > 1 else ()


def _read(test: GateTest) -> frozenset[str]:
    """The names that the test, or a helper or a fixture that it uses, reads or asks for."""
    own = {id(parameter) for parameter in _parameters(test.node)}
    names = frozenset(
        name for node in test.reached if (name := _name(node)) is not None and id(node) not in own
    )
    asked = frozenset(parameter.arg for parameter in _parameters(test.node))
    return names | asked if (names | asked) & _READ_ANY_NAME else names


def _name(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name, ctx=ast.Load() | ast.Del()) | ast.arg(arg=name):
            return name
        case _:
            return None


def _parameters(node: FunctionNode) -> Iterator[ast.arg]:
    arguments = node.args
    yield from chain(arguments.posonlyargs, arguments.args, arguments.kwonlyargs)
