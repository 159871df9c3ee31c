"""One throw-away session of pytest, so that a fork inherits everything that a session imports.

Plugins must be imported by pytest itself: imported by hand they would lose assertion rewriting.
Nothing of the project is touched: the session runs in an empty folder, with no configuration.
"""

from __future__ import annotations

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
_TESTS = """
import pytest

@pytest.fixture
def number(tmp_path, monkeypatch, capsys):
    return 1

@pytest.mark.parametrize("row", [1, 2])
def test_row(row, number):
    assert row

def test_error():
    with pytest.raises(ValueError, match="x"):
        raise ValueError("x")

def test_failure():
    assert [1, {"a": pytest.approx(0.3)}] == [1, {"a": 0.2}]
"""


def rehearse() -> None:
    """Run the session. Whatever goes wrong in it will show again, in a run that is reported."""
    folder = Path(tempfile.mkdtemp(prefix="redfirst-rehearsal-"))
    with _state_kept(), _output_dropped(), suppress(BaseException):
        (folder / f"{_NAME}.py").write_text(_TESTS, encoding="utf-8")
        os.chdir(folder)
        pytest.main(
            [f"{_NAME}.py", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "-c", os.devnull]
        )
    shutil.rmtree(folder, ignore_errors=True)
    sys.modules.pop(_NAME, None)
    sys.path_importer_cache.pop(str(folder), None)
    linecache.clearcache()


@contextmanager
def _state_kept() -> Generator[None, None, None]:
    folder, path, hooks = Path.cwd(), list(sys.path), list(sys.meta_path)
    environment = dict(os.environ)
    try:
        yield
    finally:
        os.chdir(folder)
        sys.path[:] = path
        sys.meta_path[:] = hooks
        os.environ.clear()
        os.environ.update(environment)


@contextmanager
def _output_dropped() -> Generator[None, None, None]:
    kept = [(number, os.dup(number)) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for number, _ in kept:
            os.dup2(nowhere, number)
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)
