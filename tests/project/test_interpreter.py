"""Which interpreter runs the tests, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from redfirst.project.interpreter import InterpreterMissing, find_interpreter, python_of


def test_our_own_when_there_is_nothing_else(tmp_path: Path) -> None:
    found = find_interpreter(tmp_path, None, {})
    assert found.path == Path(sys.executable)
    assert "redfirst's own" in found.reason


@pytest.mark.parametrize(
    "layout", ["bin/python", "bin/python3", "Scripts/python.exe", "python.exe"]
)
def test_environments_of_every_system(tmp_path: Path, layout: str) -> None:
    assert python_of(tmp_path) is None
    made = program(tmp_path / layout)
    assert python_of(tmp_path) == made


@pytest.mark.parametrize("name", [".venv", "venv"])
def test_an_environment_in_the_root(tmp_path: Path, name: str) -> None:
    made = program(tmp_path / name / "bin" / "python")
    found = find_interpreter(tmp_path, None, {})
    assert found.path == made
    assert f"`{name}`" in found.reason


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_the_active_environment_goes_first(tmp_path: Path, variable: str) -> None:
    program(tmp_path / ".venv" / "bin" / "python")
    active = program(tmp_path / "active" / "bin" / "python")
    found = find_interpreter(tmp_path, None, {variable: str(tmp_path / "active")})
    assert found.path == active
    assert variable in found.reason


def test_an_active_environment_that_is_gone_is_passed_over(tmp_path: Path) -> None:
    made = program(tmp_path / ".venv" / "bin" / "python")
    found = find_interpreter(tmp_path, None, {"VIRTUAL_ENV": str(tmp_path / "gone")})
    assert found.path == made


@pytest.mark.parametrize(
    "setting", ["other", "other/bin/python", "{root}/other/bin/python", "my-python"]
)
def test_the_setting_wins(tmp_path: Path, setting: str) -> None:
    program(tmp_path / ".venv" / "bin" / "python")
    other = program(tmp_path / "other" / "bin" / "python")
    command = program(tmp_path / "path" / "my-python")
    found = find_interpreter(
        tmp_path, setting.format(root=tmp_path), {"PATH": str(tmp_path / "path")}
    )
    assert found.path == (command if setting == "my-python" else other)
    assert "settings" in found.reason


def test_a_setting_with_nothing_behind_it_says_so(tmp_path: Path) -> None:
    program(tmp_path / ".venv" / "bin" / "python")
    with pytest.raises(InterpreterMissing, match="names no interpreter"):
        find_interpreter(tmp_path, "nowhere/python", {"PATH": ""})


@pytest.mark.parametrize(
    ("tool", "mark"),
    [("uv", "uv.lock"), ("poetry", "poetry.lock"), ("pdm", "pdm.lock"), ("pdm", ".pdm-python")],
)
def test_a_tool_is_asked_where_its_mark_stands(tmp_path: Path, tool: str, mark: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    python = program(tmp_path / "kept" / "bin" / "python")
    program(tmp_path / "path" / tool, f"echo {python}")
    environment = {"PATH": f"{tmp_path / 'path'}:/bin:/usr/bin"}
    assert find_interpreter(root, None, environment).path == Path(sys.executable)
    (root / mark).touch()
    found = find_interpreter(root, None, environment)
    assert found.path == python
    assert f"`{tool} " in found.reason


@pytest.mark.parametrize("answer", ["exit 1", "echo", "echo nothing to be found", "echo /nowhere"])
def test_a_tool_without_an_answer_is_passed_over(tmp_path: Path, answer: str) -> None:
    (tmp_path / "uv.lock").touch()
    program(tmp_path / "path" / "uv", answer)
    environment = {"PATH": f"{tmp_path / 'path'}:/bin:/usr/bin"}
    assert find_interpreter(tmp_path, None, environment).path == Path(sys.executable)


def test_a_conda_environment_in_the_root(tmp_path: Path) -> None:
    (tmp_path / "env" / "conda-meta").mkdir(parents=True)
    made = program(tmp_path / "env" / "bin" / "python")
    assert find_interpreter(tmp_path, None, {}).path == made


def program(path: Path, script: str = "exit 0") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
