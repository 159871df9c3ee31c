"""`and` becomes `or`, `not` goes, and a condition holds always or never."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from redfirst.coverage.mutation.edit import Edit, Role
from redfirst.coverage.mutation.noise import asks_for_types
from redfirst.coverage.mutation.operators.statements import is_removable
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.mutation.edit import Surroundings


def connectives(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """Each `and` and `or`, and each `not` that is not a condition of its own."""
    source = around.source
    match node:
        case ast.BoolOp(op=operator, values=values):
            written, other = ("and", "or") if isinstance(operator, ast.And) else ("or", "and")
            for left, right in pairwise(map(source.span, values)):
                place = source.words_between(left.end, right.start, (written,))
                if place is not None:
                    yield Edit(place, other)
        case ast.UnaryOp(op=ast.Not()) if around.role(node) is not Role.CONDITION:
            whole = source.span(node)
            rest = whole.of(source.text).removeprefix("not")
            end = whole.end - len(rest.lstrip())
            yield Edit(Span(whole.start, end), "", f"{source.shown(node)} without `not`")
        case _:
            pass


def conditions(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """Where only one way is ever taken, that is a gap already, and no change says it again."""
    match node:
        case ast.If(test=test) if not asks_for_types(test):
            if not _is_never(node, around):
                yield from _fixed(test, "True", around)
            if around.is_run(node.body[0].lineno) and not _is_only_removable(node):
                yield from _fixed(test, "False", around)
        case ast.While(test=test):
            if around.is_run(node.body[0].lineno):
                yield from _fixed(test, "False", around)
        case ast.IfExp(test=test):
            yield from _fixed(test, "True", around)
            yield from _fixed(test, "False", around)
        case ast.comprehension(ifs=tests):
            for test in tests:
                yield from _fixed(test, "True", around)
                yield from _fixed(test, "False", around)
        case ast.match_case(guard=ast.expr() as guard):
            yield from _fixed(guard, "True", around)
            yield from _fixed(guard, "False", around)
        case _:
            pass


def _fixed(test: ast.expr, value: str, around: Surroundings) -> Iterator[Edit]:
    """A condition that binds a name is left alone: the name would be missing, nothing more."""
    binds = any(isinstance(inner, ast.NamedExpr) for inner in ast.walk(test))
    if not binds and not isinstance(test, ast.Constant):
        yield Edit(around.source.span(test), value)


def _is_never(node: ast.If, around: Surroundings) -> bool:
    """Whether no test makes the condition false."""
    body = range(node.body[0].lineno, (node.body[-1].end_lineno or node.body[-1].lineno) + 1)
    branches = around.measurement.missing_branches
    return any(line == node.lineno and to not in body for line, to in branches)


def _is_only_removable(node: ast.If) -> bool:
    """All that the condition decides is one statement, and another change takes that out."""
    return not node.orelse and len(node.body) == 1 and is_removable(node.body[0])
