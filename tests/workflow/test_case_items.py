"""How the cases of a spec stand, for views of tests: what is not known is never green."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.coverage.measurement import CoverageResult, Share
from redfirst.generation.from_examples import write_tests
from redfirst.generation.render import render_module
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import Position, TextRange
from redfirst.workflow.case_items import CaseItem, case_items, obstacle
from redfirst.workflow.comparison import Comparison
from redfirst.workflow.remarks import Pair
from redfirst.workflow.report import Finding, SpecReport, TestReport
from redfirst.workflow.spec_file import spec_file
from tests.cli.project import SPEC

if TYPE_CHECKING:
    from redfirst.workflow.spec_file import SpecFile

TEST_PATH = "tests/test_half.py"
PLACE = TextRange(Position(20, 4), Position(20, 23))
MEASURED = CoverageResult("maths.py", Share(4, 4), Share(2, 2), 95.0, (), {})
PASSED = (
    TestReport("test_zero", "EC-zero", outcome="passed"),
    TestReport("test_negative", "EC-negative", outcome="passed"),
    TestReport("test_odd", "ER-odd", outcome="passed"),
)


def items(run: SpecReport | None = None) -> dict[str, CaseItem]:
    file: SpecFile = spec_file("specs/half.yml", SPEC)
    assert file.spec is not None
    source = render_module(write_tests(file.spec).body, file.spec, "specs/half.yml", "x", None)
    pair = Pair(file, file.spec, TEST_PATH, source, run=run)
    return {item.id: item for item in case_items(file.document.cases, pair)}


def run_with(*findings: Finding, coverage: CoverageResult | None = MEASURED) -> SpecReport:
    return report(*PASSED, findings=findings, coverage=coverage)


def report(
    *tests: TestReport,
    findings: tuple[Finding, ...] = (),
    coverage: CoverageResult | None = MEASURED,
) -> SpecReport:
    return SpecReport("specs/half.yml", "half", findings=findings, tests=tests, coverage=coverage)


def error(code: Code, message: str) -> Finding:
    return Finding(code, Severity.ERROR, message, TEST_PATH)


def test_a_case_has_its_test_and_nothing_is_known_of_it() -> None:
    item = items()["EC-zero"]
    assert (item.text, item.test, item.verdict, item.outcome) == (
        "zero -> zero",
        "test_zero",
        None,
        None,
    )


def test_a_case_is_green_by_a_whole_run() -> None:
    assert {item.outcome for item in items(run_with()).values()} == {"green"}
    assert obstacle(run_with(error(Code.GATE, "80 % of the lines"))) is None


def test_a_run_that_proves_nothing_makes_no_case_green() -> None:
    run = run_with(error(Code.RUN_UNFINISHED, "pytest ended with code 3"))
    assert {(item.outcome, item.message) for item in items(run).values()} == {
        (None, "pytest ended with code 3")
    }
    assert items(run_with(coverage=None))["EC-zero"].outcome is None


def test_a_red_case_says_what_came_and_where() -> None:
    failed = TestReport(
        "test_zero",
        "EC-zero",
        reason="`test_zero` fails: assert 1 == 0",
        outcome="failed",
        comparison=Comparison("0", "1"),
    )
    said = Finding(Code.CASE_RED, Severity.ERROR, failed.reason, TEST_PATH, PLACE, "EC-zero")
    found = items(report(failed, *PASSED[1:], findings=(said,)))
    zero = found["EC-zero"]
    assert (zero.outcome, zero.comparison, zero.failure) == ("red", Comparison("0", "1"), PLACE)
    assert found["ER-odd"].outcome == "green"


def test_a_skipped_test_is_neither_green_nor_red() -> None:
    skipped = TestReport("test_zero", "EC-zero", reason="skipped: why", outcome="skipped")
    item = items(report(skipped))["EC-zero"]
    assert (item.outcome, item.message) == (None, "skipped: why")


def test_a_half_written_spec_has_its_cases() -> None:
    document = spec_file("specs/half.yml", SPEC.replace("module: maths\n", "")).document
    assert [item.id for item in case_items(document.cases, None)] == [
        "EC-zero",
        "EC-negative",
        "ER-odd",
    ]
