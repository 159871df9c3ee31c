"""A problem's `check(candidate)` becomes a pytest module, one test per assertion."""

from __future__ import annotations

import ast
from copy import deepcopy
from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING, Final

from benchmarks.human_eval.problems import function_in
from benchmarks.human_eval.slicing import needed_statements, reads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.human_eval.problems import HumanEvalProblem

_CANDIDATE: Final = "candidate"


@dataclass(frozen=True)
class Assertion:
    """One test: a statement of `check()` that asserts, after the set-up that it needs.

    `constant` when neither calls the candidate, so that no implementation can change the outcome:
    read off the syntax tree, without any run and without any verdict of ours.
    """

    test: str
    statements: tuple[ast.stmt, ...]
    constant: bool


@dataclass(frozen=True)
class PytestModule:
    """Source of a pytest module, and what each of its tests is."""

    source: str
    assertions: tuple[Assertion, ...]


def pytest_module(problem: HumanEvalProblem) -> PytestModule:
    """Helper functions of the prompt that an assertion calls are copied, the rest is left out."""
    prompt, test = ast.parse(problem.prompt), ast.parse(problem.test)
    entry_point = function_in(prompt, problem.entry_point)
    check = function_in(test, "check")
    outside = [one for one in (*prompt.body, *test.body) if one not in (entry_point, check)]
    assertions = tuple(_assertions(check.body))
    return PytestModule(_source(problem, assertions, outside), assertions)


def _assertions(body: list[ast.stmt]) -> Iterator[Assertion]:
    asserting = [one for one in body if _asserts(one)]
    for number, statement in enumerate(asserting, start=1):
        before = [one for one in body[: body.index(statement)] if one not in asserting]
        statements = (*needed_statements([statement], before), statement)
        constant = not any(_CANDIDATE in reads(one) for one in statements)
        yield Assertion(f"test_{number}", statements, constant)


def _asserts(statement: ast.stmt) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(statement))


def _source(
    problem: HumanEvalProblem, assertions: tuple[Assertion, ...], outside: list[ast.stmt]
) -> str:
    statements = [one for assertion in assertions for one in assertion.statements]
    parts = [
        f"from {problem.module} import {problem.entry_point}",
        *(ast.unparse(one) for one in needed_statements(statements, outside)),
        *(_test_function(assertion, problem.entry_point) for assertion in assertions),
    ]
    return "\n\n\n".join(parts) + "\n"


def _test_function(assertion: Assertion, function: str) -> str:
    renamed = (_Renamed(function).visit(deepcopy(one)) for one in assertion.statements)
    body = "\n".join(ast.unparse(one) for one in renamed)
    return f"def {assertion.test}() -> None:\n{indent(body, '    ')}"


class _Renamed(ast.NodeTransformer):
    """Calls the candidate by the name that the spec gives it."""

    def __init__(self, function: str) -> None:
        self.function = function

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename one name; everything else stays."""
        if node.id != _CANDIDATE:
            return node
        return ast.copy_location(ast.Name(self.function, node.ctx), node)
