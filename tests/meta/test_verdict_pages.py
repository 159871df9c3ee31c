"""The pages about verdicts: what they show as bad gets that verdict, the good is red."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from redfirst.project.project import project_at
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify
from tests.meta.finding_page import read_page

if TYPE_CHECKING:
    from pathlib import Path

VERDICTS = ["RF301", "RF302", "RF303", "RF304", "RF305", "RF306", "RF307", "RF308"]


def found(folder: Path, spec: str, module: str, limit: int) -> set[str]:
    """The codes `RF3xx` that verification reports."""
    spec_path = folder / "specs/total.yml"
    test_path = folder / "tests/test_total.py"
    for path, text in ((spec_path, f"{spec}settings: {{timeout: {limit}}}\n"), (test_path, module)):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = asyncio.run(verify(project_at(folder), spec_path, test_path, Silent()))
    return {str(one.code) for one in report.findings if one.code.startswith("RF3")}


@pytest.mark.parametrize("code", VERDICTS)
def test_the_bad_module_is_found_and_the_good_one_is_not(code: str, tmp_path: Path) -> None:
    page = read_page(code)
    limit = 1 if code == "RF305" else 60  # seconds; it is the one that is about time
    assert found(tmp_path, page.block("Spec"), page.block("Bad"), limit) == {code}
    assert found(tmp_path, page.block("Spec"), page.block("Good"), 60) == set()
