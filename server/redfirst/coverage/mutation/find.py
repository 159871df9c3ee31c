"""The mutants of one function, on the lines that its tests run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.edit import Edit, Role, Surroundings
from redfirst.coverage.mutation.noise import is_generator, is_noise, parts
from redfirst.coverage.mutation.operators.arithmetic import arithmetic
from redfirst.coverage.mutation.operators.comparisons import comparisons
from redfirst.coverage.mutation.operators.constants import bounds, constants
from redfirst.coverage.mutation.operators.logic import conditions, connectives
from redfirst.coverage.mutation.operators.statements import jumps, messages, removals, results
from redfirst.coverage.mutation.reach import reach
from redfirst.coverage.mutation.source_text import SourceText
from redfirst.coverage.mutation.telling import Placed, mutants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from redfirst.coverage.measurement import Measurement
    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.coverage.outline import FunctionNode

    Operator = Callable[[ast.AST, Surroundings], Iterator[Edit]]

_OPERATORS: Final[tuple[Operator, ...]] = (
    comparisons,
    arithmetic,
    connectives,
    conditions,
    constants,
    bounds,
    removals,
    jumps,
    results,
    messages,
)
_TABLES: Final = (ast.List, ast.Tuple, ast.Set, ast.Dict)


def find_mutants(
    source: str, function: str, measurement: Measurement, messages: frozenset[str]
) -> tuple[Mutant, ...]:
    """The mutants of `function` (`name` or `Class.method`) in the order of the source.

    Changed are the function, what it calls in the same module, and the module's constants that
    these use. `messages` are the messages of errors that the spec declares: the others are free.
    A source that this Python cannot parse has none.
    """
    text = SourceText(source)
    found = reach(text.tree, function)
    around = Surroundings(text, _roles(text.tree), measurement, messages)
    placed = set[Placed]()
    for name, node in found.functions.items():
        placed |= set(_in_function(name, node, around))
    for name, (node, lines) in found.constants.items():
        if not is_noise(node):
            placed |= set(_in_constant(name, node, lines, around))
    return tuple(mutants(sorted(placed), around))


def _in_function(name: str, function: FunctionNode, around: Surroundings) -> Iterator[Placed]:
    body = _lines(function.body[0].lineno, function.end_lineno)
    waiting: list[tuple[ast.AST, ast.stmt]] = [(part, function) for part in parts(function)]
    while waiting:
        node, statement = waiting.pop()
        if isinstance(node, ast.stmt):
            statement = node
        lines = body if statement is function else _lines_of(node, statement)
        if not (isinstance(node, ast.Return) and is_generator(function)):
            yield from _placed(node, name, lines, around)
        waiting.extend((part, statement) for part in parts(node))


def _in_constant(
    name: str, constant: ast.stmt, lines: frozenset[int], around: Surroundings
) -> Iterator[Placed]:
    """Tables are data: the values of one line by line are no rules, and there are many."""
    waiting = [*parts(constant)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _TABLES):
            continue
        yield from _placed(node, name, tuple(sorted(lines)), around)
        waiting.extend(parts(node))


def _placed(
    node: ast.AST, owner: str, lines: tuple[int, ...], around: Surroundings
) -> Iterator[Placed]:
    at: int = getattr(node, "lineno", lines[0])
    if at in around.measurement.excluded or not any(map(around.is_run, lines)):
        return
    for operator in _OPERATORS:
        for edit in operator(node, around):
            yield Placed(_spaced(edit, around.source.text), owner, lines)


def _lines_of(node: ast.AST, statement: ast.stmt) -> tuple[int, ...]:
    """The lines that say whether a part of a statement was run: its own, and the statement's."""
    first: int = getattr(node, "lineno", statement.lineno)
    last: int = getattr(node, "end_lineno", first) or first
    if isinstance(node, ast.stmt) and hasattr(node, "body"):
        last = first  # what stands inside has lines of its own
    return (statement.lineno, *_lines(first, last))


def _lines(first: int, last: int | None) -> tuple[int, ...]:
    return tuple(range(first, (last or first) + 1))


def _spaced(edit: Edit, text: str) -> Edit:
    """Words need a space where an operator or a bracket needed none: `if(x)` and `if"a"in x`."""
    before, after = text[: edit.span.start][-1:], text[edit.span.end :][:1]
    new = edit.after
    if new[:1].isalnum() and (before.isalnum() or before == "_"):
        new = f" {new}"
    if new[-1:].isalnum() and (after.isalnum() or after in {"_", '"', "'"}):
        new = f"{new} "
    return Edit(edit.span, new, edit.words)


def _roles(tree: ast.Module) -> dict[int, Role]:
    return {id(node): role for parent in ast.walk(tree) for node, role in _roles_below(parent)}


def _roles_below(parent: ast.AST) -> Iterator[tuple[ast.AST, Role]]:
    match parent:
        case ast.If(test=test) | ast.IfExp(test=test):
            yield test, Role.CONDITION
        case ast.comprehension(ifs=tests):
            yield from ((test, Role.CONDITION) for test in tests)
        case ast.match_case(guard=ast.expr() as guard):
            yield guard, Role.CONDITION
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            if isinstance(operator, ast.Lt | ast.GtE) and _is_whole_number(right):
                yield right, Role.TWIN
            if isinstance(operator, ast.Gt | ast.LtE) and _is_whole_number(left):
                yield left, Role.TWIN
        case _:
            pass


def _is_whole_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)
