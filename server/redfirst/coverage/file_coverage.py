"""What the tests of all specs of one implementation reach of it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.coverage.marks import CaseOnLines, Marks, marks_of
from redfirst.coverage.threshold import share
from redfirst.coverage.union import union

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redfirst.coverage.measurement import CoverageResult, Measurement, Share


@dataclass(frozen=True, slots=True)
class SpecRun:
    """What a run of the tests of the spec at `spec` measured.

    `function` is the one under spec, `outcomes` are those of the cases. The user's own settings may
    say that coverage of the file is to be `omitted`: then there is nothing in `measurement`.
    """

    spec: str
    function: str
    result: CoverageResult
    measurement: Measurement
    outcomes: Mapping[str, str]
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """Coverage of one text of an implementation. `functions` maps specs to what they are about.

    `threshold` is the highest that one of its specs asks for, in percent. `holds` is `None` where
    not every spec of the file has come to its end, green: such runs show gaps, but judge nothing.
    It is `omitted` as a run is.
    """

    measurement: Measurement
    functions: Mapping[str, str]
    marks: Marks
    lines: Share
    branches: Share
    threshold: float
    holds: bool | None
    omitted: bool = False


def file_coverage(source: str, runs: Sequence[SpecRun], specs: int) -> FileCoverage:
    """The coverage of `source` by `runs`, at least one; so many `specs` name it."""
    measured = union(run.measurement for run in runs)
    lines = share(len(measured.statements), len(measured.missing))
    branches = share(len(measured.branches), len(measured.missing_branches))
    threshold = max(run.result.threshold for run in runs)
    reached = min(lines.percent, branches.percent) >= threshold
    is_whole = len(runs) >= specs and all(run.result.complete for run in runs)
    cases = [case for run in runs for case in _cases(run)]
    marks = marks_of(source, measured, cases)
    return FileCoverage(
        measurement=measured,
        functions={run.spec: run.function for run in runs},
        marks=marks,
        lines=lines,
        branches=branches,
        threshold=threshold,
        holds=reached if is_whole else None,
        omitted=any(run.omitted for run in runs),
    )


def _cases(run: SpecRun) -> list[CaseOnLines]:
    """A case that ran no line is there as well: it is counted."""
    return [
        CaseOnLines(run.spec, case, outcome, frozenset(run.result.lines_by_case.get(case, ())))
        for case, outcome in run.outcomes.items()
    ]
