"""Bad input of every kind: a clear sentence, the right exit code, never a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.project import SPEC, make_project, redfirst, redfirst_here

if TYPE_CHECKING:
    from pathlib import Path

JUDGING = ("validate", "generate", "verify", "cover", "check")


@pytest.mark.parametrize("command", JUDGING)
def test_a_missing_file(tmp_path: Path, command: str) -> None:
    said = redfirst(tmp_path, command, "specs/nothing.yml")
    assert said.code == 2
    assert "RF910 error: There is no spec `specs/nothing.yml`." in said.out


@pytest.mark.parametrize("command", JUDGING)
def test_a_folder_without_specs(tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    said = redfirst_here(tmp_path, command, "empty")
    assert said.code == 2
    assert "RF910" in said.out


@pytest.mark.parametrize("command", JUDGING)
def test_a_binary_file(tmp_path: Path, command: str) -> None:
    (tmp_path / "noise.yml").write_bytes(bytes(range(128, 256)))
    said = redfirst_here(tmp_path, command, "noise.yml")
    assert said.code == 2
    assert "RF906 error: `noise.yml` is not UTF-8" in said.out


@pytest.mark.parametrize("command", JUDGING)
def test_something_that_is_no_spec(tmp_path: Path, command: str) -> None:
    (tmp_path / "list.yml").write_text("- [one,\n: two")
    said = redfirst_here(tmp_path, command, "list.yml")
    assert said.code == 1
    assert "list.yml:" in said.out


@pytest.mark.parametrize("command", JUDGING)
def test_a_broken_pyproject(tmp_path: Path, command: str) -> None:
    make_project(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.redfirst]\nthreshold = high\n")
    said = redfirst_here(tmp_path, command, "specs/half.yml")
    assert said.code == 2
    assert "pyproject.toml:2:" in said.out
    assert "RF904 error:" in said.out


@pytest.mark.parametrize("command", ["verify", "cover"])
def test_an_interpreter_that_does_not_exist(tmp_path: Path, command: str) -> None:
    make_project(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.redfirst]\npython = 'nowhere/python'\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_half.py").write_text("def test_a(): pass\n")
    said = redfirst_here(tmp_path, command, "specs/half.yml", "--format", "json")
    assert said.code == 2
    assert "RF901" in said.out
    assert json.loads(said.out)["ok"] is False


def test_a_test_module_that_is_missing_or_one_too_many(tmp_path: Path) -> None:
    make_project(tmp_path)
    missing = redfirst_here(tmp_path, "verify", "specs/half.yml", "--test", "nothing.py")
    assert (missing.code, missing.err) == (2, "redfirst: There is no test module `nothing.py`.\n")
    (tmp_path / "specs" / "b.yml").write_text(SPEC)
    many = redfirst_here(tmp_path, "verify", "specs/half.yml", "specs/b.yml", "--test", "maths.py")
    assert many.code == 2
    assert "judges the test module of one spec" in many.err


def test_a_provider_that_is_not_there(tmp_path: Path) -> None:
    said = redfirst_here(make_project(tmp_path), "generate", "specs/half.yml", "--provider", "gpt")
    assert said.code == 2
    assert "invalid choice: 'gpt'" in said.err


@pytest.mark.parametrize(
    "words", [("validate",), ("skeleton",), ("verify", "specs/half.yml", "--test")]
)
def test_a_name_that_no_file_can_have(tmp_path: Path, words: tuple[str, ...]) -> None:
    name = 300 * "a"
    said = redfirst_here(make_project(tmp_path), *words, name)
    assert said.code == 2
    assert f"`{name}`" in said.out + said.err
    assert "mistake in redfirst" not in said.err


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_what_could_not_be_judged_is_told_in_every_format(tmp_path: Path, form: str) -> None:
    said = redfirst_here(tmp_path, "validate", "nothing.yml", "--format", form)
    assert said.code == 2
    assert "RF910" in said.out
    assert said.err == ""


def test_a_narrow_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(SPEC.replace("zero -> zero", "-> 漢字"), "utf-8")
    said = redfirst_here(tmp_path, "validate", "a.yml", PYTHONIOENCODING="ascii")
    assert said.code in {0, 1}
    assert said.out.isascii()
