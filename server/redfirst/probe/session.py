"""One session of pytest that is collected once and run many times: in a fork for each stub.

All stubs share one module text, so nothing that happens before the first test depends on which of
them a run chose. Each fork begins with the very state in which the collection ended, and what it
does to that state ends with it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from . import child, wire
from .nursery import flush, leave

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .nursery import Nursery


def host(first: wire.Run, runs: Iterator[wire.Run], nursery: Nursery) -> NoReturn:
    """Perform `first` and the `runs` that follow. They must differ in their stub and selection
    only: this process has been given to one test file and one module.
    """
    stage = _Forked(first, runs, nursery)
    nursery.channel.send(wire.Spawned(first.run, os.getpid()))
    code = child.perform(first, stage, nursery.channel)
    if stage.report is not None:
        leave(stage.report, lambda: code)
    flush()
    nursery.channel.conclude(wire.Ended(first.run, code))
    os._exit(0)


class _Forked:
    """The stage on which each run is a fork of one collected session."""

    def __init__(self, first: wire.Run, runs: Iterator[wire.Run], nursery: Nursery) -> None:
        self.report: int | None = None
        self._run: wire.Run | None = first
        self._runs = runs
        self._nursery = nursery

    def admit(self, session: pytest.Session) -> wire.Run:
        """Returns in the forks only, in each with its run."""
        while self._run is not None:
            self.report = self._nursery.fork(self._run)
            if self.report is not None:
                _renew_capture(session.config)
                return self._run
            self._run = next(self._runs, None)
        os._exit(0)

    def dismiss(self, session: pytest.Session) -> None:
        """A fork ends with its tests: summaries of plugins cost more than the tests themselves."""
        if self.report is not None:
            failed = pytest.ExitCode.TESTS_FAILED if session.testsfailed else pytest.ExitCode.OK
            leave(self.report, lambda: int(failed))


def _renew_capture(config: pytest.Config) -> None:
    """Forks that share one temporary file would read each other's output."""
    manager: Any = config.pluginmanager.getplugin("capturemanager")
    if manager is not None and manager.is_globally_capturing():
        manager.stop_global_capturing()
        manager.start_global_capturing()
