"""One run of pytest, in the process that belongs to it alone."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from . import fresh_loader, wire
from .plugin import Reporter
from .stub_importer import StubImporter

if TYPE_CHECKING:
    from .channel import Channel
    from .measure import Measurer
    from .plugin import Stage


class Whole:
    """The stage of a session that is performed from its beginning to its end."""

    def __init__(self, run: wire.Run) -> None:
        self._run = run

    def admit(self, session: pytest.Session) -> wire.Run:
        """The one run."""
        del session
        return self._run

    def dismiss(self, session: pytest.Session) -> None:
        """Let pytest finish."""


def perform(run: wire.Run, stage: Stage, channel: Channel) -> int:
    """Run pytest as `python -m pytest` would, say what happens, and return its exit code."""
    arguments = _arguments(run.test_file)
    _look_like_pytest(arguments)
    fresh_loader.install()
    fresh_loader.avoid_racy_test_caches(run.test_file)
    importer = StubImporter(run.modules, run.absent)
    importer.install()
    measurer = _measurer(run, channel)
    reporter = Reporter(run, stage, channel, importer, measurer)
    code = int(pytest.main(arguments, plugins=[reporter]))
    if measurer is not None:
        _report_coverage(measurer, run, channel)
    return code


def _arguments(test_file: str) -> list[str]:
    cache = os.path.join(tempfile.gettempdir(), "pytest-cache")  # noqa: PTH118
    return [test_file, "-o", f"cache_dir={cache}"]


def _look_like_pytest(arguments: list[str]) -> None:
    """`python -m pytest` puts the working directory first on the path, unless told to be safe."""
    sys.argv[:] = [os.path.join(os.path.dirname(pytest.__file__), "__main__.py"), *arguments]  # noqa: PTH118, PTH120
    if not getattr(sys.flags, "safe_path", False):
        sys.path.insert(0, os.getcwd())  # noqa: PTH109


def _measurer(run: wire.Run, channel: Channel) -> Measurer | None:
    if run.measure is None:
        return None
    try:
        from .measure import Measurer  # noqa: PLC0415  (coverage may be missing)

        measurer = Measurer(run.measure)
        measurer.start()
    except Exception as error:  # noqa: BLE001  (a bad configuration of the user's, too)
        channel.send(wire.Unavailable("coverage", f"{type(error).__name__}: {error}"))
        return None
    return measurer


def _report_coverage(measurer: Measurer, run: wire.Run, channel: Channel) -> None:
    try:
        channel.send(measurer.finish(run.run))
    except Exception as error:  # noqa: BLE001
        channel.send(wire.Unavailable("coverage", f"{type(error).__name__}: {error}"))
