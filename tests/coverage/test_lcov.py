"""LCOV as editors read it."""

from redfirst.coverage.lcov import render_lcov
from redfirst.coverage.measurement import Measurement

MEASURED = Measurement(
    statements=frozenset({1, 2, 3, 5, 6}),
    excluded=frozenset({8}),
    missing=frozenset({3, 5, 6}),
    branches=frozenset({(2, 3), (2, -1), (5, 6), (5, -1)}),
    missing_branches=frozenset({(2, 3), (5, 6), (5, -1)}),
    tests_by_line={2: frozenset({"a", "b"})},
)


def test_one_record() -> None:
    assert render_lcov([("pay/m.py", MEASURED)]).splitlines() == [
        "TN:",
        "SF:pay/m.py",
        "DA:1,1",
        "DA:2,2",
        "DA:3,0",
        "DA:5,0",
        "DA:6,0",
        "LF:5",
        "LH:2",
        "BRDA:2,0,0,1",
        "BRDA:2,0,1,0",
        "BRDA:5,0,0,-",
        "BRDA:5,0,1,-",
        "BRF:4",
        "BRH:1",
        "end_of_record",
    ]


def test_several_files() -> None:
    text = render_lcov([("a.py", MEASURED), ("b.py", MEASURED)])
    assert text.count("end_of_record\n") == 2
    assert text.endswith("\n")


def test_nothing() -> None:
    assert render_lcov([]) == ""
