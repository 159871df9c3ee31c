"""What an editor marks in an implementation: each line that can run, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from redfirst.coverage.gaps import find_gaps
from redfirst.coverage.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from redfirst.coverage.measurement import Gap, Measurement


class Reach(StrEnum):
    """How far tests reach a line: not at all, without all of its branches, or wholly."""

    UNCOVERED = "uncovered"
    PARTIAL = "partial"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class CaseOnLines:
    """A case of the spec at `spec`, how its tests ended, and the lines that they ran."""

    spec: str
    id: str
    outcome: str
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one text. Lines count from 1; those that cannot run have no mark.

    `stale` says that the text, or something else that the marks were computed from, is another one
    by now; what is marked was not changed.
    """

    lines: Mapping[int, Reach] = field(default_factory=dict[int, Reach])
    gaps: tuple[Gap, ...] = ()
    cases: tuple[CaseOnLines, ...] = ()
    stale: bool = False

    def stretches(self, reach: Reach) -> Iterator[range]:
        """Neighbouring lines of one kind together, in order."""
        run: list[int] = []
        for line in sorted(line for line, each in self.lines.items() if each is reach):
            if run and line != run[-1] + 1:
                yield range(run[0], run[-1] + 1)
                run = []
            run.append(line)
        if run:
            yield range(run[0], run[-1] + 1)

    def cases_of(self, line: int) -> tuple[CaseOnLines, ...]:
        """The cases whose tests ran the line."""
        return tuple(case for case in self.cases if line in case.lines)


def marks_of(source: str, measurement: Measurement, cases: Iterable[CaseOnLines] = ()) -> Marks:
    """The marks of `source`, which is what was measured. A long statement is marked to its end."""
    ends = Outline(source).statement_ends
    forking = {start for start, _ in measurement.missing_branches}
    lines: dict[int, Reach] = {}
    for line in sorted(measurement.statements):
        reach = _reach(line, measurement, forking)
        for each in range(line, max(line, ends.get(line, 0)) + 1):
            lines.setdefault(each, reach)
        lines[line] = reach
    reaching = tuple(_with_whole_statements(case, ends) for case in cases)
    return Marks(lines, find_gaps(source, measurement), reaching)


def _reach(line: int, measurement: Measurement, forking: Container[int]) -> Reach:
    if line in measurement.missing:
        return Reach.UNCOVERED
    return Reach.PARTIAL if line in forking else Reach.COVERED


def _with_whole_statements(case: CaseOnLines, ends: Mapping[int, int]) -> CaseOnLines:
    whole = (range(line, max(line, ends.get(line, 0)) + 1) for line in case.lines)
    return CaseOnLines(case.spec, case.id, case.outcome, frozenset(n for r in whole for n in r))
