"""Which specs there are."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from redfirst.project.configuration import Configuration
from redfirst.project.fault import ProjectError
from redfirst.project.index import find_specs
from redfirst.project.project import Project
from redfirst.spec.codes import Code

FILES = (
    "specs/b.yml",
    "specs/a.yaml",
    "specs/notes.md",
    "specs/.hidden.yml",
    "specs/.git/x.yml",
    "specs/sub/c.yml",
    "more/d.yml",
    "other/e.yml",
    "other/f.spec",
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path / "other")
    return tmp_path.resolve()


def check(
    root: Path, expected: Sequence[str], *named: str, folders: tuple[str, ...] = ("specs",)
) -> None:
    project = Project(root, Configuration(specs=folders))
    found = find_specs(project, [Path(name) for name in named])
    assert [project.relative(spec) for spec in found] == expected


def test_below_the_configured_folders(root: Path) -> None:
    check(root, ["specs/a.yaml", "specs/b.yml", "specs/sub/c.yml"])
    check(root, ["more/d.yml", "specs/sub/c.yml"], folders=("more", "specs/sub"))


def test_overlapping_folders(root: Path) -> None:
    check(
        root,
        ["specs/sub/c.yml", "specs/a.yaml", "specs/b.yml"],
        folders=("specs/sub", "specs", "nowhere"),
    )


def test_named_paths_are_relative_to_where_one_stands(root: Path) -> None:
    check(root, ["other/e.yml"], "e.yml")
    check(root, ["specs/sub/c.yml", "other/e.yml"], "../specs/sub", "e.yml", "../specs/sub/c.yml")


def test_a_named_file_may_be_called_anything(root: Path) -> None:
    check(root, ["other/f.spec"], "f.spec")


def test_links(root: Path) -> None:
    """A folder that contains itself is entered once; one spec under two names is one spec."""
    (root / "specs" / "loop").symlink_to(root / "specs", target_is_directory=True)
    (root / "specs" / "z.yml").symlink_to(root / "specs" / "b.yml")
    (root / "specs" / "outside").symlink_to(root / "more", target_is_directory=True)
    check(root, ["specs/a.yaml", "specs/b.yml", "specs/outside/d.yml", "specs/sub/c.yml"])


def test_what_others_have_put_there_is_left_out(root: Path) -> None:
    for name in ("node_modules/a", ".hidden", "env/lib", "__pycache__"):
        (root / "specs" / name).mkdir(parents=True)
        (root / "specs" / name / "x.yml").touch()
    (root / "specs/env/pyvenv.cfg").touch()
    check(root, ["specs/a.yaml", "specs/b.yml", "specs/sub/c.yml"])
    check(root, ["specs/node_modules/a/x.yml"], folders=("specs/node_modules",))


def test_a_pipe_is_no_spec(root: Path) -> None:
    """Whoever reads one that nobody writes to waits for ever."""
    os.mkfifo(root / "specs/pipe.yml")
    (root / "specs/gone.yml").symlink_to("nowhere.yml")
    check(root, ["specs/a.yaml", "specs/b.yml", "specs/gone.yml", "specs/sub/c.yml"])


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ((), "There are no specs below `nowhere/`."),
        ((300 * "a",), "There is no spec `other/aaaa"),
        (("missing.yml",), "There is no spec `other/missing.yml`."),
        (("empty",), "There is no spec (a `.yml` or `.yaml` file) below `other/empty`."),
    ],
)  # fmt: skip
def test_nothing_found(root: Path, named: tuple[str, ...], words: str) -> None:
    (root / "other" / "empty").mkdir()
    with pytest.raises(ProjectError) as caught:
        check(root, [], *named, folders=("nowhere",))
    assert caught.value.fault.message.startswith(words)
    assert caught.value.fault.code is Code.NO_SPECS
