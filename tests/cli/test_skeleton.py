"""`redfirst skeleton` starts a module, never in the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.project import CODE, make_project, redfirst_here

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_that_does_not_exist_is_started(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    (project / "maths.py").unlink()
    said = redfirst_here(project, "skeleton", "specs/half.yml")
    assert (said.code, said.out) == (
        0,
        "Wrote maths.py.\n\nNext: write it by hand, until: redfirst cover specs/half.yml\n",
    )
    text = (project / "maths.py").read_text()
    assert "def half(number: int) -> int:" in text
    assert text.endswith("    raise NotImplementedError\n")


def test_an_existing_module_is_left_alone(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    said = redfirst_here(project, "skeleton", "specs/half.yml")
    assert said.code == 2
    assert said.err == "redfirst: `maths.py` exists already and was left as it is.\n"
    assert (project / "maths.py").read_text() == CODE


def test_a_spec_with_errors_says_how_to_see_them(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    (project / "specs/half.yml").write_text("function: half\n")
    said = redfirst_here(project, "skeleton", "specs/half.yml")
    assert said.code == 2
    assert "`redfirst validate specs/half.yml` shows them" in said.err
