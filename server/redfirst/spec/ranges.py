"""Places in a text: spans of offsets, and the lines that an editor counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")
_LAST_BMP_CODE_POINT: Final = 0xFFFF


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open stretch `[start, end)` of a text, in code points from its beginning.

    `offset in span` also holds at the end: a cursor behind the last character is inside.
    """

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset <= self.end

    def of(self, text: str) -> str:
        """The stretch of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place as LSP counts it: zero-based line, zero-based column in UTF-16 code units."""

    line: int
    character: int


@dataclass(frozen=True, slots=True, order=True)
class TextRange:
    """A stretch as LSP counts it; `end` is exclusive."""

    start: Position
    end: Position


@dataclass(frozen=True)
class LineIndex:
    """Lines of a text, broken where LSP breaks them (LF, CRLF, CR) and nowhere else.

    `str.splitlines` and YAML also break at U+2028, U+0085 and form feed; an editor does not.
    """

    text: str

    @cached_property
    def _starts(self) -> list[int]:
        if "\r" not in self.text:
            lengths = map(len, self.text.split("\n"))
            return list(accumulate(lengths, _behind_break, initial=0))[:-1]
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    @property
    def line_count(self) -> int:
        """How many lines the text has; an empty text has one."""
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The zero-based line that holds `offset`."""
        return bisect_right(self._starts, offset) - 1

    def line_span(self, line: int) -> Span:
        """The span of zero-based `line` without its line break."""
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def offset_in_tree(self, line: int, column: int) -> int:
        """The place that a Python syntax tree names: lines from 1, columns in bytes of UTF-8."""
        span = self.line_span(min(line, self.line_count) - 1)
        text = span.of(self.text)
        characters = text if text.isascii() else text.encode()[:column].decode(errors="ignore")
        return span.start + min(column, len(characters))

    def position(self, offset: int) -> Position:
        """`offset` (clamped into the text) as line and UTF-16 column."""
        offset = min(max(offset, 0), len(self.text))
        line = self.line_of(offset)
        before = self.text[self._starts[line] : offset]
        return Position(line, len(before) + sum(ord(c) > _LAST_BMP_CODE_POINT for c in before))

    def range(self, span: Span) -> TextRange:
        """`span` as lines and UTF-16 columns."""
        return TextRange(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """The offset that `position` names; one outside of the text is moved inside."""
        if position.line >= self.line_count:
            return len(self.text)
        line = self.line_span(position.line)
        units = 0
        for offset in range(line.start, line.end):
            if units >= position.character:
                return offset
            units += 1 + (ord(self.text[offset]) > _LAST_BMP_CODE_POINT)
        return line.end

    def span(self, place: TextRange) -> Span:
        """The stretch that `place` names: what `range` gave, turned back."""
        return Span(self.offset(place.start), self.offset(place.end))


def _behind_break(start: int, length: int) -> int:
    return start + length + 1
