"""The loop on one real spec, from the contract to the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redfirst.cli.demo.changes import (
    CODE,
    FORGOTTEN,
    HURRIED,
    SPEC,
    TESTS,
    forget_a_case,
    write_hurried_tests,
    write_implementation,
)
from redfirst.cli.demo.steps import Change, Run, Say, Show

if TYPE_CHECKING:
    from redfirst.cli.demo.steps import Step

_VERIFYING: Final = ("generate", "verify")
_UNPROTECTED: Final = Say(
    "Without a sandbox",
    "Verification runs tests in a sandbox. This machine has none (`redfirst doctor` says why), so "
    "the tests of this story, which redfirst wrote itself, run without: hence `--unsandboxed`.",
)


def story_here(*, sandboxed: bool) -> tuple[Step, ...]:
    """The story, told as it can be on a machine that has a sandbox or has none."""
    if sandboxed:
        return STORY
    return (_UNPROTECTED, *map(_unsandboxed, STORY))


def _unsandboxed(step: Step) -> Step:
    if isinstance(step, Run) and step.command[0] in _VERIFYING:
        return replace(step, command=(*step.command, "--unsandboxed"))
    return step


STORY: Final[tuple[Step, ...]] = (
    Say(
        "The contract",
        "A person keeps a spec: what one function must do, its edge cases, its errors. This one "
        "matches a ledger with a bank statement. Here is one of its cases:",
    ),
    Show(SPEC, "two days apart in either", "  - case:"),
    Run(("validate", SPEC), 0, ("1 spec: no problems",)),
    Say(
        "Tests, from the spec alone",
        f"There is no {CODE} yet. The examples in the spec are enough to write its tests, and "
        "they are kept only because each of them was seen to fail.",
    ),
    Run(("generate", SPEC), 0, ("1 test module written", "red verified")),
    Show(TESTS, "def test_one_cent", "def test_greedy"),
    Say(
        "Red, and for the right reason",
        "With the module missing every test fails, `assert True` too. So each test meets "
        "stand-ins that have the right signature and do the wrong thing, and must fail on them; "
        "on the ones that do what its case says it must pass.",
    ),
    Run(("verify", SPEC, "--table"), 0, ("tests red verified", "it answers as the examples say")),
    Say(
        "A test that cannot fail",
        "Someone in a hurry wraps an assertion so that it never gets in the way. Plain pytest "
        "would call it red today, because the module is missing, and green for ever after.",
    ),
    Change(f"One test in {HURRIED} swallows every exception.", write_hurried_tests),
    Show(HURRIED, "def test_both_empty", "def test_window"),
    Run(("verify", SPEC, "--test", HURRIED), 1, ("RF301", "1 vacuous")),
    Say(
        "The implementation",
        "Now a person writes the code. No command of redfirst does that.",
    ),
    Change(f"{CODE} comes in, written by hand.", write_implementation),
    Run(("cover", SPEC), 0, ("cases green", "the gate holds")),
    Say(
        "A case is forgotten",
        "The tests are only as good as the spec. Without one of its cases the tests that follow "
        "from it are still green, but a branch of the code now stands there for no reason.",
    ),
    Change(f"The case {FORGOTTEN} is deleted from {SPEC}.", forget_a_case),
    Run(("generate", SPEC), 0, ("1 test module written",)),
    Run(("cover", SPEC), 1, (CODE, "cases green", "the gate fails")),
)
