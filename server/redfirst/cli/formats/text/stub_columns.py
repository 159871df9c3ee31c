"""Stubs as the columns of a table: those made from a case stand in one column for all cases.

A stub such as `exact:ER-negative` means one thing for the tests of its own case and another for
those of the others; per case of a spec there are four of them, so that a column for each would
bury what the table is there to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.workflow.report import TestReport

OTHERS: Final = "others"

MEANINGS: Final = {
    "absent": "the module cannot be imported",
    "unwritten": "the function only raises a private error",
    "sentinel": "it returns an object that equals nothing",
    "none": "it returns None",
    "empty": "it returns the empty value of its type, or has no effect",
    "filled": "it returns another value of its type, or has a wrong effect",
    "echo": "it returns its first argument",
    "wrong-message": "it raises the case's error with another message",
    "sibling": "it raises a relative of the case's error",
    "exact": "it raises exactly the case's error: the test must pass",
    "exact-late": "the same, once it is iterated",
    OTHERS: "it raises the error of another case",
    "witness": "it answers as the examples say: the test must pass",
    "without": "the same, but wrongly in the test's own case",
    "almost": "the same, but only one example of the case, and wrong in another way",
}

_IN_ONE: Final = {"almost-next": "almost"}


def columns(tests: Iterable[TestReport]) -> tuple[str, ...]:
    """The columns that these tests need: those that are known in their order, then the others."""
    met = {_column(test, stub) for test in tests for stub in test.stubs}
    known = [column for column in MEANINGS if column in met]
    return (*known, *sorted(met.difference(known)))


def cell(test: TestReport, column: str) -> str | None:
    """How the test ended on the stubs of the column; where there are several, the worst for it."""
    outcomes = [end for stub, end in test.stubs.items() if _column(test, stub) == column]
    if not outcomes:
        return None
    passed = [end for end in outcomes if end == "passed"]
    return (passed or outcomes)[0]


def _column(test: TestReport, stub: str) -> str:
    kind, _, case = stub.partition(":")
    kind = _IN_ONE.get(kind, kind)
    return kind if case in ("", test.case) else OTHERS
