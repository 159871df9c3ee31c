"""The gate: how much of the lines and branches the tests reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.coverage.constraints import lines_by_case
from redfirst.coverage.gaps import find_gaps
from redfirst.coverage.measurement import CoverageResult, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.coverage.measurement import Measurement


def coverage_result(
    path: str,
    source: str,
    measurement: Measurement,
    threshold: float,
    cases_by_test: Mapping[str, str],
) -> CoverageResult:
    """What is shown and judged of the implementation at `path`.

    `threshold` is a percentage; `cases_by_test` maps node ids to the ids of cases.
    """
    return CoverageResult(
        path=path,
        lines=share(len(measurement.statements), len(measurement.missing)),
        branches=share(len(measurement.branches), len(measurement.missing_branches)),
        threshold=threshold,
        gaps=find_gaps(source, measurement),
        lines_by_case=lines_by_case(measurement, cases_by_test),
    )


def share(total: int, missing: int) -> Share:
    """What is left of `total` without what is missing."""
    return Share(reached=total - missing, total=total)
