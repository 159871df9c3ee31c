"""Generating: what is written, what is left alone, and what is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from redfirst.project.fault import ProjectError
from redfirst.project.project import project_at
from redfirst.workflow.generate import Overwrite, Terms, generate, preview
from redfirst.workflow.progress import Silent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from redfirst.workflow.report import SpecReport

SPEC = """
function: total
module: shop.total
signature: "total(prices: list[int]) -> int"
behavior: Sum the prices, which are integer cents.
edge_cases:
  - case: no prices -> zero
    examples: [{call: "total([])", returns: 0}]
  - case: two prices -> their sum
    examples: [{call: "total([100, 250])", returns: 350}]
errors:
  - case: negative price -> raise ValueError("negative price")
    examples: [{call: "total([-1])"}]
"""
TEST = "tests/test_total.py"


def run(
    root: Path,
    spec: str = SPEC,
    overwrite: Overwrite = Overwrite.UNTOUCHED,
    verb: Callable[..., Awaitable[SpecReport]] = generate,
) -> SpecReport:
    """Generate for the spec in a project that has nothing else."""
    path = root / "specs/total.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(spec)
    work = verb(project_at(root), path, Terms("examples", overwrite), Silent())

    async def finish() -> SpecReport:
        return await work

    return asyncio.run(finish())


def codes(report: SpecReport) -> list[str]:
    return [finding.code.value for finding in report.findings]


def test_a_module_is_written_once_it_is_red_verified(tmp_path: Path) -> None:
    report = run(tmp_path)
    assert report.written
    assert report.findings == ()
    assert [test.verdict for test in report.tests] == ["red"] * 3
    assert (tmp_path / TEST).read_text() == report.draft


def test_an_unchanged_spec_writes_nothing(tmp_path: Path) -> None:
    run(tmp_path)
    before = (tmp_path / TEST).stat()
    report = run(tmp_path, SPEC.replace("behavior: Sum", "behavior:   Sum") + "# a comment\n")
    assert not report.written
    assert codes(report) == []
    assert (tmp_path / TEST).stat().st_mtime_ns == before.st_mtime_ns


def test_a_changed_spec_replaces_what_redfirst_wrote(tmp_path: Path) -> None:
    run(tmp_path)
    report = run(tmp_path, SPEC.replace("[100, 250]", "[1, 2]").replace("350", "3"))
    assert report.written
    assert "assert total([1, 2]) == 3" in (tmp_path / TEST).read_text()


def test_a_preview_changes_nothing(tmp_path: Path) -> None:
    report = run(tmp_path, verb=preview)
    assert report.draft
    assert not (tmp_path / TEST).exists()


@pytest.mark.parametrize(
    ("found", "code"),
    [("def test_mine():\n    assert True\n", "RF505"), (None, "RF503")],
    ids=["written by hand", "edited by hand"],
)
def test_what_a_person_wrote_is_left_alone_until_it_is_forced(
    tmp_path: Path, found: str | None, code: str
) -> None:
    if found is None:
        run(tmp_path)
        found = (tmp_path / TEST).read_text().replace("== 350", "== 351")
    (tmp_path / TEST).parent.mkdir(exist_ok=True)
    (tmp_path / TEST).write_text(found)
    changed = SPEC.replace("[100, 250]", "[1, 2]").replace("350", "3")
    assert codes(run(tmp_path, changed)) == [code]
    assert (tmp_path / TEST).read_text() == found
    assert run(tmp_path, changed, Overwrite.ANY).written


def test_two_specs_do_not_overwrite_each_other(tmp_path: Path) -> None:
    run(tmp_path)
    (tmp_path / "specs/total.yml").rename(tmp_path / "specs/other.yml")
    text = (tmp_path / TEST).read_text().replace("specs/total.yml", "specs/other.yml")
    (tmp_path / TEST).write_text(text)
    report = run(tmp_path, SPEC.replace("shop.total", "shop.invoice"))
    assert codes(report) == ["RF907"]
    assert (tmp_path / TEST).read_text() == text


def test_cases_without_an_example_are_reported_and_never_faked(tmp_path: Path) -> None:
    report = run(tmp_path, SPEC + "  - 'too many -> raise OverflowError(\"too many\")'\n")
    assert report.written
    assert codes(report) == ["RF501"]
    assert "too many" not in (tmp_path / TEST).read_text().partition('"""Tests of')[2]


def test_a_draft_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    """Two examples give two answers to one call: no implementation could satisfy both."""
    twice = SPEC.replace(
        "returns: 350}]", 'returns: 350}, {call: "total([100, 250])", returns: 1}]'
    )
    report = run(tmp_path, twice)
    assert "RF506" in codes(report) or any(code.startswith("RF1") for code in codes(report))
    assert not (tmp_path / TEST).exists()


def test_a_spec_with_errors_is_not_generated_from(tmp_path: Path) -> None:
    report = run(tmp_path, SPEC.replace("total(prices", "sum_up(prices"))
    assert codes(report) == ["RF121"]
    assert not (tmp_path / TEST).exists()


def test_a_provider_that_does_not_exist_is_said(tmp_path: Path) -> None:
    (tmp_path / "spec.yml").write_text(SPEC)
    terms = Terms("oracle", Overwrite.UNTOUCHED)
    with pytest.raises(ProjectError, match="no provider `oracle`"):
        asyncio.run(generate(project_at(tmp_path), tmp_path / "spec.yml", terms, Silent()))
