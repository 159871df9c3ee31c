"""Whatever is typed, saved and run in whatever order: no mark stands on a line it is not about."""

from __future__ import annotations

import pytest

from benchmarks.fuzz_marks import main


@pytest.mark.parametrize(("run_on", "steps"), [("save", 25), ("change", 8)])
def test_no_mark_stands_on_a_wrong_line(run_on: str, steps: int) -> None:
    """`make fuzz` goes a thousand steps each way."""
    assert main(["--steps", str(steps), "--seed", "5", "--run-on", run_on]) == 0
