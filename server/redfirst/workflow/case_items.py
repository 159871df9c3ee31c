"""The cases of a spec as a list of tests: how each stands, for views of tests in editors.

Nothing is run here. What is not known is `None`, never green.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.generation.links import linked_tests
from redfirst.spec.codes import Code
from redfirst.spec.ide.surroundings import CaseVerdict
from redfirst.spec.problem import Severity
from redfirst.workflow.case_runs import case_outcomes
from redfirst.workflow.case_verdicts import case_verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from redfirst.generation.links import LinkedTest
    from redfirst.spec.model import Case
    from redfirst.spec.ranges import Span, TextRange
    from redfirst.workflow.comparison import Comparison
    from redfirst.workflow.remarks import Pair
    from redfirst.workflow.report import SpecReport, TestReport

GREEN: Final = "green"
RED: Final = "red"
_OUTCOMES: Final = {"passed": GREEN, "skipped": None}
# Findings of a run, and those among them by which a test or a line falls short. By any other the
# run itself proves nothing.
_OF_RUNS: Final = ("RF4", "RF9")
_OF_TESTS: Final = frozenset({Code.CASE_RED, Code.LINE_GAP, Code.BRANCH_GAP, Code.GATE})


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case, its test, and what is known of both for the texts as they are now.

    `span` is of the case's text in the spec, `test_span` of the test's name in its module, where
    `failure` is, too. `outcome` is `GREEN`, `RED`, or unknown; `message` says why it is not green.
    """

    id: str
    text: str
    span: Span
    test: str | None = None
    test_span: Span | None = None
    verdict: str | None = None
    outcome: str | None = None
    comparison: Comparison | None = None
    message: str | None = None
    failure: TextRange | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """How the tests of a case ended: `failed` is the first that did not pass, at `place`."""

    outcome: str | None = None
    failed: TestReport | None = None
    place: TextRange | None = None
    obstacle: str | None = None


def case_items(cases: Iterable[Case], pair: Pair | None) -> tuple[CaseItem, ...]:
    """The cases in the order of the spec; without a pair nothing is known of their tests."""
    if pair is None:
        return tuple(CaseItem(case.id, case.text.value, case.text.span) for case in cases)
    links = {link.case: link for link in reversed(linked_tests(pair.source or ""))}
    verdicts = case_verdicts(pair.report) if pair.report else dict[str, CaseVerdict]()
    ends = _ends(pair.run) if pair.run else dict[str, _End]()
    return tuple(
        _item(case, links.get(case.id), verdicts.get(case.id), ends.get(case.id, _End()))
        for case in cases
    )


def _item(case: Case, link: LinkedTest | None, verdict: CaseVerdict | None, end: _End) -> CaseItem:
    return CaseItem(
        id=case.id,
        text=case.text.value,
        span=case.text.span,
        test=link.name if link else None,
        test_span=link.span if link else None,
        verdict=verdict.word if verdict else None,
        outcome=end.outcome,
        comparison=end.failed.comparison if end.failed else None,
        message=end.failed.reason if end.failed else end.obstacle,
        failure=end.place,
    )


def obstacle(run: SpecReport) -> str | None:
    """Why a run proves nothing of the tests that passed; `None` where it does."""
    for finding in run.findings:
        about_run = finding.code.startswith(_OF_RUNS) and finding.code not in _OF_TESTS
        if finding.severity is Severity.ERROR and about_run:
            return finding.message
    return None if run.coverage else "Nothing was measured of the implementation."


def _ends(run: SpecReport) -> dict[str, _End]:
    flaw = obstacle(run)
    places = {one.message: one.range for one in run.findings if one.code is Code.CASE_RED}
    failed = {test.case: test for test in reversed(run.tests) if test.reason}
    return {
        case: _end(outcome, failed.get(case), places, flaw)
        for case, outcome in case_outcomes(run).items()
    }


def _end(
    ended: str, failed: TestReport | None, places: Mapping[str, TextRange | None], flaw: str | None
) -> _End:
    outcome = _OUTCOMES.get(ended, RED)
    if outcome == GREEN:
        return _End(None, obstacle=flaw) if flaw else _End(outcome)
    return _End(outcome, failed, places.get(failed.reason) if failed else None, flaw)
