"""Places in three encodings, and what becomes of places that do not exist."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position, Range

from redfirst.lsp.state.positions import Positions
from redfirst.spec.ranges import Span

TEXT = "a\u00e9\u20ac\U0001f600b\r\n\u2028x\x0cy\u0085\n\rlast"
#       1 2   3     4   bytes

COLUMNS = {
    "utf-8": [0, 1, 3, 6, 10, 11],
    "utf-16": [0, 1, 2, 3, 5, 6],
    "utf-32": [0, 1, 2, 3, 4, 5],
}


@pytest.mark.parametrize("encoding", COLUMNS)
def test_columns_of_each_encoding(encoding: str) -> None:
    places = Positions(TEXT, encoding)
    assert [places.position(offset).character for offset in range(6)] == COLUMNS[encoding]
    for offset, column in enumerate(COLUMNS[encoding]):
        assert places.offset(Position(0, column)) == offset


@pytest.mark.parametrize("encoding", COLUMNS)
def test_every_offset_outside_of_a_line_break_comes_back(encoding: str) -> None:
    places = Positions(TEXT, encoding)
    for offset in range(len(TEXT) + 1):
        if TEXT[offset - 1 : offset + 1] != "\r\n":
            assert places.offset(places.position(offset)) == offset


def test_only_lf_cr_and_crlf_end_a_line() -> None:
    assert Positions(TEXT).position(len(TEXT)) == Position(3, 4)
    assert Positions(TEXT).position(TEXT.index("y")).line == 1


@pytest.mark.parametrize(
    ("line", "column", "offset"),
    [
        (0, 99, 5),  # before the line break, not behind it
        (0, 4, 3),  # inside of a surrogate pair
        (99, 0, len(TEXT)),
        (3, 99, len(TEXT)),
    ],
)
def test_places_outside_are_moved_inside(line: int, column: int, offset: int) -> None:
    assert Positions(TEXT).offset(Position(line, column)) == offset


def test_a_range_that_is_turned_around() -> None:
    assert Positions("abc").span(Range(Position(0, 2), Position(0, 1))) == Span(1, 2)


def test_an_edit() -> None:
    place = Range(Position(0, 5), Position(1, 1))
    assert Positions(TEXT).edited(place, "-") == TEXT[:4] + "-x\x0cy\u0085\n\rlast"
