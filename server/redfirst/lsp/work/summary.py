"""A report in one sentence: what a person who asked for it is told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from redfirst.coverage.mutation.strength import Fate, noticed
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redfirst.coverage.mutation.strength import Tried
    from redfirst.workflow.report import Finding, SpecReport


def of_verification(report: SpecReport) -> str:
    """How many tests are red; without tests, why there is none."""
    if not report.tests:
        return obstacle(report)
    total = len(report.tests)
    red = sum(test.verdict is Verdict.RED for test in report.tests)
    if red == total:
        return f"{_counted(total, 'test')} of `{report.path}`: red."
    return f"{red} of {_counted(total, 'test')} of `{report.path}` red."


def of_run(report: SpecReport) -> str:
    """How many cases are green, and how much of the code they reach."""
    if not report.tests:
        return obstacle(report)
    total = len(report.tests)
    green = sum(test.outcome == "passed" for test in report.tests)
    said = f"{green} of {_counted(total, 'test')} of `{report.path}` green."
    measured = report.coverage
    if measured is None:
        return said
    return f"{said} They reach {measured.lines.percent:.0f} % of the lines of `{measured.path}`."


def of_strengths(reports: Sequence[SpecReport], tried: Sequence[Tried]) -> str:
    """How many small changes to one implementation the tests of its specs notice; of a spec without
    an answer, why there is none.
    """
    path = next((one.strength.path for one in reports if one.strength is not None), None)
    missing = [obstacle(one) for one in reports if one.strength is None]
    if path is None:
        return missing[0]
    share, survivors = noticed(tried), sum(one.fate is Fate.SURVIVED for one in tried)
    said = f"The tests notice {share.reached} of {_counted(share.total, 'change')}"
    left = f"; {survivors} survived" if survivors else ""
    return " ".join((f"{said} to `{path}`{left}.", *missing))


def obstacle(report: SpecReport) -> str:
    """The error that kept something from being done, and how many more there are."""
    errors = [one for one in report.findings if one.severity is Severity.ERROR]
    if not errors:
        return f"There is nothing to say of `{report.path}`."
    more = len(errors) - 1
    said = _placed(errors[0], report)
    return f"{said} ({_counted(more, 'more finding')}.)" if more else said


def of_short_draft(report: SpecReport) -> str:
    """What a model's best draft lacks, and what helps."""
    found = _of_draft(report)
    more = len(found) - 1
    said = f" {found[0].message}" if found else ""
    rest = f" ({_counted(more, 'more finding')}.)" if more > 0 else ""
    return (
        f"The model's best draft of `{report.test_path}` still falls short, so nothing was "
        f"written.{said}{rest} Say in the spec what the model had to guess, or give the cases "
        "examples, then generate again."
    )


def findings(report: SpecReport) -> list[dict[str, str | None]]:
    """What was found against a draft, as plain values."""
    return [
        {"code": one.code.value, "message": one.message, "case": one.case}
        for one in _of_draft(report)
    ]


def verdicts(report: SpecReport) -> dict[str, int]:
    """How many tests have each verdict."""
    return dict(Counter(test.verdict.value for test in report.tests if test.verdict is not None))


def outcomes(report: SpecReport) -> dict[str, int]:
    """How many tests ended in each way on the implementation."""
    return dict(Counter(test.outcome for test in report.tests if test.outcome is not None))


def _of_draft(report: SpecReport) -> list[Finding]:
    """Why no more was asked comes first: the rest follows from it."""
    errors = [one for one in report.findings if one.severity is Severity.ERROR]
    against = [one for one in errors if one.code is not Code.DRAFT_REFUSED]
    return sorted(against, key=lambda one: one.case is not None)


def _placed(finding: Finding, report: SpecReport) -> str:
    if finding.range is None or finding.path != report.path:
        return finding.message
    return f"`{finding.path}`, line {finding.range.start.line + 1}: {finding.message}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
