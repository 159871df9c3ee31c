"""What must hold for control to come to a line, in the words of a case."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from redfirst.coverage.conditions import denied, written
from redfirst.coverage.outline import FunctionNode, Outline, first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONDITIONS: Final = 3  # nobody reads more of them in one line
_LEAVES: Final = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_SIMPLE: Final = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)


@dataclass(frozen=True, slots=True)
class Lead:
    """The way to a line, from the outermost condition to the innermost.

    `function` is the function (`name` or `Class.method`) that the line stands in. `error` is what
    is raised there, as source: `ValueError("negative weight")`; `None` where nothing is.
    """

    function: str
    conditions: tuple[str, ...] = ()
    error: str | None = None

    def words(self, spec_function: str) -> str:
        """The condition of a case of the spec of `spec_function`."""
        if not self.conditions:
            return f"when `{self.function}` is called"
        said = " and ".join(self.conditions[-_CONDITIONS:])
        elsewhere = "" if self.function == spec_function else f" in `{self.function}`"
        return f"when {said}{elsewhere}"


def find_lead(source: str, line: int, enters: bool | None = None) -> Lead | None:  # noqa: FBT001  # of a branch, not a flag
    """The way to `line`, which counts from 1.

    `enters` is about the statement there: `True` leads on into its body, `False` past it. `None`
    when the line is in no function, or the source cannot be parsed.
    """
    walk = _Walk(source, line, enters)
    for block in _definitions(Outline(source).tree.body, ""):
        found = walk.in_function(*block)
        if found is not None:
            return found
    return None


def _definitions(block: list[ast.stmt], owner: str) -> Iterator[tuple[FunctionNode, str]]:
    for node in block:
        if isinstance(node, FunctionNode):
            yield node, f"{owner}{node.name}"
        elif isinstance(node, ast.ClassDef):
            yield from _definitions(node.body, f"{owner}{node.name}.")


@dataclass(frozen=True, slots=True)
class _Walk:
    source: str
    line: int
    enters: bool | None

    def in_function(self, node: FunctionNode, name: str) -> Lead | None:
        """Nothing when the line is elsewhere; one of its head is about the whole function."""
        if not _holds(node, self.line):
            return None
        if self.line < first_line(node.body[0]) or self.line == node.lineno:
            return Lead(name)
        return self._in_block(node.body, Lead(name))

    def _in_block(self, block: list[ast.stmt], lead: Lead) -> Lead:
        at = next((i for i, node in enumerate(block) if _holds(node, self.line)), None)
        if at is None:
            return lead
        node = block[at]
        if isinstance(node, FunctionNode):  # an inner one has a way of its own
            return self.in_function(node, node.name) or lead
        for way, conditions in _ways(node, self.source):
            if way and any(_holds(each, self.line) for each in way):
                further = replace(lead, conditions=(*lead.conditions, *conditions))
                return self._in_block(way, further)
        guards = () if lead.conditions else tuple(_guards(block[:at], self.source))
        return self._at(node, block[at:], lead, guards)

    def _at(
        self, node: ast.stmt, rest: list[ast.stmt], lead: Lead, guards: tuple[str, ...]
    ) -> Lead:
        """The statement at the line is found; a branch of it is one condition more."""
        here = self._branch(node)
        if here is None:
            error = _error(rest)
            return replace(lead, conditions=lead.conditions or guards, error=error)
        way, conditions = here
        further = (*lead.conditions, *conditions)
        return replace(lead, conditions=further, error=_error(way))

    def _branch(self, node: ast.stmt) -> tuple[list[ast.stmt], tuple[str, ...]] | None:
        at_line = self._at_line(node)
        enters = self.enters
        if at_line is not node and enters is None:  # nothing comes to it: what would?
            enters = True
        ways = list(_ways(at_line, self.source)) if enters is not None else []
        if not ways:
            return None
        return ways[0] if enters else ways[-1]

    def _at_line(self, node: ast.stmt) -> ast.AST:
        """A `case` or an `except` has a line of its own within its statement."""
        parts = (each for each in ast.iter_child_nodes(node) if _begins(each) == self.line)
        match node:
            case ast.Match() | ast.Try() | ast.TryStar():
                return next(parts, node)
            case _:
                return node


def _begins(node: ast.AST) -> int:
    return node.pattern.lineno if isinstance(node, ast.match_case) else getattr(node, "lineno", 0)


def _holds(node: ast.stmt, line: int) -> bool:
    return first_line(node) <= line <= (node.end_lineno or node.lineno)


def _ways(node: ast.AST, source: str) -> Iterator[tuple[list[ast.stmt], tuple[str, ...]]]:
    """The blocks of a statement, and what leads into each: first its body, last the way past it."""
    match node:
        case ast.If(test=test) | ast.While(test=test):
            yield node.body, (f"`{written(test, source)}`",)
            yield node.orelse, (f"`{denied(test, source)}`",)
        case ast.For() | ast.AsyncFor():
            target, items = written(node.target, source), written(node.iter, source)
            yield node.body, (f"there is a `{target}` in `{items}`",)
            yield node.orelse, (f"the loop over `{items}` runs to its end",)
        case ast.Try() | ast.TryStar():
            yield node.body, ()
            for handler in node.handlers:
                yield handler.body, (_raised(handler, source),)
            yield node.orelse, ("nothing is raised",)
            yield node.finalbody, ()
        case ast.ExceptHandler():
            yield node.body, (_raised(node, source),)
            yield [], (f"something else is raised than {_types(node, source)}",)
        case ast.Match():
            for case in node.cases:
                yield case.body, (_matched(node, case, source),)
        case ast.match_case():
            pattern = ast.unparse(node.pattern)
            yield node.body, (f"`{pattern}` matches",)
            yield [], (f"`{pattern}` does not match",)
        case ast.With() | ast.AsyncWith() | ast.ClassDef():
            yield node.body, ()
        case _:
            pass


def _raised(handler: ast.ExceptHandler, source: str) -> str:
    return f"{_types(handler, source)} is raised"


def _types(handler: ast.ExceptHandler, source: str) -> str:
    return f"`{written(handler.type, source)}`" if handler.type else "an exception"


def _matched(node: ast.Match, case: ast.match_case, source: str) -> str:
    said = f"`{written(node.subject, source)}` matches `{ast.unparse(case.pattern)}`"
    return f"{said} and `{written(case.guard, source)}`" if case.guard else said


def _guards(before: list[ast.stmt], source: str) -> Iterator[str]:
    """What did not hold, or control would have left before."""
    for node in before:
        if isinstance(node, ast.If) and not node.orelse and isinstance(node.body[-1], _LEAVES):
            yield f"`{denied(node.test, source)}`"
        elif isinstance(node, ast.For | ast.AsyncFor) and _may_return(node):
            yield f"the loop over `{written(node.iter, source)}` runs to its end"


def _may_return(node: ast.stmt) -> bool:
    return any(isinstance(each, ast.Return) for each in ast.walk(node))


def _error(block: list[ast.stmt]) -> str | None:
    """What the block raises as soon as it is entered; its message may be bound to a name first."""
    if not block or not all(isinstance(node, _SIMPLE) for node in block[:-1]):
        return None
    last = block[-1]
    if not isinstance(last, ast.Raise) or last.exc is None:
        return None
    call = last.exc if isinstance(last.exc, ast.Call) else None
    kind = ast.unparse(call.func if call else last.exc)
    if not kind.rpartition(".")[2][:1].isupper() or not kind.replace(".", "").isidentifier():
        return None
    message = _message(call, block) if call else None
    return kind if message is None else f"{kind}({json.dumps(message, ensure_ascii=False)})"


def _message(call: ast.Call, block: list[ast.stmt]) -> str | None:
    match call:
        case ast.Call(args=[ast.Constant(value=str(message))], keywords=[]):
            return message
        case ast.Call(args=[ast.Name(id=name)], keywords=[]):
            return _bound(name, block)
        case _:
            return None


def _bound(name: str, block: list[ast.stmt]) -> str | None:
    for node in block:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=target)], value=ast.Constant(value=str(message))
            ) if target == name:
                return message
            case _:
                pass
    return None
