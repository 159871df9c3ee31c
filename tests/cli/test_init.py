"""`redfirst init` adds and never takes away."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.cli.project import redfirst, redfirst_here

if TYPE_CHECKING:
    from pathlib import Path


def test_an_empty_folder(tmp_path: Path) -> None:
    said = redfirst(tmp_path, "init")
    assert said.code == 0
    assert said.out.startswith("Wrote pyproject.toml with [tool.redfirst].\n")
    assert "--strict-markers" in said.out
    assert said.out.endswith("Next: redfirst new NAME --module MODULE\n")
    assert tomllib.loads((tmp_path / "pyproject.toml").read_text())["tool"]["redfirst"] == {
        "specs": ["specs"],
        "tests": "tests",
        "threshold": 95,
    }
    assert (tmp_path / "specs" / "redfirst.schema.json").is_file()


@pytest.mark.parametrize(
    "before",
    [
        b'[project]\nname = "a"   # odd   spacing\n\n\n',
        b'[project]\r\nname = "a"\r\n',
        b"\xef\xbb\xbf[project]\nname = '\xc3\xa4'",
        b"",
    ],
    ids=["spacing", "crlf", "bom, no line end", "empty"],
)
def test_what_was_there_stays_byte_for_byte(tmp_path: Path, before: bytes) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_bytes(before)
    assert redfirst_here(tmp_path, "init").code == 0
    after = file.read_bytes()
    assert after.startswith(before)
    assert b"[tool.redfirst]" in after
    assert (b"\r\n" in before) == (b"\r\n" in after)


def test_a_folder_within_a_folder(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.redfirst]\nspecs = ["doc/specs"]\n')
    assert "Made the folder doc/specs/.\n" in redfirst_here(tmp_path, "init").out


def test_twice_is_once(tmp_path: Path) -> None:
    redfirst_here(tmp_path, "init")
    before = (tmp_path / "pyproject.toml").read_bytes()
    said = redfirst_here(tmp_path, "init")
    assert said.code == 0
    assert said.out.startswith("pyproject.toml has [tool.redfirst] already.\n")
    assert (tmp_path / "pyproject.toml").read_bytes() == before


def test_no_tip_where_pytest_is_strict_already(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    assert "Tip" not in redfirst_here(tmp_path, "init").out


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("[project\n", "redfirst: pyproject.toml is not valid TOML:"),
        ("tool = {}\n", "redfirst: A table cannot be added at the end of this pyproject.toml."),
    ],
)
def test_a_file_that_cannot_be_added_to(tmp_path: Path, before: str, said: str) -> None:
    (tmp_path / "pyproject.toml").write_text(before)
    ended = redfirst_here(tmp_path, "init")
    assert ended.code == 2
    assert ended.err.startswith(said)
    assert (tmp_path / "pyproject.toml").read_text() == before
