"""Places as the client counts them. No other file knows what an encoding is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Callable

Encoding = types.PositionEncodingKind

_LAST_OF_ONE_BYTE: Final = 0x7F
_LAST_OF_TWO_BYTES: Final = 0x7FF
_LAST_OF_THREE_BYTES: Final = 0xFFFF


def _utf8(character: str) -> int:
    point = ord(character)
    if point <= _LAST_OF_ONE_BYTE:
        return 1
    if point <= _LAST_OF_TWO_BYTES:
        return 2
    return 3 if point <= _LAST_OF_THREE_BYTES else 4


def _utf16(character: str) -> int:
    return 1 if ord(character) <= _LAST_OF_THREE_BYTES else 2


def _utf32(_character: str) -> int:
    return 1


_UNITS: Final[dict[str, Callable[[str], int]]] = {
    Encoding.Utf8.value: _utf8,
    Encoding.Utf16.value: _utf16,
    Encoding.Utf32.value: _utf32,
}


@dataclass(frozen=True)
class Positions:
    """The places of one text: offsets in code points here, lines and units at the client.

    What lies outside is moved inside: a column past the end means the line's end, before its line
    break; a line past the last one the end of the text; a column inside of a character its
    beginning.
    """

    text: str
    encoding: str = Encoding.Utf16.value

    @cached_property
    def index(self) -> LineIndex:
        """The lines of the text."""
        return LineIndex(self.text)

    def offset(self, position: types.Position) -> int:
        """The offset that the client's `position` means."""
        if position.line >= self.index.line_count:
            return len(self.text)
        line = self.index.line_span(position.line)
        return line.start + self._characters(line.of(self.text), position.character)

    def span(self, place: types.Range) -> Span:
        """The stretch that the client's range means; one that is turned around is turned back."""
        start, end = sorted((self.offset(place.start), self.offset(place.end)))
        return Span(start, end)

    def position(self, offset: int) -> types.Position:
        """The client's name for `offset`, which is clamped into the text."""
        offset = min(max(offset, 0), len(self.text))
        line = self.index.line_of(offset)
        before = self.text[self.index.line_span(line).start : offset]
        return types.Position(line, self._units(before))

    def range(self, span: Span) -> types.Range:
        """The client's name for `span`."""
        return types.Range(self.position(span.start), self.position(span.end))

    def lines(self, first: int, last: int) -> types.Range:
        """What is written on the lines `first` to `last`, both from 1."""
        begin, end = (self._written(line) for line in (first, last))
        return self.range(Span(begin.start, end.end))

    def _written(self, line: int) -> Span:
        place = self.index.line_span(min(line, self.index.line_count) - 1)
        written = place.of(self.text)
        return Span(place.start + len(written) - len(written.lstrip()), place.end)

    def edited(self, place: types.Range, new_text: str) -> str:
        """The text after the client has put `new_text` in the place of a range."""
        span = self.span(place)
        return self.text[: span.start] + new_text + self.text[span.end :]

    def _units(self, text: str) -> int:
        return len(text) if text.isascii() else sum(map(_UNITS[self.encoding], text))

    def _characters(self, line: str, units: int) -> int:
        """How many characters of `line` end within its first `units`."""
        if line.isascii():
            return min(units, len(line))
        ends = accumulate(map(_UNITS[self.encoding], line))
        return sum(1 for end in ends if end <= units)
