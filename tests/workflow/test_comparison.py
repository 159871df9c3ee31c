"""What a failed test compares, in the words of several versions of pytest."""

from __future__ import annotations

import pytest

from redfirst.workflow.comparison import Comparison, comparison


@pytest.mark.parametrize(
    ("message", "expected", "actual"),
    [
        ("assert 1 == 0\n +  where 1 = half(0)", "0", "1"),
        (
            "AssertionError: assert [1, 2] == [1]\n  \n  Left contains one more item: 2",
            "[1]",
            "[1, 2]",
        ),
        ("DID NOT RAISE ValueError", "ValueError", "nothing was raised"),
        ("DID NOT RAISE <class 'app.errors.Refused'>", "Refused", "nothing was raised"),
        (
            "Regex pattern did not match.\n  Expected regex: 'odd\\ n'\n  Actual message: 'even'",
            "'odd\\ n'",
            "'even'",
        ),
        (
            "AssertionError: Regex pattern did not match.\n Regex: 'odd'\n Input: 'even'",
            "'odd'",
            "'even'",
        ),
    ],
)
def test_both_sides_are_told(message: str, expected: str, actual: str) -> None:
    assert comparison(message) == Comparison(expected, actual)


@pytest.mark.parametrize(
    "message",
    ["", "assert not True", "ZeroDivisionError: a == b", "assert (1 == 2) == (3 == 3)"],
)
def test_nothing_is_guessed(message: str) -> None:
    assert comparison(message) is None
