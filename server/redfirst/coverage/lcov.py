"""Coverage as LCOV, which the gutters of most editors read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.coverage.measurement import Measurement


def render_lcov(measurements: Iterable[tuple[str, Measurement]]) -> str:
    """One record for each path and its measurement.

    The count of a line is the number of tests that ran it where that is known, else 1.
    """
    records = (_record(path, measurement) for path, measurement in measurements)
    return "".join(f"{line}\n" for record in records for line in record)


def _record(path: str, measurement: Measurement) -> Iterator[str]:
    yield "TN:"
    yield f"SF:{path}"
    for line in sorted(measurement.statements):
        yield f"DA:{line},{_count(measurement, line)}"
    yield f"LF:{len(measurement.statements)}"
    yield f"LH:{len(measurement.statements) - len(measurement.missing)}"
    yield from _branches(measurement)
    yield f"BRF:{len(measurement.branches)}"
    yield f"BRH:{len(measurement.branches) - len(measurement.missing_branches)}"
    yield "end_of_record"


def _count(measurement: Measurement, line: int) -> int:
    if line in measurement.missing:
        return 0
    return max(len(measurement.tests_by_line.get(line, ())), 1)


def _branches(measurement: Measurement) -> Iterator[str]:
    """`-` says that the line of the branch itself never ran."""
    for line, group in groupby(sorted(measurement.branches), key=lambda branch: branch[0]):
        for number, branch in enumerate(group):
            taken = "0" if branch in measurement.missing_branches else "1"
            yield f"BRDA:{line},0,{number},{'-' if line in measurement.missing else taken}"
