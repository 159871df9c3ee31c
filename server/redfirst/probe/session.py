"""Sessions of pytest that are begun once and run many times, as a rule in a fork for each run.

All stubs share one module text, so nothing that happens before the first test depends on which of
them a run chose. Each fork begins with the very state in which the session waited, and what it
does to that state ends with it. Tests that leave nothing behind need no fork.
"""

from __future__ import annotations

import importlib
import os
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from . import wire
from .child import Performance, Whole
from .fresh_loader import avoid_racy_test_caches
from .nursery import flush, leave
from .readiness import is_repeatable, obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .nursery import Nursery
    from .plugin import Stage
    from .pupil import Pupil


def host(first: wire.Run, runs: Iterator[wire.Run], nursery: Nursery) -> NoReturn:
    """Perform `first` and the `runs` that follow. They must differ in their stub and selection
    only: this process has been given to one test file and one module.
    """
    stage = _Collected(first, runs, nursery)
    performance = Performance(first.test_file, stage, nursery.channel)
    stage.begin(performance)
    stage.end(performance.perform())


def prepare(
    order: wire.Prepare, runs: Iterator[wire.Run], nursery: Nursery, pupil: Pupil | None
) -> NoReturn:
    """Do what pytest does before it collects; then perform the `runs`, which are of that file."""
    stage = _Waiting(runs, nursery, pupil)
    performance = Performance(order.test_file, stage, nursery.channel)
    stage.performance = performance
    avoid_racy_test_caches(order.test_file)  # of conftest.py, which is loaded now
    if order.target is not None:
        performance.practise(order.target)
    code = performance.perform()
    stage.end(code)


class _Collected:
    """The stage on which each run is a fork of one collected session."""

    def __init__(self, first: wire.Run, runs: Iterator[wire.Run], nursery: Nursery) -> None:
        self._first = first
        self._run: wire.Run | None = first
        self._runs = runs
        self._nursery = nursery
        self._report: int | None = None
        self._is_here = False
        self._failed = 0

    def begin(self, performance: Performance) -> None:
        self._nursery.channel.send(wire.Spawned(self._first.run, os.getpid()))
        performance.begin(self._first)

    def open(self, session: pytest.Session) -> None:
        """What will be collected is known."""

    def admit(self, session: pytest.Session) -> wire.Run:
        """Returns in the forks only, in each with its run; and here, when no fork is needed."""
        if self._first.repeatable and is_repeatable(session):
            self._nursery.settle(self._first)
            self._is_here = True
            return self._first
        for item in session.items:
            _ = item.location  # computed here once, and not in every fork
        while self._run is not None:
            self._report = self._nursery.fork(self._run)
            if self._report is not None:
                _renew_capture(session.config)
                return self._run
            self._run = next(self._runs, None)
        os._exit(0)

    def dismiss(self, session: pytest.Session) -> wire.Run | None:
        """A fork ends with its tests: summaries of plugins cost more than the tests themselves."""
        failed = session.testsfailed > self._failed
        code = int(pytest.ExitCode.TESTS_FAILED if failed else pytest.ExitCode.OK)
        if self._report is not None:
            leave(self._report, lambda: code)
        if self._run is None or not self._is_here:
            return None
        self._failed = session.testsfailed
        flush()
        self._nursery.channel.conclude(wire.Ended(self._run.run, code))
        self._run = next(self._runs, None)
        if self._run is None:
            os._exit(0)
        self._nursery.channel.hold(wire.Spawned(self._run.run, os.getpid()))
        return self._run

    def leave(self, code: int) -> None:
        """The forks have left already."""

    def end(self, code: int) -> NoReturn:
        """The session is over: in a fork, or before it could be forked."""
        if self._report is not None:
            leave(self._report, lambda: code)
        flush()
        now = self._run or self._first
        self._nursery.channel.conclude(wire.Ended(now.run, code))
        os._exit(0)


class _Waiting:
    """The stage of a session that waits, all set up, for its runs.

    Whole ones get a fork each. One that measures, or has a stub, is given the process itself.
    """

    performance: Performance

    def __init__(self, runs: Iterator[wire.Run], nursery: Nursery, pupil: Pupil | None) -> None:
        self._runs = runs
        self._nursery = nursery
        self._pupil = pupil
        self._next: Stage | None = None
        self._end: Callable[[int], NoReturn] = self._never_opened
        self._at_last: Callable[[int], object] = _stay

    def open(self, session: pytest.Session) -> None:
        """Returns when it is known what will be run."""
        hindrance = obstacle(session.config)
        self._nursery.channel.send(wire.Prepared(hindrance))
        if hindrance is not None:
            os._exit(0)
        for run in self._runs:
            if run.stub:
                return self._collect(run)
            if run.measure is not None:
                return self._perform(run)
            report = self._nursery.fork(run)
            if report is not None:
                _renew_capture(session.config)
                return self._perform_in_fork(run, report)
        os._exit(0)

    def _collect(self, run: wire.Run) -> None:
        self._next = stage = _Collected(run, self._runs, self._nursery)
        self._end = stage.end
        importlib.invalidate_caches()  # files may be there that were not
        stage.begin(self.performance)

    def _perform(self, run: wire.Run) -> None:
        self._nursery.settle(run)
        self._end = partial(self._conclude, run)
        self._begin(run)

    def _perform_in_fork(self, run: wire.Run, report: int) -> None:
        self._end = partial(self._leave, report)
        if run.until_failure:  # one of very many: summaries cost more than the tests
            self._at_last = self._end
        self._begin(run)

    def _begin(self, run: wire.Run) -> None:
        self._next = Whole(run)
        importlib.invalidate_caches()
        self.performance.begin(run)

    def admit(self, session: pytest.Session) -> wire.Run:
        """As the kind of its first run says."""
        return self._stage.admit(session)

    def dismiss(self, session: pytest.Session) -> wire.Run | None:
        """As the kind of its first run says."""
        return self._stage.dismiss(session)

    @property
    def _stage(self) -> Stage:
        if self._next is None:
            raise RuntimeError("the session was never opened")
        return self._next

    def leave(self, code: int) -> None:
        """Ends a fork that has nobody to write summaries for."""
        self._at_last(code)

    def end(self, code: int) -> NoReturn:
        """The session is over."""
        self._end(code)

    def _never_opened(self, code: int) -> NoReturn:
        self._nursery.channel.send(wire.Prepared(f"pytest ended with code {code} at once"))
        os._exit(0)

    def _leave(self, report: int, code: int) -> NoReturn:
        leave(report, lambda: code)

    def _conclude(self, run: wire.Run, code: int) -> NoReturn:
        if self._pupil is not None:
            self._nursery.channel.send(self._pupil.learned())
        flush()
        self._nursery.channel.conclude(wire.Ended(run.run, code))
        os._exit(0)


def _stay(code: int) -> None:
    """What follows is wanted."""
    del code


def _renew_capture(config: pytest.Config) -> None:
    """Forks that share one temporary file would read each other's output."""
    manager: Any = config.pluginmanager.getplugin("capturemanager")
    if manager is not None and manager.is_globally_capturing():
        manager.stop_global_capturing()
        manager.start_global_capturing()
        manager.suspend_global_capture()
