"""Has runs performed by the probe in the project's interpreter, and watches over its processes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.attempt import Attempts
from redfirst.project.probe_process import CAN_FORK, ProbeProcess
from redfirst.project.sandbox import Sandbox
from redfirst.project.together import all_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
    from pathlib import Path

    from redfirst.project.warm import Warmth

_START_LIMIT: Final = 60.0  # seconds to import pytest, on a machine that is busy
_OWN_START: Final = 3.0  # seconds of grace for pytest itself before the first test
_LAST_WORDS: Final = 5.0  # seconds for the probe to say how a run ended that we killed
_REPORT_LIMIT: Final = 60.0  # seconds for coverage.py to write its report


class ProbeFailed(Exception):  # noqa: N818
    """The interpreter cannot be started, or ended before the probe could say a word."""


@dataclass(frozen=True)
class Probe:
    """Runs tests with `interpreter`, in the working directory `root`, `jobs` runs at a time.

    Its processes come from `warmth`, where there is one, and answer the same.
    """

    interpreter: Path
    root: Path
    sandbox: Sandbox = field(default_factory=Sandbox)
    jobs: int = 1
    warmth: Warmth | None = None

    async def start_process(self, run: wire.Run) -> ProbeProcess:
        """A process for that run and others of its kind. `OSError` when it cannot be started."""
        if self.warmth is None:
            return await ProbeProcess.start(self.interpreter, self.root, self.sandbox)
        return await self.warmth.start(self.interpreter, self.sandbox, self.root, run)

    async def execute(self, runs: Iterable[wire.Run]) -> AsyncGenerator[wire.Message]:
        """Perform the runs and tell what happens, in the order in which it happens.

        First comes `Ready`, or `Unavailable` and nothing more. Each run ends with one `Ended`;
        before it, each test that was collected has one `Finished`, whatever became of its process.
        The messages of runs that are performed at the same time are mixed. Close the generator
        (`contextlib.aclosing`) when leaving early: that ends every process. Raises `ProbeFailed`.

        A run is taken from `runs` only when everything that was told before has been heard, so a
        generator can decide by it what to ask for next.
        """
        messages: asyncio.Queue[wire.Message | None] = asyncio.Queue()
        waiting = _Waiting(iter(runs), messages)
        announced = _Once(messages.put_nowait)
        lanes = [
            _Lane(self, waiting, announced, messages.put_nowait) for _ in range(max(self.jobs, 1))
        ]
        everything = asyncio.create_task(_drive_all(lanes, messages))
        try:
            while (message := await messages.get()) is not None:
                yield message
                messages.task_done()
            await everything
        finally:
            everything.cancel()
            await asyncio.gather(everything, return_exceptions=True)


async def _drive_all(lanes: list[_Lane], messages: asyncio.Queue[wire.Message | None]) -> None:
    """Until every lane is through or one has failed; the last message is none."""
    try:
        await all_of(lane.drive() for lane in lanes)
    finally:
        messages.put_nowait(None)


@dataclass
class _Waiting:
    """The runs that nobody has begun."""

    runs: Iterator[wire.Run]
    messages: asyncio.Queue[wire.Message | None]

    async def next(self) -> wire.Run | None:
        """The next run, `None` when there is no other."""
        await self.messages.join()
        return next(self.runs, None)

    def forget(self) -> None:
        """No run will be performed any more."""
        self.runs = iter(())


class _Once:
    """Passes on the first greeting; the processes that come later have nothing new to say."""

    def __init__(self, emit: Callable[[wire.Message], None]) -> None:
        self._emit = emit
        self._has_spoken = False

    def __call__(self, greeting: wire.Message) -> None:
        if not self._has_spoken:
            self._has_spoken = True
            self._emit(greeting)


class _Lane:
    """Performs runs one after the other, with a new process whenever the old one is lost."""

    def __init__(
        self,
        probe: Probe,
        waiting: _Waiting,
        announce: Callable[[wire.Message], None],
        emit: Callable[[wire.Message], None],
    ) -> None:
        self._probe = probe
        self._waiting = waiting
        self._announce = announce
        self._emit = emit
        self._process: ProbeProcess | None = None

    async def drive(self) -> None:
        """Until no run waits, or the probe cannot work here."""
        try:
            while (run := await self._waiting.next()) is not None:
                if not await self._perform(Attempts(run)):
                    self._waiting.forget()
            self._retire()
        finally:
            await self._let_go()

    async def _perform(self, attempts: Attempts) -> bool:
        while True:
            process = await self._ready_process(attempts.run)
            if process is None:
                return False
            ended = await self._watch(process, attempts)
            for message in attempts.end(ended):
                self._emit(message)
            if attempts.is_over:
                return True

    async def _ready_process(self, run: wire.Run) -> ProbeProcess | None:
        """A process that can perform the run; `None` when the interpreter has no pytest."""
        if self._process is not None and self._process.can_perform(run):
            return self._process
        await self._let_go()
        probe = self._probe
        try:
            self._process = await probe.start_process(run)
        except OSError as error:
            raise ProbeFailed(f"{probe.interpreter} cannot be started: {error}") from error
        try:
            greeting = await self._process.greet(_START_LIMIT)
        except TimeoutError as error:
            raise ProbeFailed(f"{probe.interpreter} said nothing for {_START_LIMIT:g} s") from error
        if greeting is None:
            code, output = await self._let_go()
            words = output[-2000:].strip().rstrip(".")
            raise ProbeFailed(f"{probe.interpreter} ended with code {code}: {words}")
        self._announce(greeting)
        return self._process if isinstance(greeting, wire.Ready) else None

    async def _watch(self, process: ProbeProcess, attempts: Attempts) -> wire.Ended:
        """Send the run, pass on what comes, and say how its process ended."""
        run = attempts.next_run()
        await process.send(run)
        limit = run.timeout + _OWN_START
        try:
            while True:
                message = await process.receive(limit)
                if message is None:
                    return await self._lost(run)
                if isinstance(message, wire.Ended):
                    return await self._ended(process, message)
                for news in attempts.see(message):
                    self._emit(news)
                if isinstance(message, wire.Finished):
                    limit = run.timeout + (_LAST_WORDS if run.measure is None else _REPORT_LIMIT)
                elif isinstance(message, wire.Started):
                    limit = run.timeout
        except TimeoutError:
            return await self._cut(process, run)

    async def _ended(self, process: ProbeProcess, ended: wire.Ended) -> wire.Ended:
        process.run_is_over()
        output = await process.output()
        if not CAN_FORK:
            await self._let_go()
        return replace(ended, output=output)

    async def _cut(self, process: ProbeProcess, run: wire.Run) -> wire.Ended:
        """The time is over. The probe outlives the run, unless it was stopped or blocked too.

        On a busy machine the run may have ended by itself, and the news of it come late.
        """
        process.end_run()
        with suppress(TimeoutError):
            while (message := await process.receive(_LAST_WORDS)) is not None:
                if isinstance(message, wire.Ended):
                    ended = await self._ended(process, message)
                    if ended.lost_with is not None:
                        return ended
                    return replace(ended, exit_code=None, signal=None, timed_out=True)
        _, output = await self._let_go()
        return wire.Ended(run.run, None, timed_out=True, output=output)

    async def _lost(self, run: wire.Run) -> wire.Ended:
        code, output = await self._let_go()
        if code < 0:
            return wire.Ended(run.run, None, signal=-code, output=output)
        return wire.Ended(run.run, None, lost_with=code, output=output)

    def _retire(self) -> None:
        """All runs are over: where processes are kept, nobody has to wait for the end of one."""
        if self._probe.warmth is not None and self._process is not None:
            self._probe.warmth.retire(self._process)
            self._process = None

    async def _let_go(self) -> tuple[int, str]:
        """End the process; its exit code and what it printed last."""
        process, self._process = self._process, None
        if process is None:
            return 0, ""
        code = await process.close()
        return code, await process.output()
