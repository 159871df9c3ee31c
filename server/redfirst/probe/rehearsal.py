"""A throw-away session of pytest, so that what every session needs is imported already.

Pytest itself must import its plugins: those that are imported by hand lose assertion rewriting.
"""

from __future__ import annotations

import importlib
import linecache
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

_NAME = "test_redfirst_rehearsal"
_MODULE = """
import pytest

@pytest.mark.parametrize("number", [1, 2])
def test_passes(number, tmp_path, monkeypatch, capsys):
    assert number

def test_raises():
    with pytest.raises(ValueError, match="x"):
        raise ValueError("x")

def test_fails():
    assert [1, {"a": 1}] == [1, {"a": 2}]
"""
_OURS = (
    "child",
    "session",
    "quiet",
    "readiness",
    "plugin",
    "failure",
    "stub_importer",
    "stub_runtime",
    "witness",
)
_TRACES = ("last_type", "last_value", "last_traceback", "last_exc")


def rehearse() -> None:
    """Leaves nothing behind but imported modules."""
    for name in _OURS:
        importlib.import_module(f".{name}", __package__)
    with _empty_folder() as folder:
        test = folder / f"{_NAME}.py"
        test.write_text(_MODULE, encoding="utf-8")
        options = ["-c", os.devnull, "--rootdir", str(folder), "-o", f"cache_dir={folder}/cache"]
        with suppress(Exception), _measured(test):  # a plugin may need the project's options
            pytest.main([str(test), *options])


@contextmanager
def _empty_folder() -> Generator[Path]:
    place, path, environment = Path.cwd(), list(sys.path), dict(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(place)
        sys.path[:] = path
        os.environ.clear()
        os.environ.update(environment)
        sys.modules.pop(_NAME, None)
        sys.path_importer_cache.pop(str(folder), None)
        for trace in _TRACES:
            if hasattr(sys, trace):
                delattr(sys, trace)
        for file in [file for file in linecache.cache if file.startswith(str(folder))]:
            del linecache.cache[file]
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _measured(test: Path) -> Generator[None]:
    """Coverage is rehearsed too, where it is installed."""
    try:
        from . import wire  # noqa: PLC0415
        from .measure import Measurer  # noqa: PLC0415
    except ImportError:
        yield
        return
    measure = wire.Measure(_NAME, str(test), contexts=True, data_folder=str(test.parent))
    measurer = Measurer(measure.target)
    measurer.start(measure)
    try:
        yield
    finally:
        measurer.finish("rehearsal")
