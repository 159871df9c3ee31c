"""A test module as the gate reads it: tree, places, names, and its tests with their cases."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.names import Names, read_names
from redfirst.generation.gate.reach import (
    Definitions,
    FunctionNode,
    fixture_call,
    read_definitions,
)
from redfirst.generation.links import LinkedTest, linked_tests
from redfirst.generation.provenance import read_provenance
from redfirst.spec.problem import Fix, Problem, Severity
from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.spec.codes import Code
    from redfirst.spec.model import Case, Spec

_NAME: Final = re.compile(r"\b(?:def|class)[\s\\]+(\w+)")


@dataclass(frozen=True)
class GateTest:
    """One test: its link, its syntax, the classes around it, and the case it is linked to."""

    link: LinkedTest
    node: FunctionNode
    classes: tuple[ast.ClassDef, ...]
    case: Case | None
    definitions: Definitions

    @cached_property
    def reached(self) -> tuple[ast.AST, ...]:
        """Every node of the test and of the helpers and fixtures of the module that it uses."""
        return tuple(self.definitions.reached(self.node, self.classes))


@dataclass(frozen=True)
class Module:
    """A test module that parses, beside the spec that it is judged by."""

    source: str
    tree: ast.Module
    spec: Spec

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.source)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node that a test run can reach."""
        return tuple(_live(self.tree))

    @cached_property
    def names(self) -> Names:
        """What the names in the module stand for."""
        return read_names(self.nodes, self.spec)

    @cached_property
    def bound_once(self) -> Mapping[str, ast.expr]:
        """What is assigned to a name, of names that nothing else in the module binds."""
        times = Counter(name for node in self.nodes if (name := _bound_name(node)) is not None)
        assigned = {
            target.id: node.value
            for node in self.nodes
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        return {name: value for name, value in assigned.items() if times[name] == 1}

    @cached_property
    def definitions(self) -> Definitions:
        """What the module defines, by name."""
        return read_definitions(self.tree)

    @cached_property
    def tests(self) -> tuple[GateTest, ...]:
        """The tests in the order of the text."""
        found = {self.name_span(node).start: (node, around) for node, around in _tests(self.tree)}
        return tuple(
            GateTest(
                link,
                *found[link.span.start],
                self.spec.case(link.case) if link.case else None,
                self.definitions,
            )
            for link in linked_tests(self.source)
            if link.span.start in found
        )

    @cached_property
    def is_linked(self) -> bool:
        """Whether the module is written to the spec's cases; a foreign one has no link to any."""
        return any(test.case for test in self.tests) or read_provenance(self.source) is not None

    @property
    def target(self) -> str:
        """The dotted path of the function under test."""
        return f"{self.spec.module.value}.{self.spec.function.value}"

    def span(self, node: ast.AST) -> Span:
        """Where a statement or expression stands."""
        start, end = (
            self._lines.offset_in_tree(
                getattr(node, f"{prefix}lineno", 1), getattr(node, f"{prefix}col_offset", 0)
            )
            for prefix in ("", "end_")
        )
        return Span(start, end)

    def name_span(self, node: FunctionNode | ast.ClassDef) -> Span:
        """Where the name of a definition stands."""
        whole = self.span(node)
        match = _NAME.search(self.source, whole.start)
        return Span(*match.span(1)) if match else whole

    def test_at(self, span: Span) -> GateTest | None:
        """The test that holds `span`, its decorators included."""
        return next(
            (
                test
                for test, place in self._test_places
                if place.start <= span.start and span.end <= place.end
            ),
            None,
        )

    def problem(
        self, code: Code, message: str, place: ast.AST | Span, *, fix: Fix | None = None
    ) -> Problem:
        """A finding at `place`, about the case whose test holds it."""
        span = place if isinstance(place, Span) else self.span(place)
        test = self.test_at(span)
        case = test.case.id if test and test.case else None
        return Problem(code, Severity.ERROR, message, span, fix, case)

    @cached_property
    def _test_places(self) -> tuple[tuple[GateTest, Span], ...]:
        return tuple((test, self._place(test.node)) for test in self.tests)

    def _place(self, node: FunctionNode) -> Span:
        first = min([node, *node.decorator_list], key=lambda part: part.lineno)
        return Span(self.span(first).start, self.span(node).end)


def _bound_name(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            return name
        case _:
            return None


def _tests(
    scope: ast.Module | ast.ClassDef, around: tuple[ast.ClassDef, ...] = ()
) -> Iterator[tuple[FunctionNode, tuple[ast.ClassDef, ...]]]:
    for node in scope.body:
        if isinstance(node, FunctionNode) and not fixture_call(node):
            yield node, around
        elif isinstance(node, ast.ClassDef) and not _is_no_test(node):
            yield from _tests(node, (*around, node))


def _is_no_test(node: ast.ClassDef) -> bool:
    """Whether the class says `__test__ = False`, so that pytest passes it by."""
    return any(
        isinstance(statement, ast.Assign)
        and any(isinstance(name, ast.Name) and name.id == "__test__" for name in statement.targets)
        for statement in node.body
    )


def _live(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes in the order of the text; a stack, because expressions nest deeper than calls."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and _never_runs(node.test):
            waiting += reversed(node.orelse)
            continue
        yield node
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _never_runs(condition: ast.expr) -> bool:
    """For type checkers only, or only when the file is run as a script."""
    match condition:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]):
            return True
        case _:
            return False
