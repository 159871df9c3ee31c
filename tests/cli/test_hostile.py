"""Tests that misbehave, in real projects with old and new pytest: a clear finding, every time."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.cli.project import CODE, SPEC, redfirst, redfirst_here
from tests.support.environments import BARE, NEW, OLD, python_with

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '''\
import os, signal, subprocess, sys, threading
import pytest
from maths import half

def test_good():
    """EC-zero: zero -> zero"""
    assert half(0) == 0

'''


@pytest.fixture(params=[OLD, NEW], ids=["pytest8", "pytest9"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project whose own interpreter has an old or a new pytest."""
    return project_with(python_with(request.param), tmp_path)


@pytest.fixture
def of_any_pytest(tmp_path: Path) -> Path:
    """For what pytest has no part in: the end of a process is the same with every version."""
    return project_with(python_with(NEW), tmp_path)


def project_with(python: Path, folder: Path) -> Path:
    (folder / "specs").mkdir()
    (folder / "tests").mkdir()
    (folder / "specs/half.yml").write_text(SPEC)
    (folder / "maths.py").write_text(CODE)
    settings = f'[tool.redfirst]\npython = "{python}"\n'
    (folder / "pyproject.toml").write_text(settings)
    return folder


def give_up_soon(project: Path) -> None:
    """For tests that never end; on a busy machine honest ones may need longer."""
    (project / "specs/half.yml").write_text(SPEC + "settings: {timeout: 1}\n")


def test_the_whole_loop(project: Path) -> None:
    assert redfirst(project, "generate", "specs/half.yml").code == 0
    assert redfirst(project, "verify", "specs/half.yml").code == 0
    said = redfirst(project, "cover", "specs/half.yml")
    assert said.code == 0, said.out
    assert "100.0 % of lines" in said.out
    assert redfirst(project, "check").code == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("os._exit(0)", "RF303"),
        ("sys.exit(0)", "RF303"),
        ("pytest.exit('enough')", "RF303"),
    ],
)
def test_a_test_that_leaves_is_named_and_the_others_are_judged(
    project: Path, body: str, code: str
) -> None:
    expect_bad_and_good(project, body, code)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("half(-4)\n    os._exit(0)", "RF303"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "RF303"),
        ("threading.Event().wait()", "RF305"),
        ("while True:\n        pass", "RF305"),
    ],
)
def test_a_test_that_gets_in_the_way_is_named_and_the_others_are_judged(
    of_any_pytest: Path, body: str, code: str
) -> None:
    expect_bad_and_good(of_any_pytest, body, code)


def expect_bad_and_good(project: Path, body: str, code: str) -> None:
    if code == "RF305":
        give_up_soon(project)
    text = f'{HEAD}def test_bad():\n    """EC-negative: negative number"""\n    {body}\n'
    (project / "tests/hostile.py").write_text(text + "    assert half(-4) == -2\n")
    said = redfirst_here(project, "verify", "specs/half.yml", "--test", "tests/hostile.py")
    assert said.code == 1
    assert f"{code} error: `test_bad`" in said.out, said.out
    assert "red" in next(line for line in said.out.splitlines() if "test_good" in line)


def test_a_test_that_kills_its_runner_is_not_trusted(project: Path) -> None:
    """In a sandbox it dies with its runner; elsewhere it may live on and take the others along."""
    killer = "os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)"
    text = f'{HEAD}def test_bad():\n    """EC-negative: negative number"""\n    {killer}\n'
    (project / "tests/hostile.py").write_text(text + "    assert half(-4) == -2\n")
    said = redfirst_here(project, "verify", "specs/half.yml", "--test", "tests/hostile.py")
    assert said.code == 1
    assert "RF203 error: `os.killpg`" in said.out
    bad = next(line for line in said.out.splitlines() if "test_bad" in line)
    assert "broken" in bad or "inconclusive" in bad, said.out


def test_a_test_that_prints_a_megabyte_is_judged_like_any_other(project: Path) -> None:
    text = HEAD + dedent('''\
        def test_loud():
            """EC-negative: negative number -> negative half"""
            os.write(1, b"x" * 1_000_000)
            print("y" * 1_000_000)
            assert half(-4) == -2
    ''')
    (project / "tests/hostile.py").write_text(text)
    said = redfirst(project, "verify", "specs/half.yml", "--test", "tests/hostile.py")
    assert "2 tests red verified" in said.out
    assert len(said.out) < 10_000


@pytest.mark.parametrize(
    ("text", "code", "exit_code"),
    [
        ("def test_x(:\n", "RF200", 1),
        ("import os\nos._exit(1)\n", "RF307", 1),
        ("import threading\nthreading.Event().wait()\n", "RF307", 1),
        ("import nothing_of_that_name\n", "RF307", 1),
    ],
)
def test_a_module_that_cannot_be_run_is_explained(
    of_any_pytest: Path, text: str, code: str, exit_code: int
) -> None:
    project = of_any_pytest
    if "wait" in text:
        give_up_soon(project)
    (project / "tests/hostile.py").write_text(text)
    said = redfirst_here(project, "verify", "specs/half.yml", "--test", "tests/hostile.py")
    assert said.code == exit_code
    assert code in said.out, said.out


def test_a_conftest_that_raises_is_explained(project: Path) -> None:
    (project / "conftest.py").write_text("raise RuntimeError('no database')\n")
    (project / "tests/hostile.py").write_text(HEAD)
    said = redfirst_here(project, "verify", "specs/half.yml", "--test", "tests/hostile.py")
    assert said.code == 2
    assert "RF905" in said.out
    assert "no database" in said.out


def test_an_interpreter_without_pytest_is_named_with_the_command_that_helps(tmp_path: Path) -> None:
    python = python_with(BARE)
    project = project_with(python, tmp_path)
    said = redfirst_here(project, "generate", "specs/half.yml")
    assert said.code == 2
    assert "RF902" in said.out
    assert f"{python} -m pip install pytest" in said.out.replace("\n", " ")
    assert list((project / "tests").iterdir()) == []


def test_nothing_is_left_behind(project: Path) -> None:
    redfirst(project, "generate", "specs/half.yml")
    redfirst(project, "cover", "specs/half.yml")
    left = {path.name for path in project.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert left == {"pyproject.toml", "half.yml", "maths.py", "test_half.py"}
