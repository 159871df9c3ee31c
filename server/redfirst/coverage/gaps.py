"""What of an implementation no test reaches, in stretches that a person would mark."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.coverage.forks import Branches
from redfirst.coverage.measurement import Gap, GapKind
from redfirst.coverage.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.coverage.measurement import Measurement
    from redfirst.coverage.outline import Function

    BranchesByTarget = Mapping[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: int
    last: int


def find_gaps(source: str, measurement: Measurement) -> tuple[Gap, ...]:
    """The gaps of `source`, in order.

    Missing statements with nothing but missing ones between them are one gap, whatever blank
    lines and comments stand there; a function of which nothing runs is one gap. A branch that
    leads to a missing line is told with that line, and one that starts at a missing line not at
    all: each gap is explained once.
    """
    outline = Outline(source)
    unrun = tuple(_unrun_functions(outline, measurement))
    inside = {line for each in unrun for line in range(each.body_first, each.last + 1)}
    stretches = _stretches(outline, measurement, measurement.missing - inside)
    branches = Branches(outline)
    entering = _entering(measurement)
    found = [
        *(_function_gap(each) for each in unrun),
        *(_stretch_gap(stretch, branches, entering) for stretch in stretches),
        *_branch_gaps(branches, measurement),
    ]
    return tuple(sorted(found, key=lambda gap: (gap.first, gap.last, gap.text)))


def _unrun_functions(outline: Outline, measurement: Measurement) -> Iterator[Function]:
    """Functions that were defined, and of which no statement ran."""
    for function in outline.functions:
        body = measurement.statements & set(range(function.body_first, function.last + 1))
        defined = function.first not in measurement.missing
        if body and body <= measurement.missing and defined:
            yield function


def _stretches(
    outline: Outline, measurement: Measurement, missing: frozenset[int]
) -> Iterator[_Stretch]:
    run: list[int] = []
    for line in [*sorted(measurement.statements), None]:
        if line in missing:
            run.append(line)
        elif run:
            yield _Stretch(run[0], max(run[-1], outline.statement_ends.get(run[-1], 0)))
            run = []


def _function_gap(function: Function) -> Gap:
    place = f"(lines {function.first}-{function.last})"
    text = f"`{function.keyword} {function.name}` {place} never runs"
    return Gap(GapKind.LINES, function.first, function.last, text)


def _entering(measurement: Measurement) -> BranchesByTarget:
    """By line, the branches to it that are never taken though one could: from lines that run."""
    entering = defaultdict[int, list[tuple[int, int]]](list)
    for branch in measurement.missing_branches:
        if branch[0] not in measurement.missing:
            entering[branch[1]].append(branch)
    return entering


def _stretch_gap(stretch: _Stretch, branches: Branches, entering: BranchesByTarget) -> Gap:
    alone = stretch.first == stretch.last
    place = f"line {stretch.first}" if alone else f"lines {stretch.first}-{stretch.last}"
    text = f"{place} never {'runs' if alone else 'run'}"
    reasons = ", ".join(dict.fromkeys(_reasons(stretch, branches, entering)))
    said = f"{text}: {reasons}" if reasons else text
    return Gap(GapKind.LINES, stretch.first, stretch.last, said)


def _reasons(stretch: _Stretch, branches: Branches, entering: BranchesByTarget) -> Iterator[str]:
    handler = branches.unreached_handler(stretch.first)
    if handler:
        yield handler
    lines = range(stretch.first, stretch.last + 1)
    for branch in sorted(branch for line in lines for branch in entering.get(line, ())):
        yield branches.words(branch)


def _branch_gaps(branches: Branches, measurement: Measurement) -> Iterator[Gap]:
    for line, target in measurement.missing_branches:
        if line not in measurement.missing and target not in measurement.missing:
            words, enters = branches.words((line, target)), branches.enters((line, target))
            yield Gap(GapKind.BRANCH, line, line, words, enters)
