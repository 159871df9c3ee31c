"""Which case holds which line in place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.coverage.measurement import Measurement


def lines_by_case(
    measurement: Measurement, cases_by_test: Mapping[str, str]
) -> dict[str, tuple[int, ...]]:
    """The lines that the tests of each case run, in order.

    `cases_by_test` maps node ids to the ids of cases; a test without a case holds nothing here.
    A case whose tests run no line of the implementation is there, with none.
    """
    lines = defaultdict[str, set[int]](set)
    for line, tests in measurement.tests_by_line.items():
        for test in tests & cases_by_test.keys():
            lines[cases_by_test[test]].add(line)
    return {case: tuple(sorted(lines[case])) for case in dict.fromkeys(cases_by_test.values())}
