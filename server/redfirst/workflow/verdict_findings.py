"""Verdicts as findings: one for each test that cannot be trusted, one for a broken module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import Position, TextRange
from redfirst.verification.verdict import VERDICT_CODES, Verdict
from redfirst.workflow.environment import pytest_unusable, quoted_tail, unavailable
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.probe import wire
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.observe import Observed
    from redfirst.workflow.report import TestReport


def verdict_findings(spec: Spec, tests: Sequence[TestReport], test_path: str) -> Iterator[Finding]:
    """A finding for each test whose verdict is not red; information only where it is waived."""
    for test in tests:
        if test.verdict is None or test.verdict is Verdict.RED:
            continue
        reason = _waived(spec, test)
        name = test.id.partition("::")[2]
        message = f"`{name}` is {test.verdict.value}: it {test.reason}."
        if reason is not None:
            message = f"{message} Waived: {reason}"
        severity = Severity.ERROR if reason is None else Severity.INFORMATION
        code = Code.DENIED if test.denied else VERDICT_CODES[test.verdict]
        yield Finding(code, severity, message, test_path, test.range, test.case)


def _waived(spec: Spec, test: TestReport) -> str | None:
    case = spec.case(test.case or "")
    if case is None or test.verdict is not Verdict.WEAK:
        return None
    names = (Verdict.WEAK.value, Code.WEAK.value)
    return next((one.reason.value for one in case.waivers if one.check.value in names), None)


def module_failure(
    project: Project, spec: Spec, observed: Observed, test_path: str
) -> Finding | None:
    """Why no test of the module could be judged; `None` when there are tests that were."""
    if observed.unavailable is not None:
        return unavailable(observed.unavailable, project.interpreter.path, project.root, test_path)
    ended = observed.ended
    unusable = None if ended is None else pytest_unusable(ended, test_path)
    if unusable is not None:  # before the refusal: a conftest that raises refuses, too
        return unusable
    if observed.refusal is not None:
        return _refused(spec, observed.refusal, test_path)
    return _nothing_ran(ended, test_path) if ended is not None and not observed.tests else None


def _refused(spec: Spec, refusal: wire.CollectionFailed, test_path: str) -> Finding:
    first = refusal.message.strip().splitlines()
    words = first[0] if first else refusal.exception
    kind = refusal.exception.rpartition(".")[2]
    if kind == "StubFailed":
        reason = (
            f"No stub can be made from this spec: {words.removeprefix('StubFailed: ')}. "
            "Look at its types, imports and default values."
        )
    elif kind == "Unwritten":
        reason = (
            f"The module calls `{spec.function.value}` while it is imported, before any test runs. "
            "Call it inside the tests."
        )
    else:
        reason = f"The module cannot be collected: {kind}: {words.removeprefix(f'{kind}: ')}."
    return Finding(Code.MODULE_BROKEN, Severity.ERROR, reason, test_path, _line(refusal.line))


def _nothing_ran(ended: wire.Ended, test_path: str) -> Finding:
    if ended.timed_out:
        reason = "The module did not finish importing within the time limit."
    elif ended.exit_code is None:
        reason = f"The process ended while the module was imported{quoted_tail(ended.output)}"
    else:
        message = "The module has no tests. A test is a function whose name begins with `test_`."
        return Finding(Code.NO_TESTS, Severity.ERROR, message, test_path)
    return Finding(Code.MODULE_BROKEN, Severity.ERROR, reason, test_path)


def _line(line: int | None) -> TextRange | None:
    if line is None:
        return None
    return TextRange(Position(line - 1, 0), Position(line, 0))
