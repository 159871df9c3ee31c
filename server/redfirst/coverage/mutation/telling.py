"""From edits to mutants: each edit once, with a sentence that no other edit of its line has."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.mutant import Mutant
from redfirst.coverage.mutation.source_text import quoted
from redfirst.spec.ranges import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.coverage.mutation.edit import Edit, Surroundings

_DIGITS: Final = 10
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    """An edit, the definition that it is in, and the lines that run what it changes."""

    edit: Edit
    owner: str
    lines: tuple[int, ...]


def mutants(placed: Iterable[Placed], around: Surroundings) -> Iterator[Mutant]:
    """A mutant for each of the edits, which are sorted, in their order."""
    unique = {(one.edit.span, one.edit.after): one for one in reversed(list(placed))}
    ordered = [*reversed(unique.values())]
    telling = _Telling(around, ordered)
    yield from map(telling.mutant, ordered)


class _Telling:
    """Knows what was said of each line, and which ids were given."""

    def __init__(self, around: Surroundings, placed: Iterable[Placed]) -> None:
        self._around = around
        self._index = LineIndex(around.source.text)
        self._ids = Counter[str]()
        self._alike = defaultdict[tuple[int, str], list[Placed]](list)
        for one in placed:
            self._alike[self._said(one)].append(one)

    def mutant(self, one: Placed) -> Mutant:
        """The mutant of an edit."""
        line, change = self._line(one), self._change(one)
        span, line_text = one.edit.span, self._around.source.line_text(line)
        return Mutant(
            id=self._id(f"{one.owner}\n{line_text}\n{change}"),
            line=line,
            line_text=line_text,
            range=self._index.range(span),
            span=span,
            before=span.of(self._around.source.text),
            after=one.edit.after,
            change=change,
            tests=frozenset(self._tests(one)),
        )

    def _tests(self, one: Placed) -> Iterator[str]:
        for line in one.lines:
            yield from self._around.measurement.tests_by_line.get(line, ())

    def _id(self, key: str) -> str:
        digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGITS]
        self._ids[digest] += 1
        return digest if self._ids[digest] == 1 else f"{digest}-{self._ids[digest]}"

    def _line(self, one: Placed) -> int:
        return self._index.line_of(one.edit.span.start) + 1

    def _change(self, one: Placed) -> str:
        line, sentence = self._said(one)
        alike = self._alike[line, sentence]
        return sentence if len(alike) == 1 else f"the {_ordinal(alike.index(one))} {sentence}"

    def _said(self, one: Placed) -> tuple[int, str]:
        edit = one.edit
        before = quoted(edit.span.of(self._around.source.text))
        return self._line(one), edit.words or f"{before} changed to {quoted(edit.after)}"


def _ordinal(number: int) -> str:
    return _ORDINALS[number] if number < len(_ORDINALS) else f"{number + 1}th"
