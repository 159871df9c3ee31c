"""What the syntax tree says about the lines of an implementation."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from redfirst.spec.python_source import UNREADABLE, read_module

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Function:
    """A function from its `def` line; `begin` is its first decorator's line, if it has one."""

    name: str
    keyword: str
    begin: int
    first: int
    body_first: int
    last: int


@dataclass(frozen=True)
class Outline:
    """Lines count from 1. A source that this Python cannot parse has no functions and no forks:
    it may be written for a newer one.
    """

    source: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines as Python counts them."""
        return _LINE_BREAK.split(self.source)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree, empty when there is none."""
        try:
            return read_module(self.source)
        except UNREADABLE:
            return ast.Module(body=[], type_ignores=[])

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function and method, outer before inner."""
        found = (_function(node) for node in ast.walk(self.tree) if isinstance(node, FunctionNode))
        return tuple(sorted(found, key=lambda function: (function.first, -function.last)))

    @cached_property
    def statement_ends(self) -> dict[int, int]:
        """The last line of each simple statement, by its first."""
        ends: dict[int, int] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.stmt) and not hasattr(node, "body"):
                ends[node.lineno] = max(ends.get(node.lineno, 0), node.end_lineno or node.lineno)
        return ends

    def blocks(self) -> Iterator[tuple[ast.stmt, int | None]]:
        """Every statement with the line that control reaches after it, where that is plain."""
        waiting: list[tuple[list[ast.stmt], int | None]] = [(self.tree.body, None)]
        while waiting:
            block, behind = waiting.pop()
            for statement, after in zip(block, [*map(first_line, block[1:]), behind], strict=False):
                yield statement, after
                waiting.extend(_inner_blocks(statement, after))


def first_line(node: ast.stmt) -> int:
    """Where a statement begins for coverage.py: at its first decorator, if it has one."""
    decorators = getattr(node, "decorator_list", None)
    return min(node.lineno, decorators[0].lineno) if decorators else node.lineno


def _inner_blocks(
    statement: ast.stmt, after: int | None
) -> Iterator[tuple[list[ast.stmt], int | None]]:
    match statement:
        case ast.If():
            yield statement.body, after
            yield statement.orelse, after
        case ast.For() | ast.AsyncFor() | ast.While():
            yield statement.body, statement.lineno
            yield statement.orelse, after
        case ast.Match():
            yield from ((case.body, after) for case in statement.cases)
        case ast.Try() | ast.TryStar():
            blocks = [statement.body, statement.orelse, statement.finalbody]
            yield from ((block, None) for block in blocks)
            yield from ((handler.body, None) for handler in statement.handlers)
        case ast.With() | ast.AsyncWith() | ast.ClassDef():
            yield statement.body, None
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.body, None
        case _:
            pass


def _function(node: FunctionNode) -> Function:
    return Function(
        name=node.name,
        keyword="def" if isinstance(node, ast.FunctionDef) else "async def",
        begin=first_line(node),
        first=node.lineno,
        body_first=first_line(node.body[0]),
        last=node.end_lineno or node.lineno,
    )
