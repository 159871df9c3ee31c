"""A command that is stopped while tests run: it says so, and leaves no process and no file."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.project import SPEC, make_project
from tests.support.processes import descendants, is_gone

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 120.0  # seconds; only a test that fails ever waits that long
TESTS = '''\
import os, threading
from maths import half

def test_zero():
    """EC-zero: zero -> zero"""
    with open("{bell}", "wb", buffering=0) as bell:
        bell.write(b".")
    threading.Event().wait()
'''


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    ("words", "runs"),
    [
        (("cover", "specs/half.yml"), 1),
        (("verify", "specs/half.yml", "--unsandboxed"), 2),
        (("check", "--unsandboxed"), 2),
    ],
)
def test_nothing_stays(
    tmp_path: Path, words: tuple[str, ...], runs: int, number: signal.Signals
) -> None:
    project, bell, temporary = tmp_path / "project", tmp_path / "bell", tmp_path / "temporary"
    make_project(project)
    (project / "specs/half.yml").write_text(SPEC + "settings: {timeout: 100}\n")
    (project / "tests").mkdir()
    (project / "tests/test_half.py").write_text(TESTS.format(bell=bell))
    temporary.mkdir()
    os.mkfifo(bell)
    with subprocess.Popen(
        [sys.executable, "-m", "redfirst", *words],
        cwd=project,
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        _hear(bell, runs)
        started = [process for process, _ in descendants(command.pid)]
        command.send_signal(number)
        _, said = command.communicate(timeout=PATIENCE)
    assert (command.returncode, said) == (130, "redfirst: interrupted\n")
    assert started
    assert all(map(is_gone, started))
    assert not list(temporary.iterdir())


def _hear(bell: Path, times: int) -> None:
    listening = os.open(bell, os.O_RDONLY | os.O_NONBLOCK)
    keeping = os.open(bell, os.O_WRONLY)
    try:
        heard = b""
        while len(heard) < times:
            assert select.select([listening], [], [], PATIENCE)[0], "no test began"
            heard += os.read(listening, times)
    finally:
        os.close(keeping)
        os.close(listening)
