"""What a run said of one test on one stub."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """How a test ended. `TIMEOUT` and `LOST`: it never reported. `DISRUPTED`: it did, but it or a
    test that ran beside it had taken away the process that runs them.
    """

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"
    TIMEOUT = "timeout"
    LOST = "lost"
    DISRUPTED = "disrupted"


_NOTICED_NOTHING: Final = frozenset(
    {Outcome.PASSED, Outcome.SKIPPED, Outcome.XFAILED, Outcome.XPASSED}
)


@dataclass(frozen=True, slots=True)
class Observation:
    """One test on one stub.

    `calls` counts the calls of the function under test with arguments that its signature takes;
    `misfit` is Python's complaint about a call that it does not take. `unanswered`: the witness
    was asked something that no example answers. `lies` are what it answered wrongly on purpose, in
    words that complete "passes when …".
    `exception` is the dotted type of what ended the test, `line` the line of the test module,
    from 1. `in_test`: it was raised by the test module itself, not by something that it called.
    `refused`: the number of the operating system's error that it came of, if it came of one.
    """

    outcome: Outcome
    calls: int = 0
    misfit: str | None = None
    unanswered: bool = False
    lies: tuple[str, ...] = ()
    exception: str | None = None
    message: str = ""
    line: int | None = None
    in_test: bool = False
    seconds: float = 0.0
    refused: int | None = None

    @property
    def noticed(self) -> bool:
        """Whether something made it fail; a test that was skipped noticed nothing."""
        return self.outcome not in _NOTICED_NOTHING

    @property
    def passed(self) -> bool:
        """Passed in pytest's sense; a skip or an expected failure is not a pass."""
        return self.outcome is Outcome.PASSED
