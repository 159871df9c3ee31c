"""What tests notice of small changes: real runs on a small shop, in folders made by the tests."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from redfirst.coverage.mutation.strength import Fate, StrengthResult
from redfirst.generation.from_examples import write_tests
from redfirst.generation.render import render_module
from redfirst.project.project import open_project
from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from redfirst.spec.problem import Severity
from redfirst.workflow.check import check_spec
from redfirst.workflow.cover import measure
from redfirst.workflow.progress import Silent
from redfirst.workflow.strength import strengthen
from tests.meta.finding_page import read_page
from tests.support.environments import NEW, python_with
from tests.support.folders import contents
from tests.support.processes import descendants, is_gone

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport

SPEC = """\
function: fee
module: shop.fee
signature: "fee(days: list[int]) -> int"
behavior: The fees of books that are late, 5 cents for each day after the third, in whole cents.
edge_cases:
  - {id: EC-none, case: no book -> no fee, examples: [{call: "fee([])", returns: 0}]}
  - {id: EC-late, case: late -> a fee, examples: [{call: "fee([5, 1])", returns: 10}]}
"""
CODE = """\
from .grace import GRACE

CENTS = 5


def fee(days):
    total = 0
    left = list(days)
    while left:
        day = left.pop()
        if day > GRACE:
            total += (day - GRACE) * CENTS
    return total
"""
TESTS = '''\
from shop.fee import fee


def test_none():
    """EC-none: no book -> no fee"""
    assert fee([]) == 0


def test_late():
    """EC-late: late -> a fee"""
    assert fee([5, 1]) == 10
'''


@dataclass(frozen=True)
class Shop:
    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write_spec(self, text: str) -> None:
        """With its tests, as they are generated from it."""
        self.write("specs/fee.yml", text)
        spec = read_spec(text).spec
        assert spec is not None
        module = render_module(write_tests(spec).body, spec, "specs/fee.yml", "examples", None)
        self.write("tests/test_fee.py", module)

    @property
    def spec(self) -> Path:
        return self.root / "specs" / "fee.yml"

    def strengthen(self, progress: Progress | None = None) -> SpecReport:
        async def both() -> SpecReport:
            project = open_project(self.root)
            covered = await measure(project, self.spec, Silent())
            return await strengthen(project, covered, progress or Silent())

        return asyncio.run(both())

    def strength(self) -> StrengthResult:
        strength = self.strengthen().strength
        assert strength is not None
        return strength


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.write("pyproject.toml", f"[tool.redfirst]\npython = '{python_with(NEW)}'\n")
    shop.write("specs/fee.yml", SPEC)
    shop.write("shop/__init__.py", "")
    shop.write("shop/grace.py", "GRACE = 3\n")
    shop.write("shop/fee.py", CODE)
    shop.write("tests/test_fee.py", TESTS)
    return shop


class Steps:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int]] = []

    def report(self, label: str, done: int, total: int) -> None:
        self.heard.append((label, done, total))


def said(strength: StrengthResult, fate: Fate) -> list[str]:
    return [f"{one.mutant.line} {one.mutant.change}" for one in strength.tried if one.fate is fate]


def test_what_is_noticed_and_what_is_not(shop: Shop) -> None:
    before = contents(shop.root)
    steps = Steps()
    report = shop.strengthen(steps)
    strength = report.strength
    assert strength is not None
    assert said(strength, Fate.SURVIVED) == ["11 `>` changed to `>=`"]
    assert said(strength, Fate.NOT_RUN) == []
    noticed = {one.mutant.change: one.test for one in strength.tried if one.test}
    assert noticed["`5` changed to `6`"] == "tests/test_fee.py::test_late"
    assert noticed["`0` changed to `1`"] == "tests/test_fee.py::test_none"
    assert strength.share.total == strength.share.reached + 1
    assert strength.implementation == hashlib.sha256(CODE.encode()).hexdigest()
    assert strength.tests == hashlib.sha256(TESTS.encode()).hexdigest()
    total = len(strength.tried)
    assert steps.heard[-1] == ("shop/fee.py: mutants", total, total)
    (found,) = report.findings
    assert (found.code, found.severity) == (Code.SURVIVOR, Severity.WARNING)
    assert found.path == "shop/fee.py"
    assert found.message.startswith("`>` changed to `>=`, and no test noticed. Add a case")
    assert found.range is not None
    assert (found.range.start.line, found.range.start.character) == (10, 15)
    assert report.ok
    assert contents(shop.root) == before


def test_a_mutant_that_runs_forever_is_noticed_and_counted_apart(shop: Shop) -> None:
    shop.write(
        "shop/fee.py", CODE.replace("    return total", "    left.clear()\n    return total")
    )
    endless = CODE.replace("left.pop()", "left[-1]\n        left.pop()")
    shop.write("shop/fee.py", endless)
    strength = shop.strength()
    assert said(strength, Fate.TIMED_OUT) == ["11 `left.pop()` removed"]
    assert strength.share.total - strength.share.reached == 1


class LeavesEarly:
    """Remembers what runs at the first mutant that is over, and has it cancelled."""

    task: asyncio.Task[SpecReport]

    def __init__(self) -> None:
        self.running: list[int] = []
        self._others = {pid for pid, _ in descendants(os.getpid())}

    def report(self, label: str, done: int, total: int) -> None:
        del label, total
        if done and not self.running:
            found = (pid for pid, _ in descendants(os.getpid()))
            self.running = [pid for pid in found if pid not in self._others]
            self.task.cancel()


def test_who_leaves_early_leaves_no_process_behind(shop: Shop) -> None:
    impatient = LeavesEarly()

    async def leave() -> None:
        project = open_project(shop.root)
        covered = await measure(project, shop.spec, Silent())
        impatient.task = asyncio.create_task(strengthen(project, covered, impatient))
        with pytest.raises(asyncio.CancelledError):
            await impatient.task

    asyncio.run(leave())
    assert impatient.running
    assert all(map(is_gone, impatient.running))


def test_the_gate(shop: Shop) -> None:
    shop.write("specs/fee.yml", f"{SPEC}settings: {{strength: 80}}\n")
    assert shop.strength().holds
    shop.write("specs/fee.yml", f"{SPEC}settings: {{strength: 99}}\n")
    report = shop.strengthen()
    gate = report.findings[-1]
    assert (gate.code, gate.severity, report.ok) == (Code.STRENGTH, Severity.ERROR, False)
    assert re.search(r"notice 9\d\.?\d? % \(\d+ of \d+\) of the small changes", gate.message)


def test_waived_mutants_are_not_run_and_old_waivers_are_told(shop: Shop) -> None:
    waivers = """\
