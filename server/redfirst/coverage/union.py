"""Several specs may name one implementation: what their tests reach together."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from redfirst.coverage.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable


def union(measurements: Iterable[Measurement]) -> Measurement:
    """A line counts as reached that any of them reaches. They are of the same bytes.

    `TypeError` when there is none.
    """
    return reduce(_union, measurements)


def _union(first: Measurement, second: Measurement) -> Measurement:
    lines = first.tests_by_line.keys() | second.tests_by_line.keys()
    nothing = frozenset[str]()
    return Measurement(
        statements=first.statements | second.statements,
        excluded=first.excluded & second.excluded,
        missing=first.missing & second.missing,
        branches=first.branches | second.branches,
        missing_branches=first.missing_branches & second.missing_branches,
        tests_by_line={
            line: first.tests_by_line.get(line, nothing) | second.tests_by_line.get(line, nothing)
            for line in lines
        },
    )
