"""`redfirst new` writes a spec that is valid as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.project import redfirst_here

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["half", "--module", "maths"], "half.yml"),
        (["Basket.addItem", "--module", "shop.basket"], "basket_add_item.yml"),
        (["half", "--module", "m", "--signature", '(a: str = "x") -> int'], "half.yml"),
    ],
)
def test_a_fresh_spec_is_valid(tmp_path: Path, words: list[str], file: str) -> None:
    said = redfirst_here(tmp_path, "new", *words)
    assert (
        said.out
        == f"Wrote specs/{file}.\n\nNext: fill it in, then: redfirst validate specs/{file}\n"
    )
    text = (tmp_path / "specs" / file).read_text()
    assert text.startswith("# yaml-language-server: $schema=redfirst.schema.json\n")
    assert (tmp_path / "specs" / "redfirst.schema.json").is_file()
    assert redfirst_here(tmp_path, "validate").out == "1 spec: no problems\n"


@pytest.mark.parametrize(("name", "call"), [("half", "half"), ("Basket.add", "Basket().add")])
def test_the_example_in_the_comments_fits(tmp_path: Path, name: str, call: str) -> None:
    redfirst_here(tmp_path, "new", name, "--module", "shop")
    (spec,) = (tmp_path / "specs").glob("*.yml")
    shown = re.compile(
        r"^#(?=  - case:|    examples:|      - call:|        returns:)", re.MULTILINE
    )
    text, uncommented = shown.subn("", spec.read_text())
    spec.write_text(text)
    assert uncommented == 4
    assert f"call: {call}(" in text
    assert redfirst_here(tmp_path, "validate").out == "1 spec: no problems\n"


def test_an_existing_spec_is_left_alone(tmp_path: Path) -> None:
    spec = tmp_path / "specs" / "half.yml"
    spec.parent.mkdir()
    spec.write_text("mine")
    said = redfirst_here(tmp_path, "new", "half", "--module", "maths")
    assert said.code == 2
    assert said.err == "redfirst: specs/half.yml exists already and was left as it is.\n"
    assert spec.read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2half", "--module", "m"], "`2half` is not a function's name"),
        (["../half", "--module", "m"], "`../half` is not a function's name"),
        (["class", "--module", "m"], "`class` is not a function's name"),
        (["a.b.c", "--module", "m"], "`a.b.c` is not a function's name"),
        (["half", "--module", "import.m"], "`import.m` is not a module's name"),
        (["half", "--module", "a-b"], "`a-b` is not a module's name"),
        (["half", "--module", "m", "--signature", "(a"], "`(a` is not a signature of `half`"),
    ],
)
def test_bad_input(tmp_path: Path, words: list[str], said: str) -> None:
    ended = redfirst_here(tmp_path, "new", *words)
    assert ended.code == 2
    assert ended.err.startswith(f"redfirst: {said}")
    assert list(tmp_path.iterdir()) == []
