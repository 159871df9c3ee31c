"""The gate, and which case holds which line."""

import pytest

from redfirst.coverage.measurement import Measurement, Share
from redfirst.coverage.threshold import coverage_result

SOURCE = "def f(x):\n    if x:\n        return 1\n    return 2\n"


def measurement(
    *, missing: frozenset[int] = frozenset(), untaken: frozenset[tuple[int, int]] = frozenset()
) -> Measurement:
    return Measurement(
        statements=frozenset({1, 2, 3, 4}),
        excluded=frozenset(),
        missing=missing,
        branches=frozenset({(2, 3), (2, 4)}),
        missing_branches=untaken,
        tests_by_line={
            2: frozenset({"t.py::test_a", "t.py::test_b", "t.py::test_free"}),
            3: frozenset({"t.py::test_a"}),
            4: frozenset({"t.py::test_b", "t.py::test_free"}),
        },
    )


def test_everything_reached() -> None:
    result = coverage_result("m.py", SOURCE, measurement(), 100, {})
    assert (result.lines, result.branches) == (Share(4, 4), Share(2, 2))
    assert result.gaps == ()
    assert result.holds


def test_a_line_and_its_branch() -> None:
    short = measurement(missing=frozenset({3}), untaken=frozenset({(2, 3)}))
    result = coverage_result("m.py", SOURCE, short, 75, {})
    assert (result.lines, result.branches) == (Share(3, 4), Share(1, 2))
    assert [gap.text for gap in result.gaps] == ["line 3 never runs: `if` of line 2 never true"]


@pytest.mark.parametrize(
    ("threshold", "missing", "untaken", "holds"),
    [
        (75, {3}, set(), True),
        (75.01, {3}, set(), False),
        (75, set(), {(2, 3)}, False),
        (50, {3, 4}, {(2, 3)}, True),
        (0, {1, 2, 3, 4}, {(2, 3), (2, 4)}, True),
    ],
)
def test_both_shares_must_hold(
    threshold: float, missing: set[int], untaken: set[tuple[int, int]], holds: bool
) -> None:
    measured = measurement(missing=frozenset(missing), untaken=frozenset(untaken))
    assert coverage_result("m.py", SOURCE, measured, threshold, {}).holds is holds


def test_a_module_without_branches() -> None:
    nothing = Measurement(*(frozenset() for _ in range(5)), tests_by_line={})
    result = coverage_result("m.py", "", nothing, 100, {})
    assert result.holds


def test_the_lines_of_each_case() -> None:
    cases = {"t.py::test_a": "EC-a", "t.py::test_b": "EC-a", "t.py::test_idle": "EC-idle"}
    result = coverage_result("m.py", SOURCE, measurement(), 95, cases)
    assert result.lines_by_case == {"EC-a": (2, 3, 4), "EC-idle": ()}