waive_mutants:
  - {code: "if day > GRACE:", change: "> changed to >=", reason: no fee for no day}
  - {code: "if day > 4:", change: "> changed to >=", reason: long gone}
"""
    shop.write("specs/fee.yml", f"{SPEC}{waivers}settings: {{strength: 100}}\n")
    report = shop.strengthen()
    assert report.strength is not None
    assert said(report.strength, Fate.WAIVED) == ["11 `>` changed to `>=`"]
    assert report.strength.holds
    (old,) = report.findings
    assert (old.code, old.severity, old.path) == (
        Code.UNUSED_WAIVER,
        Severity.WARNING,
        "specs/fee.yml",
    )


def test_only_a_green_run_says_something_of_mutants(shop: Shop) -> None:
    shop.write("tests/test_fee.py", TESTS.replace("== 10", "== 11"))
    report = shop.strengthen()
    assert report.strength is None
    assert not report.ok


def test_tests_that_lean_on_each_other_accuse_nobody(shop: Shop) -> None:
    """Alone, the second one fails on the untouched text, too: that is no mutant noticed."""
    shop.write(
        "tests/test_fee.py",
        "import shop.fee as fees\n\nseen = []\n\n\ndef test_none():\n    seen.append(1)\n\n\n"
        "def test_late():\n    assert seen\n    assert fees.fee([5, 1]) == 10\n",
    )
    strength = shop.strength()
    assert set(strength.counts) == set(Fate)
    assert strength.counts[Fate.NOT_RUN] == len(strength.tried) > 5
    assert {one.reason for one in strength.tried} == {
        "the tests that reach it do not pass when they are run without the others"
    }


def test_tests_that_do_not_run_what_they_are_served(shop: Shop) -> None:
    """A copy of the text that is executed by hand: every mutant would seem to survive."""
    by_hand = (
        "from pathlib import Path\n\nPATH = Path('shop/fee.py').resolve()\nNAMES = {"
        "'__name__': 'shop.fee', '__package__': 'shop'}\n"
        "exec(compile(PATH.read_text(), str(PATH), 'exec'), NAMES)\n\n\n"
        "def test_late():\n    assert NAMES['fee']([5, 1]) == 10\n"
    )
    shop.write("tests/test_fee.py", by_hand)
    report = shop.strengthen()
    assert report.strength is not None
    assert report.strength.counts[Fate.NOT_RUN] == len(report.strength.tried) > 5
    (finding,) = report.findings
    assert finding.code is Code.NOT_MEASURED
    assert "no text in the place of the implementation reaches the tests" in finding.message


def test_check_asks_when_a_strength_is_set(shop: Shop) -> None:
    project = replace(open_project(shop.root), unsandboxed=True)
    shop.write_spec(SPEC)
    assert asyncio.run(check_spec(project, shop.spec, Silent())).strength is None
    shop.write("specs/fee.yml", f"{SPEC}settings: {{strength: 10}}\n")
    strength = asyncio.run(check_spec(project, shop.spec, Silent())).strength
    assert strength is not None
    assert (strength.threshold, strength.holds) == (10, True)


@pytest.mark.parametrize("code", [Code.SURVIVOR, Code.STRENGTH, Code.UNUSED_WAIVER])
def test_the_pages_of_the_findings(code: Code, shop: Shop) -> None:
    page = read_page(code)
    shop.write("shop/fee.py", page.block(""))
    found: dict[str, set[Code]] = {}
    for section in ("Bad", "Good"):
        shop.write_spec(page.block(section))
        found[section] = {finding.code for finding in shop.strengthen().findings}
    others = {Code.SURVIVOR} if code is Code.STRENGTH else set[Code]()
    assert found["Bad"] == {code} | others
    assert found["Good"] <= ({Code.SURVIVOR} if code is Code.UNUSED_WAIVER else set())
