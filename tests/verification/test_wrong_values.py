"""The typed pair: two wrong values for whatever a signature returns."""

from __future__ import annotations

import datetime
import decimal
from typing import TYPE_CHECKING

import pytest

from redfirst.spec.document import read_spec
from redfirst.verification.wrong_values import OPAQUE, wrong_values

if TYPE_CHECKING:
    from redfirst.spec.model import TypeDefinition

TYPES = """
function: f
module: m
signature: "f() -> None"
behavior: Return nothing at all.
types:
  Entry: {id: str, cents: int}
  Side: [DEBIT, CREDIT]
  Only: [ONE]
  Color: {enum: {RED: 1, BLUE: 2, CRIMSON: 1}}
  Alone: {enum: {RED: 1, CRIMSON: 1}}
  Bag: {items: "list[int]"}
  Point: {record: {x: int}, frozen: false}
  Cents: int
  Node: {next: "Node | None"}
  Locked: exception
"""


@pytest.mark.parametrize(
    ("annotation", "empty", "filled"),
    [
        ("int", "0", "1"),
        ("bool", "False", "True"),
        ("str", "''", "'A'"),
        ("list[int]", "[]", "[1]"),
        ("list", "[]", f"[{OPAQUE.filled}]"),
        ("typing.List[str]", "[]", "['A']"),
        ("dict[str, int]", "{}", "{'A': 1}"),
        ("set[int]", "set()", "{1}"),
        ("tuple[int, ...]", "()", "(1,)"),
        ("tuple[int, str]", "(0, '',)", "(1, 'A',)"),
        ("int | None", "0", "1"),
        ("Optional[str]", "''", "'A'"),
        ("list[str | None]", "[]", "['A']"),
        ("Unknown | None", "None", OPAQUE.filled),
        ("int | str", "0", "'A'"),
        ("Union[int, str]", "0", "'A'"),
        ("Literal['a', 'b']", "'a'", "'b'"),
        ("'int'", "0", "1"),
        ("Entry", "Entry(id='', cents=0)", "Entry(id='A', cents=1)"),
        ("list[Entry]", "[]", "[Entry(id='A', cents=1)]"),
        ("Side", "Side.DEBIT", "Side.CREDIT"),
        ("Only", OPAQUE.empty, OPAQUE.filled),
        ("Color", "Color.RED", "Color.BLUE"),
        ("Alone", OPAQUE.empty, OPAQUE.filled),
        ("Literal['a', 'b', 'a']", "'a'", "'b'"),
        ("Cents", "0", "1"),
        ("Iterator[int]", "iter(())", "iter((1,))"),
        ("Callable[[int], bool]", "lambda *_, **__: False", "lambda *_, **__: True"),
        ("Decimal", "_decimal.Decimal(0)", "_decimal.Decimal(1)"),
        ("Unheard", OPAQUE.empty, OPAQUE.filled),
        (None, OPAQUE.empty, OPAQUE.filled),
        ("not a type(", OPAQUE.empty, OPAQUE.filled),
        ("Locked", OPAQUE.empty, OPAQUE.filled),
    ],
)
def test_each_type_has_two_wrong_values(annotation: str | None, empty: str, filled: str) -> None:
    pair = wrong_values(annotation, _types())
    assert (pair.empty, pair.filled) == (empty, filled)


def test_a_type_that_contains_itself_comes_to_an_end() -> None:
    assert wrong_values("Node", _types()).empty == "Node(next=None)"
    assert "opaque" in wrong_values("Node", _types()).filled


@pytest.mark.parametrize(
    "annotation",
    [
        "set[Bag]",
        "set[Point]",
        "frozenset[list[int]]",
        "Counter[Point]",
        "dict[Point, int]",
        "dict[tuple[int, Bag], int]",
        "set[tuple[Point, ...]]",
        "set[Point | None]",
    ],
)
def test_what_has_no_hash_stands_in_no_set_and_is_no_key(annotation: str) -> None:
    """A stub that fails to make its own value fails every test, the worst one too."""
    assert OPAQUE.filled in wrong_values(annotation, _types()).filled


@pytest.mark.parametrize("annotation", ["set[Entry]", "dict[Side, int]", "set[frozenset[int]]"])
def test_what_has_a_hash_stands_in_sets(annotation: str) -> None:
    assert OPAQUE.filled not in wrong_values(annotation, _types()).filled


@pytest.mark.parametrize(
    "annotation",
    ["date", "datetime", "timedelta", "Decimal", "bytes", "list[date]", "frozenset[int]"],
)
def test_the_two_values_can_be_made_and_differ(annotation: str) -> None:
    names = {"_datetime": datetime, "_decimal": decimal}
    pair = wrong_values(annotation, {})
    assert eval(pair.empty, names) != eval(pair.filled, names)


def _types() -> dict[str, TypeDefinition]:
    spec = read_spec(TYPES).spec
    assert spec is not None
    return {one.name.value: one for one in spec.types}
