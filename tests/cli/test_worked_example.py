"""The project keeps its own worked example: fresh, red verified, green and covered."""

from __future__ import annotations

from pathlib import Path

from tests.cli.project import redfirst

ROOT = Path(__file__).parents[2]


def test_everything_holds_of_the_worked_example() -> None:
    said = redfirst(ROOT, "check")
    assert said.code == 0, said.out
    assert "3 specs: 35 tests red verified; 30 cases green; the gate holds" in said.out


def test_generating_it_again_writes_nothing() -> None:
    said = redfirst(ROOT, "generate", *(f"specs/{name}.yml" for name in ("reconcile", "retry")))
    assert said.code == 0, said.out
    assert "2 specs: 0 test modules written" in said.out
