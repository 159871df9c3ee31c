"""`redfirst doctor` says what is there and what is not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

from redfirst.project.sandbox.choose import choose
from tests.cli.project import make_project, redfirst, redfirst_here


def test_everything_is_there(tmp_path: Path) -> None:
    said = redfirst(make_project(tmp_path), "doctor")
    assert said.code == 0, said
    lines = said.out.splitlines()
    assert f"✓ ok       project       {tmp_path.resolve()}" in lines
    assert any(line.startswith("✓ ok       pytest        ") for line in lines)
    assert any(line.startswith("✓ ok       coverage      ") for line in lines)
    level = choose().level or "none"
    assert any(line[2:].split() == [line[2:].split()[0], "sandbox", level] for line in lines)
    assert "✓ ok       specs         1 spec in specs/" in lines


def test_the_document_keeps_to_its_schema(tmp_path: Path) -> None:
    schema = json.loads(Path("schemas/doctor.schema.json").read_text("utf-8"))
    document = json.loads(redfirst(make_project(tmp_path), "doctor", "--format", "json").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["ok"] is True
    interpreter = next(one for one in document["checks"] if one["name"] == "interpreter")
    assert sys.executable in interpreter["text"]


def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    make_project(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.redfirst]\npython = 'nowhere'\n")
    said = redfirst(tmp_path, "doctor")
    assert said.code == 1
    assert "✗ missing  interpreter   none\n" in said.out
    assert "names no interpreter" in said.out


def test_a_project_that_only_names_redfirst_is_not_set_up(tmp_path: Path) -> None:
    named = '[dependency-groups]\ndev = ["redfirst"]\n'
    (make_project(tmp_path) / "pyproject.toml").write_text(named)
    said = redfirst_here(tmp_path, "doctor")
    assert "! warn     project" in said.out
    assert "It has no [tool.redfirst], so defaults are used." in said.out


def test_a_broken_setting(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.redfirst]\nthreshold = 'high'\n")
    said = redfirst(tmp_path, "doctor")
    assert said.code == 1
    assert "✗ missing  project" in said.out
