"""All specs below a folder, of whatever projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.project.spec_tree import spec_folders

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, *files: str) -> None:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def configure(folder: Path, *specs: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{each}"' for each in specs)
    (folder / "pyproject.toml").write_text(f"[tool.redfirst]\nspecs = [{listed}]\n")


def found(root: Path) -> list[str]:
    return [
        (folder.path / name).relative_to(root).as_posix()
        for folder in spec_folders(root)
        if folder is not None
        for name in folder.specs
    ]


def test_each_file_is_a_spec_by_the_project_around_it(tmp_path: Path) -> None:
    configure(tmp_path, "specs")
    configure(tmp_path / "inner", "contracts")
    make(tmp_path, "specs/a.yml", "specs/deep/b.yaml", "specs/c.txt", "other/d.yml")
    make(tmp_path, "inner/contracts/e.yml", "inner/specs/f.yml")
    assert found(tmp_path) == ["inner/contracts/e.yml", "specs/a.yml", "specs/deep/b.yaml"]


def test_what_is_hidden_or_installed_is_left_out(tmp_path: Path) -> None:
    configure(tmp_path, ".")
    make(tmp_path, "a.yml", ".hidden.yml", ".git/b.yml", "node_modules/c.yml", "env/pyvenv.cfg")
    make(tmp_path, "env/d.yml", "specs/.cache/e.yml")
    assert found(tmp_path) == ["a.yml"]


def test_a_hidden_folder_that_the_settings_name_is_looked_through(tmp_path: Path) -> None:
    configure(tmp_path, ".ci/specs")
    make(tmp_path, ".ci/specs/a.yml", ".ci/other/b.yml", ".ci/specs/.old/c.yml")
    assert found(tmp_path) == [".ci/specs/a.yml"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    configure(tmp_path, "specs")
    make(tmp_path, "specs/a.yml")
    (tmp_path / "specs" / "again").symlink_to(tmp_path / "specs")
    assert found(tmp_path) == ["specs/a.yml"]


def test_a_project_begins_above_the_folder(tmp_path: Path) -> None:
    configure(tmp_path, "specs")
    make(tmp_path, "specs/part/a.yml")
    assert found(tmp_path / "specs" / "part") == ["a.yml"]
