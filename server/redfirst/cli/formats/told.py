"""How a test stands, and which findings a list of tests or a coverage section already tells."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import VERDICT_CODES, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.workflow.report import Finding, SpecReport, TestReport

_UNDECIDED: Final = {Verdict.INCONCLUSIVE, Verdict.UNSTABLE}
_IN_SECTIONS: Final = {Code.LINE_GAP, Code.BRANCH_GAP, Code.SURVIVOR}


class Standing(Enum):
    """What is to be thought of a test."""

    GOOD = auto()
    WAIVED = auto()
    UNDECIDED = auto()
    BAD = auto()


def standing(test: TestReport, findings: Iterable[Finding]) -> Standing:
    """Whether anything speaks against `test`, and whether a person has waived it."""
    if test.verdict in {None, Verdict.RED} and test.outcome in {None, "passed"}:
        return Standing.GOOD
    finding = finding_of(test, findings)
    if finding is not None and finding.severity is not Severity.ERROR:
        return Standing.WAIVED
    return Standing.UNDECIDED if test.verdict in _UNDECIDED else Standing.BAD


def findings_not_told(spec: SpecReport) -> tuple[Finding, ...]:
    """The findings of `spec` without those that one of its tests says, and without gaps and
    changes that no test noticed: these have sections of their own.
    """
    return tuple(
        finding
        for finding in spec.findings
        if not _told_by_a_test(finding, spec.tests) and finding.code not in _IN_SECTIONS
    )


def is_told_by_a_gate(finding: Finding, spec: SpecReport) -> bool:
    """Whether the line of a gate, below what it judges, says the same."""
    if finding.code is Code.GATE:
        return spec.coverage is not None
    return finding.code is Code.STRENGTH and spec.strength is not None


def finding_of(test: TestReport, findings: Iterable[Finding]) -> Finding | None:
    """The finding that says what is wrong with `test`."""
    return next((finding for finding in findings if _tells(test, finding)), None)


def _told_by_a_test(finding: Finding, tests: Iterable[TestReport]) -> bool:
    return any(_tells(test, finding) for test in tests)


def _tells(test: TestReport, finding: Finding) -> bool:
    same_place = finding.range is None or finding.range == test.range
    return (
        finding.code is _code(test)
        and finding.case == test.case
        and (same_place or finding.message == test.reason)
    )


def _code(test: TestReport) -> Code | None:
    if test.verdict is not None and test.verdict is not Verdict.RED:
        return VERDICT_CODES[test.verdict]
    if test.outcome is not None and test.outcome != "passed":
        return Code.CASE_RED
    return None
