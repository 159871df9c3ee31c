"""Coverage in words: of one line, and of one function under spec."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from redfirst.coverage.marks import Reach
from redfirst.coverage.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.file_coverage import FileCoverage
    from redfirst.coverage.marks import CaseOnLines, Marks
    from redfirst.coverage.measurement import Share

_PASSED: Final = "passed"
STALE: Final = "That was before the last change."


def about_line(marks: Marks, line: int) -> str | None:
    """Which cases run the line and how they end, in Markdown; `None` for one that cannot run."""
    reach = marks.lines.get(line)
    if reach is None:
        return None
    parts = [_who_runs(marks, line, reach), *_gaps_at(marks, line)]
    return "\n\n".join([*parts, STALE] if marks.stale else parts)


def summary(coverage: FileCoverage, marks: Marks, spec: str, strength: Share | None) -> str:
    """`5 of 6 cases green, 92 % lines, 1 gap, gate 95 %, strength 14 of 16` for the function of the
    spec `spec`.

    The cases are those of the spec, and so is its `strength` where it is known; lines, gaps and
    gate are of the file.
    """
    cases = [case for case in coverage.marks.cases if case.spec == spec]
    green = sum(case.outcome == _PASSED for case in cases)
    gaps = len(coverage.marks.gaps)
    measured = (
        "left out by `omit`"
        if coverage.omitted
        else f"{math.floor(coverage.lines.percent)} % lines, {_counted(gaps, 'gap')}"
    )
    parts = [
        f"{green} of {_counted(len(cases), 'case')} green",
        measured,
        f"gate {coverage.threshold:g} %{_held(coverage)}",
    ]
    if strength is not None:
        parts.append(f"strength {strength.reached} of {strength.total}")
    said = ", ".join(parts)
    return f"{said} · stale" if marks.stale else said


def counts(source: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """How many cases run each function of `source`, with the line of its `def`."""
    for function in Outline(source).functions:
        body = range(function.body_first, function.last + 1)
        if any(line in marks.lines for line in body):
            running = sum(any(line in case.lines for line in body) for case in marks.cases)
            said = _counted(running, "case")
            yield function.first, f"{said} · stale" if marks.stale else said


def _held(coverage: FileCoverage) -> str:
    if coverage.holds is None:
        return ""
    return " holds" if coverage.holds else " missed"


def _who_runs(marks: Marks, line: int, reach: Reach) -> str:
    cases = marks.cases_of(line)
    if not cases:
        by_itself = "It runs when the module is imported. " if reach is not Reach.UNCOVERED else ""
        return f"{by_itself}No case runs this line."
    head = f"{_counted(len(cases), 'case')} run{'s' if len(cases) == 1 else ''} this line:"
    return "\n".join([head, "", *map(_item, cases)])


def _item(case: CaseOnLines) -> str:
    outcome = "green" if case.outcome == _PASSED else case.outcome
    return f"- `{case.id}` of `{case.spec}`: {outcome}"


def _gaps_at(marks: Marks, line: int) -> Iterator[str]:
    for gap in marks.gaps:
        if gap.first <= line <= gap.last:
            yield f"{gap.text[:1].upper()}{gap.text[1:]}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
