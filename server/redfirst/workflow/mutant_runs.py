"""Run tests on mutants of an implementation, and say what became of each.

Nothing is believed of a run whose like on the untouched text does not pass, and nothing at all when
a text that cannot be imported goes unnoticed: then the tests do not run what they are served.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.strength import Fate, Tried
from redfirst.probe import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.project.probe_client import Probe

_BROKEN: Final = "raise RuntimeError('this text stands in for the module')\n"
_UNNOTICED: Final = "no text in the place of the implementation reaches the tests"
_NOT_ALONE: Final = "the tests that reach it do not pass when they are run without the others"
_SLOWER: Final = 10  # times the slowest test; beyond that a mutant is taken to run forever
_START: Final = 3.0  # seconds on top of that: a busy machine must not make a mutant look noticed
_FAILED: Final = ("failed", "error", "lost", "timeout")


@dataclass(frozen=True, slots=True)
class Trial:
    """What is run: `test_file` (relative to the probe's folder) on texts in the place of `source`,
    which the file `target` holds. `timeout` is in seconds for each test of the untouched text.
    """

    test_file: str
    target: str
    source: str
    timeout: float


async def try_mutants(
    probe: Probe, trial: Trial, mutants: Sequence[Mutant], tell: Callable[[int], None]
) -> tuple[Tried, ...]:
    """The fate of each mutant, in their order. `tell` hears how many are over.

    Leaving early ends every process. Raises `ProbeFailed`.
    """
    work = _Work(trial, mutants)
    async with aclosing(probe.execute(work.runs())) as messages:
        async for message in messages:
            work.hear(message)
            if isinstance(message, wire.Ended):
                tell(work.over)
    return work.tried()


@dataclass
class _Said:
    """What one run said."""

    finished: list[wire.Finished] = field(default_factory=list[wire.Finished])
    ended: wire.Ended | None = None

    @property
    def is_green(self) -> bool:
        outcomes = {one.outcome for one in self.finished}
        ended_well = self.ended is not None and self.ended.exit_code == 0
        return ended_well and "passed" in outcomes and outcomes <= {"passed", "skipped"}

    @property
    def failure(self) -> wire.Finished | None:
        return next((one for one in self.finished if one.outcome in _FAILED), None)


class _Work:
    """Orders the runs, and judges them."""

    def __init__(self, trial: Trial, mutants: Sequence[Mutant]) -> None:
        self._trial = trial
        self._mutants = mutants
        self._said = defaultdict[str, _Said](_Said)
        self._unavailable = ""
        groups = dict.fromkeys(mutant.tests for mutant in mutants)
        self._controls = {tests: f"control {number}" for number, tests in enumerate(groups)}
        self.over = 0

    def runs(self) -> Iterator[wire.Run]:
        """Those on the untouched text and the broken one first: they tell how long tests take."""
        if not self._mutants:
            return
        every = frozenset(test for mutant in self._mutants for test in mutant.tests)
        trial = self._trial
        yield self._run("broken", _BROKEN, every, trial.timeout)
        for tests, name in self._controls.items():
            yield self._run(name, trial.source, tests, trial.timeout)
        for mutant in self._mutants:
            if not self._is_hopeless(mutant):
                text = mutant.applied_to(trial.source)
                yield self._run(mutant.id, text, mutant.tests, self._limit(mutant.tests))

    def hear(self, message: wire.Message) -> None:
        """Take notice of what the probe says."""
        match message:
            case wire.Finished():
                self._said[message.run].finished.append(message)
            case wire.Ended():
                self._said[message.run].ended = message
                self.over += message.run not in {"broken", *self._controls.values()}
            case wire.Unavailable():
                self._unavailable = message.message
            case _:
                pass

    def tried(self) -> tuple[Tried, ...]:
        """The fate of each mutant."""
        return tuple(map(self._fate, self._mutants))

    def _run(self, name: str, text: str, tests: frozenset[str], timeout: float) -> wire.Run:
        return wire.Run(
            run=name,
            test_file=self._trial.test_file,
            texts={self._trial.target: text},
            only=sorted(tests),
            until_failure=True,
            timeout=timeout,
        )

    def _limit(self, tests: frozenset[str]) -> float:
        control = self._said[self._controls[tests]]
        if control.ended is None:  # it is still at work in another process
            return self._trial.timeout
        slowest = max((one.seconds for one in control.finished), default=0.0)
        return min(self._trial.timeout, slowest * _SLOWER + _START)

    def _is_hopeless(self, mutant: Mutant) -> bool:
        """Whether it is known already that its run would say nothing."""
        broken, control = self._said["broken"], self._said[self._controls[mutant.tests]]
        return broken.is_green or (control.ended is not None and not control.is_green)

    def _fate(self, mutant: Mutant) -> Tried:
        said = self._said[mutant.id]
        if self._unavailable:
            return Tried(mutant, Fate.NOT_RUN, reason=self._unavailable)
        if self._said["broken"].is_green:
            return Tried(mutant, Fate.NOT_RUN, reason=_UNNOTICED)
        if not self._said[self._controls[mutant.tests]].is_green:
            return Tried(mutant, Fate.NOT_RUN, reason=_NOT_ALONE)
        if said.is_green:
            return Tried(mutant, Fate.SURVIVED)
        failure = said.failure
        test = None if failure is None else failure.test
        is_late = said.ended is not None and said.ended.timed_out
        return Tried(mutant, Fate.TIMED_OUT if is_late else Fate.NOTICED, test)
