"""Branches in words: which keyword of which line is never true, never taken, never runs out."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from redfirst.coverage.outline import first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.outline import Outline

_IN_BODY: Final = {
    "if": "never true",
    "elif": "never true",
    "while": "never true",
    "for": "never enters its body",
    "async for": "never enters its body",
    "case": "never matches",
    "except": "never catches",
}
_PAST_BODY: Final = {
    "if": "never false",
    "elif": "never false",
    "while": "never false",
    "for": "never runs to its end",
    "async for": "never runs to its end",
    "case": "never fails to match",
    "except": "never lets an exception pass",
}
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Fork:
    """A keyword that chooses between its body and what comes after it.

    `else_line` is where its own `else` stands. A body on the same line is told apart from what
    comes after it by `after`, the line that control reaches past the body where that is plain,
    or by `returns`: the body ends with `return`.
    """

    keyword: str
    line: int
    body: range
    otherwise: range
    else_line: int | None
    after: int | None
    returns: bool

    def words(self, target: int) -> str | None:
        """What a branch to `target` that is never taken means; `None` when that is not plain."""
        if target in self.otherwise and self.else_line is not None:
            return f"`else` of line {self.else_line} never taken"
        enters = self.enters_body(target)
        if enters is None:
            return None
        said = _IN_BODY[self.keyword] if enters else _PAST_BODY[self.keyword]
        return f"`{self.keyword}` of line {self.line} {said}"

    def enters_body(self, target: int) -> bool | None:
        """Whether a branch to `target` goes into the body; `None` when that is not plain."""
        if self.body.start > self.line:
            return target in self.body
        if target == self.after or target in self.otherwise:
            return False
        plain = self.after is not None or (self.returns and target < 0)
        return True if plain else None


@dataclass(frozen=True)
class Branches:
    """All forks of one source, ready to be asked about branches as coverage.py writes them."""

    outline: Outline

    def words(self, branch: tuple[int, int]) -> str:
        """A sentence's worth, without a full stop, saying what never happens."""
        line, target = branch
        fork = self._forks.get(line)
        said = fork.words(target) if fork else None
        return said or (self._exit(line, -target) if target < 0 else _jump(line, target))

    def enters(self, branch: tuple[int, int]) -> bool | None:
        """Whether it goes into the body of its statement; `None` when that is not plain."""
        line, target = branch
        fork = self._forks.get(line)
        return fork.enters_body(target) if fork else None

    def unreached_handler(self, line: int) -> str | None:
        """Why lines never run that begin at `line`, when that is an `except` and no branch."""
        fork = self._forks.get(line)
        if fork is None or fork.keyword != "except":
            return None
        return f"no exception reaches `except` of line {line}"

    @cached_property
    def _forks(self) -> dict[int, Fork]:
        return {
            fork.line: fork
            for statement, after in self.outline.blocks()
            for fork in _forks_of(statement, after, self.outline.lines)
        }

    @cached_property
    def _expressions(self) -> dict[int, str]:
        """What runs as a code object of its own on a line. Older coverage.py tells of these."""
        found: dict[int, str] = {}
        for node in ast.walk(self.outline.tree):
            if isinstance(node, _COMPREHENSIONS):
                found[node.lineno] = (
                    f"the comprehension of line {node.lineno} never runs to its end"
                )
            elif isinstance(node, ast.Lambda):
                found[node.lineno] = f"`lambda` of line {node.lineno} never runs"
        return found

    def _exit(self, line: int, begin: int) -> str:
        for function in self.outline.functions:
            if function.begin == begin and function.first <= line <= function.last:
                if line == function.body_first == function.first:
                    return f"`{function.keyword} {function.name}` of line {line} never runs"
                return f"line {line} never leaves `{function.name}`"
        if begin == 1:
            return f"line {line} never reaches the end of the module"
        block = f"line {line} never leaves the block that begins at line {begin}"
        return self._expressions.get(begin, block)


def _jump(line: int, target: int) -> str:
    return f"line {line} never goes on to line {target}"


def _forks_of(statement: ast.stmt, after: int | None, lines: list[str]) -> Iterator[Fork]:
    match statement:
        case ast.If() | ast.While() | ast.For() | ast.AsyncFor():
            yield _conditional(statement, after, lines)
        case ast.Match():
            starts = [case.pattern.lineno for case in statement.cases]
            for case, behind in zip(statement.cases, [*starts[1:], after], strict=True):
                yield _plain("case", case.pattern.lineno, case.body, behind)
        case ast.Try() | ast.TryStar():
            starts = [handler.lineno for handler in statement.handlers]
            for handler, behind in zip(statement.handlers, [*starts[1:], None], strict=False):
                yield _plain("except", handler.lineno, handler.body, behind)
        case _:
            pass


def _conditional(
    node: ast.If | ast.While | ast.For | ast.AsyncFor, after: int | None, lines: list[str]
) -> Fork:
    body = _lines_of(node.body)
    otherwise = _lines_of(node.orelse)
    return Fork(
        keyword=_keyword(node, lines),
        line=node.lineno,
        body=body,
        otherwise=otherwise,
        else_line=_else_line(lines, body, otherwise) if node.orelse else None,
        after=after,
        returns=isinstance(node.body[-1], ast.Return),
    )


def _plain(keyword: str, line: int, body: list[ast.stmt], after: int | None) -> Fork:
    returns = isinstance(body[-1], ast.Return)
    return Fork(keyword, line, _lines_of(body), range(0), None, after, returns)


def _lines_of(block: list[ast.stmt]) -> range:
    if not block:
        return range(0)
    return range(first_line(block[0]), (block[-1].end_lineno or block[-1].lineno) + 1)


def _keyword(node: ast.If | ast.While | ast.For | ast.AsyncFor, lines: list[str]) -> str:
    match node:
        case ast.If():
            written = lines[node.lineno - 1][node.col_offset :]
            return "elif" if written.startswith("elif") else "if"
        case ast.While():
            return "while"
        case ast.For():
            return "for"
        case _:
            return "async for"


def _else_line(lines: list[str], body: range, otherwise: range) -> int | None:
    """Where `else` stands between the two blocks; there is none when an `elif` follows."""
    for line in range(otherwise.start, body.stop - 1, -1):
        if re.match(r"\s*else\b", lines[line - 1]):
            return line
    return None
