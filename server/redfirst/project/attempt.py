"""What is known of one requested run while it may take several processes to perform it."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAILURES: Final = ("error", "failed")


@dataclass
class Attempts:
    """Keeps the promise of the client: one `Finished` for each collected test, one `Ended`; of a
    run that is over with its first failure, no `Finished` for the tests after it.

    A process that is lost takes the rest of its tests with it; the test in which it was lost is
    the culprit, and the others get another process, without the culprit.
    """

    run: wire.Run
    _collected: tuple[str, ...] = ()
    _was_collected: bool = False
    _finished: set[str] = field(default_factory=set[str])
    _culprits: list[str] = field(default_factory=list[str])
    _current: str | None = None
    _has_progressed: bool = False
    _has_failed: bool = False
    _incident: wire.Ended | None = None

    def next_run(self) -> wire.Run:
        """What to ask for now. Coverage must be of all tests, so they are all run again for it."""
        done = self._culprits if self.run.measure is not None else sorted(self._finished)
        self._current = None
        self._has_progressed = False
        return replace(self.run, skip=[*self.run.skip, *done])

    def see(self, message: wire.Message) -> Iterator[wire.Message]:
        """Take notice of a message of the probe; yields it unless it only repeats what was said."""
        match message:
            case wire.Collected():
                if not self._was_collected:
                    self._was_collected = True
                    self._collected = tuple(message.tests)
                    yield message
            case wire.Started():
                self._current = message.test
                if message.test not in self._finished:
                    yield message
            case wire.Finished():
                self._current = None
                if message.test not in self._finished:
                    self._finished.add(message.test)
                    self._has_progressed = True
                    self._has_failed |= message.outcome in _FAILURES
                    yield message
            case _:
                yield message

    def end(self, ended: wire.Ended) -> Iterator[wire.Message]:
        """The process is over: the fate of the culprit, and `Ended` once nothing remains."""
        is_lost = ended.exit_code is None
        remaining = [test for test in self._collected if test not in self._finished]
        if (is_lost or remaining) and self._incident is None:
            self._incident = ended
        if is_lost and self._current is not None:
            yield from self._condemn(self._current, ended)
        elif remaining and not self._has_progressed:
            for test in remaining:
                yield from self._condemn(test, ended)
        if self.is_over:
            yield self._incident or ended

    @property
    def is_over(self) -> bool:
        """Every collected test has its `Finished`, or one failed and that is enough."""
        is_enough = self.run.until_failure and self._has_failed
        return is_enough or self._finished.issuperset(self._collected)

    def _condemn(self, test: str, ended: wire.Ended) -> Iterator[wire.Message]:
        self._culprits.append(test)
        self._has_progressed = self._has_failed = True
        if test in self._finished:
            return
        self._finished.add(test)
        outcome = "timeout" if ended.timed_out else "lost"
        yield wire.Finished(
            run=self.run.run,
            test=test,
            outcome=outcome,
            calls=0,
            misfit=None,
            unanswered=False,
            lies=[],
            exception=None,
            message=_fate(ended, self.run.timeout),
            line=None,
            in_test=False,
            seconds=self.run.timeout if ended.timed_out else 0.0,
        )


def _fate(ended: wire.Ended, timeout: float) -> str:
    if ended.timed_out:
        return f"still running after {timeout:g} s, and ended"
    if ended.signal is not None:
        return f"the process was killed by {_signal_name(ended.signal)}"
    if ended.exit_code is not None:
        return "the session ended before this test was run"
    return f"the process ended with code {ended.lost_with} before the test was over"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
