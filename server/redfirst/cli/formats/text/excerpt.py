"""One line of source with marks below the part that a finding is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from redfirst.cli.formats.text.visible import visible
from redfirst.spec.ranges import LineIndex

if TYPE_CHECKING:
    from redfirst.cli.formats.text.glyphs import Glyphs
    from redfirst.spec.ranges import TextRange

_BEFORE: Final = 60
_AFTER: Final = 100


def excerpt(source: str, place: TextRange, style: str, glyphs: Glyphs) -> Text | None:
    """Two lines of text, or `None` when `source` has no such line (it has changed meanwhile)."""
    lines = LineIndex(source)
    if place.start.line >= lines.line_count:
        return None
    line = lines.line_span(place.start.line).of(source)
    start = code_points(line, place.start.character)
    same_line = place.end.line == place.start.line
    end = code_points(line, place.end.character) if same_line else len(line)
    cut = _cut(line, start, max(start, end), glyphs.ellipsis)
    carets = glyphs.caret * max(1, cell_len(cut.marked))
    return Text.assemble(
        (f"{place.start.line + 1:>6} {glyphs.bar} ", "dim"),
        cut.shown,
        (f"\n       {glyphs.bar} ", "dim"),
        " " * cell_len(cut.before),
        (carets, style),
    )


def code_points(line: str, utf16_column: int) -> int:
    """How many characters of `line` lie before the column, clamped to its end."""
    units = 0
    for index, character in enumerate(line):
        if units >= utf16_column:
            return index
        units += 1 + (ord(character) > 0xFFFF)  # noqa: PLR2004  # beyond it, a character is two units
    return len(line)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line around its marked part, safe to print; both ends may be left out."""

    before: str
    marked: str
    after: str

    @property
    def shown(self) -> str:
        return f"{self.before}{self.marked}{self.after}".rstrip()


def _cut(line: str, start: int, end: int, ellipsis: str) -> _Cut:
    first, last = max(0, start - _BEFORE), min(len(line.rstrip()), start + _AFTER)
    lead = ellipsis if first else ""
    tail = ellipsis if last < len(line.rstrip()) else ""
    marked = line[start : min(end, max(last, start))]
    rest = line[start + len(marked) : last]
    return _Cut(lead + visible(line[first:start]), visible(marked), visible(rest) + tail)
