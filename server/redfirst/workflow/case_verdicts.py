"""A report about tests, told case by case."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.surroundings import CaseVerdict
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.workflow.report import SpecReport, TestReport

# What is wrong for sure comes before what is only not known.
_WORST_FIRST: Final = (
    Verdict.BROKEN,
    Verdict.CONTRADICTORY,
    Verdict.VACUOUS,
    Verdict.WEAK,
    Verdict.UNSTABLE,
    Verdict.INCONCLUSIVE,
    Verdict.RED,
)


def case_verdicts(report: SpecReport) -> Mapping[str, CaseVerdict]:
    """The verdict on each case that has tests: that of its worst one."""
    judged = defaultdict[str, list[tuple[int, "TestReport"]]](list)
    for test in report.tests:
        if test.case is not None and test.verdict is not None:
            judged[test.case].append((_WORST_FIRST.index(test.verdict), test))
    return {case: _worst(tests) for case, tests in judged.items()}


def _worst(tests: list[tuple[int, TestReport]]) -> CaseVerdict:
    place, test = min(tests, key=lambda each: each[0])
    return CaseVerdict(_WORST_FIRST[place].value, test.reason, test.stubs, len(tests))
