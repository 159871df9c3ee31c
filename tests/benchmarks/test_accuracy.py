"""The floor of red verification, on a part of the corpus; `make accuracy` measures all of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.accuracy.corpus import entries, labels
from benchmarks.accuracy.judging import Judged, judge_all
from benchmarks.accuracy.table import cases
from benchmarks.accuracy.tally import Tally
from redfirst.spec.document import read_spec
from redfirst.verification.verdict import Verdict
from redfirst.workflow.progress import Silent

if TYPE_CHECKING:
    from pathlib import Path

CHOSEN = ("ticket", "wallet", "fetch", "batches", "discount")


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    folder = tmp_path_factory.mktemp("accuracy")
    return Tally(asyncio.run(judge_all(folder, entries(*CHOSEN), Silent())))


def test_no_good_test_is_accused(tally: Tally) -> None:
    assert tally.accused == ()


def test_nothing_that_is_vacuous_broken_or_contradictory_gets_away(tally: Tally) -> None:
    for verdict in (Verdict.VACUOUS, Verdict.BROKEN, Verdict.CONTRADICTORY):
        assert tally.of_verdict(verdict).share == 1, "\n".join(cases(tally))


def test_hardly_anything_weak_gets_away(tally: Tally) -> None:
    assert tally.of_verdict(Verdict.WEAK).share >= 0.95, "\n".join(cases(tally))


def test_a_strong_row_hides_no_row_that_is_empty_or_loose(tally: Tally) -> None:
    said = {one.test: one.verdict for one in tally.judged if one.kind.startswith("one-")}
    assert said == {
        "test_one_loose_row[strong]": Verdict.RED,
        "test_one_loose_row[loose]": Verdict.WEAK,
        "test_one_empty_row[strong]": Verdict.RED,
        "test_one_empty_row[empty]": Verdict.VACUOUS,
    }


def test_the_corpus_is_wide_and_its_specs_are_flawless() -> None:
    zoo = [label for entry in entries() for label in labels(entry.zoo).values()]
    assert len(entries()) >= 12
    assert len(zoo) >= 200
    assert len({label.kind for label in zoo}) >= 25
    assert {entry.name: read_spec(entry.spec).problems for entry in entries()} == {
        entry.name: () for entry in entries()
    }


def test_every_label_says_of_which_kind_a_bad_test_is() -> None:
    for entry in entries():
        assert {label.verdict for label in labels(entry.honest).values()} == {Verdict.RED}
        for label in labels(entry.zoo).values():
            assert label.kind != "honest"
            assert label.verdict is not Verdict.RED or label.rows


def test_each_implementation_passes_its_honest_tests(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for entry in entries():
        spec = read_spec(entry.spec).spec
        assert spec is not None
        module = tmp_path / f"{spec.module.value.replace('.', '/')}.py"
        module.parent.mkdir(exist_ok=True)
        module.write_text(entry.implementation)
        (tmp_path / "tests" / f"test_{entry.name}.py").write_text(entry.honest)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout


def judged(expected: Verdict, verdict: Verdict | None, *gate: str) -> Judged:
    return Judged("entry", "test", "kind", expected, verdict, "", gate)


def test_the_figures_count_verification_and_gate_apart() -> None:
    tally = Tally(
        (
            judged(Verdict.WEAK, Verdict.WEAK),
            judged(Verdict.WEAK, Verdict.RED, "RF209"),
            judged(Verdict.WEAK, Verdict.VACUOUS, "RF209"),
            judged(Verdict.WEAK, Verdict.RED),
            judged(Verdict.RED, Verdict.WEAK),
        )
    )
    recall = tally.of_verdict(Verdict.WEAK)
    assert (recall.total, recall.verification, recall.gate, recall.either) == (4, 2, 2, 3)
    assert recall.exact == 1
    assert tally.precision == pytest.approx(2 / 3)
    assert tally.accused == ()
    assert not tally.holds


@pytest.mark.parametrize("verdict", [Verdict.VACUOUS, Verdict.BROKEN, Verdict.CONTRADICTORY, None])
def test_a_good_test_that_is_accused_or_not_judged_breaks_the_floor(
    verdict: Verdict | None,
) -> None:
    assert Tally((judged(Verdict.RED, Verdict.RED),)).holds
    assert not Tally((judged(Verdict.RED, verdict),)).holds
