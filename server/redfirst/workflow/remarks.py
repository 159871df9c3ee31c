"""What an editor shows at a spec and at its test module, beside what is wrong with the spec itself.

Nothing is run here: verdicts come from a report that somebody else has found to be of these texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.generation.freshness import changes
from redfirst.spec.codes import Code
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import LineIndex, Span
from redfirst.workflow.freshness import drift, freshness, is_stale
from redfirst.workflow.test_module import missing_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem
    from redfirst.workflow.report import Finding, SpecReport, TestReport
    from redfirst.workflow.spec_file import SpecFile

# Plugins declare markers, too, and only a run knows of those.
_ONLY_A_RUN_KNOWS: Final = frozenset({Code.UNDECLARED_MARKER})
_SAID_BY_STALENESS: Final = frozenset({Code.CASE_WITHOUT_TEST, Code.TEST_WITHOUT_CASE})
_OF_RUNS: Final = ("RF3", "RF4", "RF9")
# They are about the implementation, which may have other specs as well.
_ELSEWHERE: Final = frozenset({Code.LINE_GAP, Code.BRANCH_GAP, Code.GATE})


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of another file, and what there is to see; `path` is relative to the project."""

    path: str
    text: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding at a place of the file that is looked at, and where its other half stands."""

    code: Code
    severity: Severity
    message: str
    span: Span
    case: str | None = None
    related: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A spec and the text of its test module (`None`: there is none), as the person sees them.

    `head` is the spec for all but its cases: with no test module nobody needs to know them.
    `report` and `run` are the last verification and the last run on the implementation, of exactly
    these texts, `draft` what was found in a model's last draft from this spec, which fell short and
    is no module. `markers` are those that the project declares to pytest.
    """

    file: SpecFile
    head: Spec
    test_path: str
    source: str | None
    report: SpecReport | None = None
    run: SpecReport | None = None
    draft: SpecReport | None = None
    markers: frozenset[str] = frozenset()

    @property
    def spec(self) -> Spec:
        """The spec with its cases."""
        return self.file.spec or self.head


def remarks_on_spec(pair: Pair) -> Iterator[Remark]:
    """Missing tests, staleness, drift; and at each case what is wrong with its test."""
    head = pair.head.function.span
    yield from _of_draft(pair)
    if pair.source is None:
        if pair.file.report().ok:
            said = missing_test(pair.file, pair.test_path)
            # No error while a spec is being written: tests come afterwards.
            yield Remark(said.code, Severity.INFORMATION, said.message, head)
        return
    for finding in _age(pair, pair.source):
        if finding.code is Code.STALE:
            related = tuple(_changed_tests(pair, pair.source))
            yield Remark(finding.code, Severity.WARNING, finding.message, head, None, related)
        else:
            message = (
                f"`{pair.test_path}` was edited by hand since it was generated: "
                "it is no longer what this spec gives."
            )
            top = Place(pair.test_path, pair.source, Span(0, 0), "The generated module.")
            yield Remark(finding.code, Severity.INFORMATION, message, head, None, (top,))
    lines = LineIndex(pair.source)
    for finding in _of_runs(pair):
        case = pair.spec.case(finding.case or "")
        span = case.text.span if case else head
        yield Remark(
            finding.code,
            finding.severity,
            finding.message,
            span,
            finding.case,
            tuple(_test_of(pair, finding, lines)),
        )


def remarks_on_tests(pair: Pair) -> Iterator[Remark]:
    """Staleness, drift, the findings of the static gate; and at each test what is wrong with it."""
    source = pair.source
    if source is None:
        return
    lines = LineIndex(source)
    head = lines.line_span(0)
    fresh = _age(pair, source)
    for finding in fresh:
        function = pair.head.function.span
        spec = Place(pair.file.path, pair.file.document.text, function, "The spec.")
        yield Remark(finding.code, Severity.WARNING, finding.message, head, None, (spec,))
    has_other_cases = is_stale(fresh) or not pair.file.report().ok
    left = _ONLY_A_RUN_KNOWS | (_SAID_BY_STALENESS if has_other_cases else frozenset[Code]())
    from redfirst.generation.gate import check_module  # noqa: PLC0415  # a spec needs none of it

    for problem in check_module(source, pair.spec, pair.markers):
        if problem.code not in left:
            yield _at_its_place(pair, problem)
    for finding in _of_runs(pair):
        span = lines.span(finding.range) if finding.range and _is_here(pair, finding) else head
        related = tuple(_case_of(pair, finding.case))
        test = _red_test(pair, finding)
        if test is not None and test.range is not None:
            failed = Place(pair.test_path, source, span, "It fails here.")
            span, related = lines.span(test.range), (failed, *related)
        yield Remark(finding.code, finding.severity, finding.message, span, finding.case, related)


def _age(pair: Pair, source: str) -> tuple[Finding, ...]:
    """Staleness and drift. A spec with errors is being written: what it says is not known yet."""
    if pair.file.report().ok:
        return freshness(pair.file, pair.spec, pair.test_path, source)
    return drift(pair.file, pair.test_path, source)


def _of_draft(pair: Pair) -> Iterator[Remark]:
    """What was wrong with a model's tests, at the cases that they were for."""
    for finding in pair.draft.findings if pair.draft else ():
        case = pair.spec.case(finding.case or "")
        if case is not None and finding.severity is Severity.ERROR:
            message = f"The model's draft of its test fell short: {finding.message}"
            yield Remark(finding.code, Severity.INFORMATION, message, case.text.span, case.id)


def _of_runs(pair: Pair) -> Iterator[Finding]:
    """What verification and the run say. The static gate, and age, are known without them."""
    for report in (pair.report, pair.run):
        for finding in report.findings if report else ():
            if finding.code.startswith(_OF_RUNS) and finding.code not in _ELSEWHERE:
                yield finding


def _changed_tests(pair: Pair, source: str) -> Iterator[Place]:
    for one in changes(source, pair.spec, fingerprints(pair.spec)):
        if one.test is not None:
            message = f"The test of `{one.case}`, which is {one.change} since."
            yield Place(pair.test_path, source, one.test.span, message)


def _test_of(pair: Pair, finding: Finding, lines: LineIndex) -> Iterator[Place]:
    if _is_here(pair, finding) and finding.range is not None:
        words = "Its test." if _red_test(pair, finding) is None else "Its test fails here."
        yield Place(pair.test_path, lines.text, lines.span(finding.range), words)


def _red_test(pair: Pair, finding: Finding) -> TestReport | None:
    """The test that did not pass on the implementation: what the finding is about."""
    if finding.code is not Code.CASE_RED or pair.run is None:
        return None
    tests = (one for one in pair.run.tests if one.case == finding.case)
    return next((one for one in tests if one.reason == finding.message), None)


def _case_of(pair: Pair, case_id: str | None) -> Iterator[Place]:
    case = pair.spec.case(case_id or "")
    if case is not None:
        document = pair.file.document
        yield Place(pair.file.path, document.text, case.text.span, f"The case: {case.text.value}")


def _is_here(pair: Pair, finding: Finding) -> bool:
    return finding.path == pair.test_path


def _at_its_place(pair: Pair, problem: Problem) -> Remark:
    related = tuple(_case_of(pair, problem.case))
    return Remark(
        problem.code, problem.severity, problem.message, problem.span, problem.case, related
    )
