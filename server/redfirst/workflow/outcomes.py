"""How each test ended on the implementation, and a finding for each case that is not green."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import TextRange
from redfirst.workflow.comparison import comparison
from redfirst.workflow.observe import test_name
from redfirst.workflow.report import Finding, TestReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.generation.links import LinkedTest
    from redfirst.probe import wire
    from redfirst.spec.model import Case, Spec
    from redfirst.spec.ranges import LineIndex
    from redfirst.workflow.implementation_run import ImplementationRun

_LINES_OF_MESSAGE: Final = 12
_SAID: Final = {
    "error": "fails before or after its call",
    "xfailed": "is marked as expected to fail, and fails",
    "xpassed": "is marked as expected to fail, and passes",
    "timeout": "did not end",
    "lost": "took its process with it",
}


@dataclass(frozen=True, slots=True)
class TestModule:
    """A test module as text. `links` knows its tests by name."""

    __test__ = False

    path: str
    lines: LineIndex
    links: Mapping[str, LinkedTest]

    def link(self, test: str) -> LinkedTest | None:
        """The function behind a node id."""
        return self.links.get(test_name(test))

    def line_range(self, line: int | None) -> TextRange | None:
        """Of what stands on `line`, from 1; `None` when there is no such line."""
        if line is None or not 1 <= line <= self.lines.line_count:
            return None
        span = self.lines.line_span(line - 1)
        written = span.of(self.lines.text)
        indent = len(written) - len(written.lstrip())
        end = self.lines.position(span.end)
        return TextRange(self.lines.position(span.start + indent), end)


def outcomes(spec: Spec, module: TestModule, said: ImplementationRun) -> tuple[TestReport, ...]:
    """A report for each test that ended, in the module's order."""
    ended = (said.finished[test] for test in said.tests if test in said.finished)
    return tuple(_report(spec, module, finished) for finished in ended)


def red_findings(
    module: TestModule, reports: tuple[TestReport, ...], said: ImplementationRun
) -> tuple[Finding, ...]:
    """RF401 for each test that did not pass, where it came to its end.

    A skipped test says nothing of its case: that is a warning.
    """
    return tuple(
        Finding(
            code=Code.CASE_RED,
            severity=Severity.WARNING if report.outcome == "skipped" else Severity.ERROR,
            message=report.reason,
            path=module.path,
            range=module.line_range(said.finished[report.id].line) or report.range,
            case=report.case,
        )
        for report in reports
        if report.outcome != "passed"
    )


def _report(spec: Spec, module: TestModule, finished: wire.Finished) -> TestReport:
    link = module.link(finished.test)
    case = spec.case(link.case or "") if link else None
    return TestReport(
        id=finished.test,
        case=case.id if case else None,
        reason="" if finished.outcome == "passed" else _sentence(finished, case),
        outcome=finished.outcome,
        range=module.lines.range(link.span) if link else None,
        comparison=None if finished.outcome == "passed" else comparison(finished.message),
    )


def cases_by_test(spec: Spec, module: TestModule, said: ImplementationRun) -> dict[str, str]:
    """Node ids of the tests that link to a case of the spec."""
    links = {test: module.link(test) for test in said.tests}
    return {
        test: link.case
        for test, link in links.items()
        if link is not None and link.case is not None and spec.case(link.case) is not None
    }


def _sentence(finished: wire.Finished, case: Case | None) -> str:
    name = finished.test.partition("::")[2]
    if finished.outcome == "skipped":
        return f"`{name}` was skipped, so nothing says whether its case holds. {_words(finished)}"
    said = f"`{name}` {_SAID.get(finished.outcome, 'fails')}: {_words(finished)}"
    return f"{said}\nThe case: {case.text.value}" if case else said


def _words(finished: wire.Finished) -> str:
    """What pytest says: for an assertion, first what came and then what was expected."""
    lines = finished.message.strip().splitlines()
    kept = "\n".join(lines[:_LINES_OF_MESSAGE])
    kind = (finished.exception or "").rpartition(".")[2]
    if kind in ("", "AssertionError", "Failed", "Skipped") or kept.startswith(f"{kind}:"):
        return kept or "no message"
    return f"{kind}: {kept}" if kept else kind
