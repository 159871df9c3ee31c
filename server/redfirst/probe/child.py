"""One session of pytest, in the process that belongs to it alone."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from . import fresh_loader, wire
from .plugin import Reporter
from .rehearsal import rehearse
from .stub_importer import StubImporter

if TYPE_CHECKING:
    from .channel import Channel
    from .measure import Measurer
    from .plugin import Stage


class Whole:
    """The stage of a session that is performed from its beginning to its end."""

    def __init__(self, run: wire.Run) -> None:
        self._run = run

    def open(self, session: pytest.Session) -> None:
        """The run is known."""

    def admit(self, session: pytest.Session) -> wire.Run:
        """The one run."""
        del session
        return self._run

    def dismiss(self, session: pytest.Session) -> None:
        """There is no other run."""

    def leave(self, code: int) -> None:
        """The summaries are part of it."""


class Performance:
    """A session of pytest on one file. It learns at its beginning, or later, what run it is."""

    def __init__(self, test_file: str, stage: Stage, channel: Channel) -> None:
        self._test_file = test_file
        self._channel = channel
        self._importer = StubImporter()
        self._measurer: Measurer | None = None
        self._reporter = Reporter(test_file, stage, channel, self._importer)
        self._finder = fresh_loader.install()

    def practise(self, target: str) -> None:
        """Make ready to measure the file `target`."""
        with suppress(Exception):  # the run will say what is wrong
            self._measurer = _new_measurer(target)
            with self._measurer.practising():
                rehearse()

    def begin(self, run: wire.Run) -> None:
        """From now on the project is what the run says that it is."""
        fresh_loader.avoid_racy_test_caches(run.test_file)
        self._importer.serve(run.modules, run.absent)
        self._finder.serve(run.texts, run.stand_ins)
        self._measurer = self._started(run.measure)
        self._reporter.begin(run, self._measurer)

    def _started(self, measure: wire.Measure | None) -> Measurer | None:
        if measure is None:
            return None
        try:
            practised = self._measurer
            is_fit = practised is not None and practised.target == measure.target
            measurer = practised if practised and is_fit else _new_measurer(measure.target)
            measurer.start(measure)
        except Exception as error:  # noqa: BLE001  (a bad configuration of the user's, too)
            self._channel.send(wire.Unavailable("coverage", f"{type(error).__name__}: {error}"))
            return None
        return measurer

    def perform(self) -> int:
        """Run pytest as `python -m pytest` would, say what happens, and return its exit code."""
        arguments = _arguments(self._test_file)
        _look_like_pytest(arguments)
        code = int(pytest.main(arguments, plugins=[self._reporter]))
        if self._measurer is not None:
            _report_coverage(self._measurer, self._reporter.run.run, self._channel)
        return code


def _arguments(test_file: str) -> list[str]:
    cache = os.path.join(tempfile.gettempdir(), "pytest-cache")  # noqa: PTH118
    return [test_file, "-o", f"cache_dir={cache}"]


def _look_like_pytest(arguments: list[str]) -> None:
    """`python -m pytest` puts the working directory first on the path, unless told to be safe."""
    sys.argv[:] = [os.path.join(os.path.dirname(pytest.__file__), "__main__.py"), *arguments]  # noqa: PTH118, PTH120
    if not getattr(sys.flags, "safe_path", False):
        sys.path.insert(0, os.getcwd())  # noqa: PTH109


def _new_measurer(target: str) -> Measurer:
    from .measure import Measurer  # noqa: PLC0415  (coverage may be missing)

    return Measurer(target)


def _report_coverage(measurer: Measurer, run: str, channel: Channel) -> None:
    try:
        channel.send(measurer.finish(run))
    except Exception as error:  # noqa: BLE001
        channel.send(wire.Unavailable("coverage", f"{type(error).__name__}: {error}"))
