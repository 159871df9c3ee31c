"""Whatever happens in the editor and behind its back, what is shown is of what is there."""

from __future__ import annotations

from benchmarks.fuzz_workspace import main

STEPS = 150


def test_nothing_is_shown_of_another_content() -> None:
    """`make fuzz` goes a thousand steps."""
    assert main(["--steps", str(STEPS), "--seed", "7"]) == 0
