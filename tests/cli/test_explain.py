"""`redfirst explain` shows pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.spec.codes import Code
from tests.cli.project import redfirst, redfirst_here

if TYPE_CHECKING:
    from pathlib import Path


def test_all_findings_are_listed(tmp_path: Path) -> None:
    out = redfirst(tmp_path, "explain").out
    assert all(f"  {code.value}  " in out for code in Code)
    assert out.startswith("The spec\n  RF100  not readable as YAML\n")


@pytest.mark.parametrize("word", ["RF133", "rf133", "133"])
def test_a_page(tmp_path: Path, word: str) -> None:
    said = redfirst_here(tmp_path, "explain", word)
    assert said.code == 0
    assert said.out.startswith("# RF133: ")
    assert "## What to do" in said.out


def test_a_page_on_a_terminal_is_rendered(tmp_path: Path) -> None:
    out = redfirst_here(tmp_path, "explain", "RF133", FORCE_COLOR="1").out
    assert "## What to do" not in out
    assert "What to do" in out


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("RF13", "Did you mean RF130 or RF131 or RF132?"),
        ("RF1333", "Did you mean RF133"),
        ("x", ""),
    ],
)
def test_no_such_code(tmp_path: Path, word: str, hint: str) -> None:
    said = redfirst_here(tmp_path, "explain", word)
    assert said.code == 2
    assert said.err.startswith(f"redfirst: There is no finding `{word}`.")
    assert hint in said.err
