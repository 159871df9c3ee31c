"""Damaged specs never raise, and never yield a place outside the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz_spec import faults, main, texts
from redfirst.spec.document import read_spec
from tests.spec.marked import CASES, HEAD

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yml"))


@pytest.mark.parametrize("seed", range(5))
def test_mutations_of_real_specs_go_through(seed: int) -> None:
    sources = [path.read_text(encoding="utf-8") for path in SPECS]
    mutations = list(texts(sources, 60, seed))[-60:]
    for text in mutations:
        assert list(faults(read_spec(text))) == [], text


def test_every_prefix_of_a_spec_goes_through() -> None:
    for text in texts([HEAD + CASES], 0, 0):
        assert list(faults(read_spec(text))) == [], text


def test_the_command_prints_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.yml"
    path.write_text(CASES, encoding="utf-8")
    assert main(["--mutations", "5", "--seed", "1", str(path)]) == 0
    assert f"{len(CASES) + 5} texts in" in capsys.readouterr().out


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(texts([CASES], 20, 7)) == list(texts([CASES], 20, 7))
    assert list(texts([CASES], 20, 7)) != list(texts([CASES], 20, 8))
