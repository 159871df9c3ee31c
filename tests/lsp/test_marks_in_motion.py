"""Whatever is typed, saved and run in whatever order: no mark stands on a line it is not about."""

from __future__ import annotations

from benchmarks.fuzz_marks import main

STEPS = 25


def test_no_mark_stands_on_a_wrong_line() -> None:
    """`make fuzz` goes a thousand steps, and as many live."""
    assert main(["--steps", str(STEPS), "--seed", "5", "--run-on", "save"]) == 0
