"""A run on the implementation, told case by case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.surroundings import CaseRun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.workflow.report import SpecReport

_PASSED: Final = "passed"


def case_runs(report: SpecReport) -> Mapping[str, CaseRun]:
    """How each case with tests ended; nothing where no lines were measured."""
    measured = report.coverage
    if measured is None:
        return {}
    return {
        case: CaseRun(outcome, measured.path, tuple(measured.lines_by_case.get(case, ())))
        for case, outcome in case_outcomes(report).items()
    }


def case_outcomes(report: SpecReport) -> dict[str, str]:
    """Pytest's word for the worst test of each case that has one."""
    outcomes: dict[str, str] = {}
    for test in report.tests:
        if test.case is not None and test.outcome is not None:
            before = outcomes.get(test.case, _PASSED)
            outcomes[test.case] = test.outcome if before == _PASSED else before
    return outcomes
