"""The examples of a spec as a table from which the probe's witness answers.

Only an example whose call *is* the call of the function (possibly awaited, or collected by `list`
and the like) says what the function itself returns. `f(x).total` or `f(x) + f(y)` do not: they make
good tests, but no witness.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, TypedDict

from redfirst.spec.python_source import UNREADABLE, read_expression
from redfirst.spec.returned import ASYNC_STREAMS, STREAMS, outer_name
from redfirst.spec.target import is_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, Example, Spec

_COLLECTORS: Final = frozenset({"list", "tuple", "set", "frozenset", "sorted", "dict"})

ANY_MESSAGE: Final = "redfirst"
"""Raised where a case declares an error and leaves its message open."""


TURNS: Final = 2
"""A case's examples are parted into so many groups."""


class ExampleRow(TypedDict):
    """One example, as literals that survive `repr`.

    `form` says how the function hands its answer out: "value", "stream" or "async stream". `turn`
    parts the examples of a case, 0 and 1 by turns, so that one can be answered wrongly while its
    neighbours are not.
    """

    case: str
    given: list[tuple[str, str]]
    call: str
    returns: str | None
    raises: tuple[str, str] | None
    after: list[tuple[str, str]]
    form: str
    turn: int


def example_table(spec: Spec) -> list[ExampleRow]:
    """The rows of all examples that tell what the function itself answers."""
    return [
        row
        for case in spec.cases
        for place, example in enumerate(case.examples)
        if (row := _row(spec, case, example, place % TURNS)) is not None
    ]


def _row(spec: Spec, case: Case, example: Example, turn: int) -> ExampleRow | None:
    call = _own_call(spec, example.call.value)
    if call is None:
        return None
    error = example.raises.value if example.raises else None
    if error is None and example.returns is None:
        error = case.error
    return ExampleRow(
        case=case.id,
        given=[(name, value.value) for name, value in example.given],
        call=call,
        returns=example.returns.value if example.returns else None,
        raises=(error.type_name, error.message or ANY_MESSAGE) if error else None,
        after=[(name, value.value) for name, value in example.after],
        form=_form(spec),
        turn=turn,
    )


def _form(spec: Spec) -> str:
    outermost = outer_name(spec.signature.value.returns)
    if outermost in ASYNC_STREAMS:
        return "async stream"
    return "stream" if outermost in STREAMS else "value"


def _own_call(spec: Spec, source: str) -> str | None:
    """The source of the call of the function in `source`, when the rest only unwraps its answer."""
    try:
        node = read_expression(source)
    except UNREADABLE:
        return None
    for candidate in _unwrapped(node):
        if is_target(candidate, spec):
            return ast.unparse(candidate)
    return None


def _unwrapped(node: ast.expr) -> Iterator[ast.expr]:
    while True:
        yield node
        match node:
            case ast.Await(value=inner):
                node = inner
            case ast.Call(func=ast.Attribute(attr="run"), args=[inner], keywords=[]):
                node = inner
            case ast.Call(func=ast.Name(id=name), args=[inner]) if name in _COLLECTORS:
                node = inner
            case ast.ListComp(
                elt=ast.Name(id=item),
                generators=[ast.comprehension(target=ast.Name(id=target), iter=inner, ifs=[])],
            ) if item == target:
                node = inner
            case _:
                return
