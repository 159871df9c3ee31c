"""What a stub remembers of the calls that one test made."""

from __future__ import annotations


class Recorder:
    """Written by the stubs' runtime while a test runs, read when it is over.

    `stub` is what the run chose, and stays. The other fields mean what the same fields of
    `wire.Finished` mean.
    """

    stub: str
    calls: int
    misfit: str | None
    unanswered: bool
    lies: list[str]

    def __init__(self) -> None:
        self.stub = ""
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next test begins."""
        self.calls = 0
        self.misfit = None
        self.unanswered = False
        self.lies = []
