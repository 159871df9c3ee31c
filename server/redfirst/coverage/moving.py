"""Marks move with the text that is typed around them; what is typed into has none any more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.coverage.marks import CaseOnLines, Marks, Reach
    from redfirst.coverage.measurement import Gap
    from redfirst.spec.ranges import LineIndex, Span

    Move = Callable[[int], int | None]

_NUMBERS: Final = re.compile(r"\bline (\d+)|\blines (\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class _Kept:
    """The lines (from 0) that an edit leaves as they were: the first ones and the last ones."""

    first: int
    last: int
    shift: int

    def line(self, number: int) -> int | None:
        """Where the line `number` (from 1) stands now."""
        if number <= self.first:
            return number
        return number + self.shift if number > self.last else None


def moved(marks: Marks, before: LineIndex, after: LineIndex, replaced: Span) -> Marks:
    """The marks of `before` as they stand in `after`, where another text took the place of the
    stretch `replaced`. They are stale, unless nothing changed.
    """
    return marks if before.text == after.text else _moved(marks, _kept(before, after, replaced))


def moved_to(marks: Marks, before: LineIndex, after: LineIndex) -> Marks:
    """The same where nobody told what was replaced. Of lines that could be one or another of
    several equal ones nothing is said.
    """
    if before.text == after.text:
        return marks
    old, new = _lines(before), _lines(after)
    shorter = min(len(old), len(new))
    head = _equal(old, new)
    tail = _equal(old[::-1], new[::-1])
    first, last = min(head, shorter - tail), min(tail, shorter - head)
    kept = _Kept(max(first, 0), len(old) - max(last, 0), len(new) - len(old))
    return _moved(marks, kept)


def _kept(before: LineIndex, after: LineIndex, replaced: Span) -> _Kept:
    shift = after.line_count - before.line_count
    first, last = before.line_of(replaced.start), before.line_of(replaced.end)
    head = before.line_span(first)
    if head.end <= replaced.start and _is_same(before, first, after, first):
        first += 1
    tail = before.line_span(last)
    if not (tail.start >= replaced.end and _is_same(before, last, after, last + shift)):
        last += 1
    return _Kept(first, max(first, last), shift)


def _is_same(before: LineIndex, old: int, after: LineIndex, new: int) -> bool:
    if not 0 <= new < after.line_count:
        return False
    return before.line_span(old).of(before.text) == after.line_span(new).of(after.text)


def _moved(marks: Marks, kept: _Kept) -> Marks:
    return replace(
        marks,
        lines=_lines_of(marks, kept),
        gaps=tuple(gap for each in marks.gaps if (gap := _gap(each, kept)) is not None),
        cases=tuple(_case(each, kept) for each in marks.cases),
        stale=True,
    )


def _lines_of(marks: Marks, kept: _Kept) -> dict[int, Reach]:
    """Quick where no line came or went: most keystrokes change one, and a module may be long."""
    lines = dict(marks.lines)
    if kept.shift == 0:
        for line in range(kept.first + 1, kept.last + 1):
            lines.pop(line, None)
        return lines
    moves = ((kept.line(line), reach) for line, reach in lines.items())
    return {line: reach for line, reach in moves if line is not None}


def _gap(gap: Gap, kept: _Kept) -> Gap | None:
    """Nothing when a line of it changed, or one that its words name."""
    if gap.first <= kept.last and gap.last > kept.first:
        return None
    text = renumbered(gap.text, kept.line)
    if text is None:
        return None
    by = 0 if gap.last <= kept.first else kept.shift
    return replace(gap, first=gap.first + by, last=gap.last + by, text=text)


def _case(case: CaseOnLines, kept: _Kept) -> CaseOnLines:
    lines = (kept.line(line) for line in case.lines)
    return replace(case, lines=frozenset(line for line in lines if line is not None))


def renumbered(text: str, move: Move) -> str | None:
    """The words of a gap with the numbers that its lines have now; `None` when one is gone."""
    moves = [move(int(number)) for match in _NUMBERS.finditer(text) for number in _numbers(match)]
    if None in moves:
        return None
    numbers = iter(moves)
    return _NUMBERS.sub(
        lambda match: re.sub(r"\d+", lambda _digits: str(next(numbers)), match[0]), text
    )


def _numbers(match: re.Match[str]) -> list[str]:
    return [number for number in match.groups() if number is not None]


def _lines(index: LineIndex) -> list[str]:
    return [index.line_span(line).of(index.text) for line in range(index.line_count)]


def _equal(old: list[str], new: list[str]) -> int:
    """How many first elements are equal."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
