"""GitHub annotations: places, and escapes by GitHub's own rules."""

from __future__ import annotations

from dataclasses import replace

from redfirst.cli.formats.github import render
from redfirst.spec.ranges import Position, TextRange
from redfirst.workflow.report import Report
from tests.cli.formats.sample import COVERED, FINE, TYPO, UNUSABLE, VERIFIED

WARNING = "file=specs/pay ment.yml,line=2,endLine=2,col=19,endColumn=23,title=RF136 Thin behavior"
ERROR = "file=tests/test_pay.py,line=12,endLine=12,col=5,endColumn=18,title=RF301 Vacuous"


def test_annotations_and_the_summary() -> None:
    assert render(VERIFIED, {}).splitlines() == [
        f"::warning {WARNING}::100%25 unclear: say more,%0Aplease.",
        f"::error {ERROR}::It passes although pay raises: it asserts nothing.",
        "1 spec: 1 test red verified, 1 vacuous; 1 warning",
    ]


def test_properties_escape_colons_and_commas_too() -> None:
    assert "file=a%3Ab%2Cc%25d.yml," in _render(replace(TYPO, path="a:b,c%d.yml"))


def test_a_line_break_cannot_start_another_command() -> None:
    injected = replace(TYPO, message="x\r\n::set-output name=a::b", path="p\n::error ::")
    assert len(_render(injected).splitlines()) == 2


def test_a_stretch_over_lines_has_no_columns() -> None:
    long = replace(TYPO, range=TextRange(Position(1, 4), Position(3, 2)))
    assert "line=2,endLine=4,title=" in _render(long)


def test_a_finding_about_no_file() -> None:
    assert render(UNUSABLE, {}).startswith("::error title=RF902 No pytest::pytest is missing.")


def test_summaries() -> None:
    assert render(FINE, {}) == "2 specs: no problems"
    assert render(COVERED, {}).splitlines()[-1] == "1 spec: 1 case green, 1 red; the gate fails"


def _render(finding: object) -> str:
    return render(Report("validate", (), (finding,)), {})  # type: ignore[arg-type]
