"""The levels that can be tried here, and the people who can try them."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import redfirst
from redfirst.project.sandbox import Level, landlock
from redfirst.project.sandbox.choose import choose, landlock_version

ARENA = Path(__file__).with_name("arena.py")
_STRANGER = 12345


@dataclass(frozen=True)
class Person:
    """Who runs redfirst: the person of this very process, or another without any rights."""

    is_stranger: bool = False


ME = Person()
STRANGER = Person(is_stranger=True)


def need(level: Level) -> None:
    """Skip the test when the machine lacks the level."""
    choice = choose()
    if level is Level.BUBBLEWRAP and choice.level is not level:
        pytest.skip(choice.advice)
    if level is Level.LANDLOCK and (
        sys.platform != "linux" or landlock_version() < landlock.OLDEST
    ):
        pytest.skip(f"the kernel's Landlock is older than version {landlock.OLDEST}")


@functools.cache
def in_the_arena(level: Level, person: Person, module: str) -> dict[str, str]:
    """How each test of the module ended."""
    before, python, path = _as(person)
    with tempfile.TemporaryDirectory(dir="/var/tmp", ignore_cleanup_errors=True) as name:
        if person.is_stranger:
            os.chown(name, _STRANGER, _STRANGER)
        environment = {**os.environ, "HOME": name, "TMPDIR": name, "PYTHONPATH": path}
        done = subprocess.run(
            [*before, python, ARENA, level, Path(name, "arena"), ARENA.with_name(module)],
            env={**environment, "CANARY": "sk-canary"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    ends: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return ends


def _as(person: Person) -> tuple[list[str], str, str]:
    """What comes before the command, which interpreter, and where it finds everything."""
    server = str(Path(redfirst.__file__).parents[1])
    if not person.is_stranger:
        return [], sys.executable, server
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can become somebody else")
    before = ["setpriv", f"--reuid={_STRANGER}", f"--regid={_STRANGER}", "--clear-groups"]
    before.append("env")  # setpriv itself starts things with rights of root
    found = importlib.util.find_spec("pytest")
    assert found is not None
    assert found.origin is not None
    path = os.pathsep.join([server, str(Path(found.origin).parents[1])])
    question = (
        f"import sys, pytest, redfirst; assert sys.version_info[:2] == {sys.version_info[:2]}"
    )
    for python in (sys.executable, "/usr/bin/python3"):
        asked = subprocess.run(
            [*before, python, "-c", question],
            env={"PYTHONPATH": path},
            cwd="/",
            capture_output=True,
            check=False,
        )
        if asked.returncode == 0:
            return before, python, path
    pytest.skip("no interpreter here can be read by everybody")
