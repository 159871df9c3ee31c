"""Which folder is the project, and how its files are named."""

import sys
from pathlib import Path

import pytest

from redfirst.project.configuration import Configuration
from redfirst.project.fault import ProjectError
from redfirst.project.project import Project, open_project
from redfirst.spec.codes import Code
from redfirst.spec.ranges import Position

OURS = "[tool.redfirst]\nthreshold = 80\n"


def make(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.mark.parametrize(
    ("files", "root"),
    [
        ({"a/pyproject.toml": OURS, "a/b/pyproject.toml": "", "a/b/c/x": ""}, "a"),
        ({"a/pyproject.toml": OURS, "a/b/pyproject.toml": OURS, "a/b/c/x": ""}, "a/b"),
        ({"a/pyproject.toml": "", "a/b/c/x": ""}, "a"),
        ({"a/.git/HEAD": "", "a/b/pyproject.toml": "", "a/b/c/x": ""}, "a/b"),
        ({"a/b/.git/HEAD": "", "a/pyproject.toml": "", "a/b/c/x": ""}, "a/b"),
        ({"a/b/.git": "gitdir: x", "a/pyproject.toml": OURS, "a/b/c/x": ""}, "a/b"),
        ({"a/pyproject.toml": "[tool.redfirst]\nx =", "a/b/c/x": ""}, "a"),
    ],
    ids=[
        "the nearest with our table",
        "the nearer of two with our table",
        "without a table, the nearest pyproject.toml",
        "nearer than the repository",
        "the repository",
        "never beyond the repository",
        "a broken file that seems to be ours",
    ],
)
def test_root(tmp_path: Path, files: dict[str, str], root: str) -> None:
    make(tmp_path, {**files, ".git/HEAD": ""})
    for start in ("a/b/c", "a/b/c/x"):
        assert open_project(tmp_path / start).root == (tmp_path / root).resolve()


def test_a_bare_folder_is_its_own_root(tmp_path: Path) -> None:
    project = open_project(tmp_path)
    assert (project.root, project.configuration) == (tmp_path.resolve(), Configuration())


def test_configuration_and_its_faults(tmp_path: Path) -> None:
    make(tmp_path, {"pyproject.toml": OURS + "jobs = 0\n"})
    project = open_project(tmp_path)
    assert project.configuration == Configuration(threshold=80.0)
    (fault,) = project.faults
    assert (fault.code, fault.path) == (Code.CONFIGURATION, "pyproject.toml")
    assert fault.range is not None
    assert fault.range.start == Position(2, 0)
    assert fault.range.end == Position(2, 4)


def test_a_pyproject_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.redfirst]\n\xff")
    with pytest.raises(ProjectError) as caught:
        open_project(tmp_path)
    assert caught.value.fault.code is Code.UNREADABLE_FILE
    assert caught.value.fault.path == "pyproject.toml"


def test_paths_as_reports_show_them(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(root, {"specs/x.yml": ""})
    (tmp_path / "link").symlink_to(root)
    project = Project(root.resolve(), Configuration())
    assert project.relative(root / "specs" / ".." / "specs" / "x.yml") == "specs/x.yml"
    assert project.relative(Path("specs/x.yml")) == "specs/x.yml"
    assert project.relative(tmp_path / "link" / "specs" / "x.yml") == "specs/x.yml"
    assert project.relative(tmp_path / "other.yml") == (tmp_path / "other.yml").as_posix()


def test_the_interpreter_of_the_settings(tmp_path: Path) -> None:
    make(tmp_path, {"pyproject.toml": f"[tool.redfirst]\npython = '{sys.executable}'\n"})
    assert open_project(tmp_path).interpreter.path == Path(sys.executable)


def test_an_interpreter_that_is_not_there(tmp_path: Path) -> None:
    make(tmp_path, {"pyproject.toml": "[tool.redfirst]\npython = 'nowhere/python'\n"})
    project = open_project(tmp_path)
    with pytest.raises(ProjectError, match="nowhere") as caught:
        _ = project.interpreter
    assert caught.value.fault.code is Code.NO_INTERPRETER
