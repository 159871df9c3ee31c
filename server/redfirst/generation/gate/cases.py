"""Whether each case has a test, and each test a case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.reach import FunctionNode
from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import GateTest, Module

_OUR_ID: Final = re.compile(r"(?:EC|ER|EX)-\w")


def find(module: Module) -> Iterator[Problem]:
    """RF206 and RF207. A foreign module, which links to nothing, is asked for neither."""
    if module.is_linked or not _has_tests(module):
        yield from _untested(module)
    for test in module.tests:
        if test.case is None and _claims_a_case(test, module):
            yield module.problem(Code.TEST_WITHOUT_CASE, _message(test), test.link.span)


def _has_tests(module: Module) -> bool:
    """Also those that we do not link, as in a `unittest` class of any name."""
    return any(
        isinstance(node, FunctionNode) and node.name.startswith("test") for node in module.nodes
    )


def _untested(module: Module) -> Iterator[Problem]:
    tested = {test.case.id for test in module.tests if test.case}
    for case in module.spec.cases:
        if case.id not in tested:
            yield Problem(
                Code.CASE_WITHOUT_TEST,
                Severity.ERROR,
                f"No test is linked to the case `{case.id}` ({case.text.value}). Add a test whose "
                f"docstring begins with `{case.id}:`, or generate the module again.",
                Span(0, 0),
                case=case.id,
            )


def _claims_a_case(test: GateTest, module: Module) -> bool:
    """An ordinary docstring such as `Regression: …` only looks like a link."""
    return module.is_linked or _OUR_ID.match(test.link.case or "") is not None


def _message(test: GateTest) -> str:
    if test.link.case is None:
        return (
            f"`{test.link.name}` says of no case that it tests it. Begin its docstring with the "
            "id of a case and a colon, or add the case to the spec."
        )
    return (
        f"`{test.link.name}` is linked to `{test.link.case}`, which is no case of the spec. "
        "Correct the id, or add the case to the spec."
    )
