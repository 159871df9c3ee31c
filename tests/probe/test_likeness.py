"""When a witness takes two values for the same, and how it answers wrongly."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from redfirst.probe.likeness import different, same
from redfirst.probe.otherwise import otherwise

if TYPE_CHECKING:
    from collections.abc import Callable

OFFSET = 1


@dataclass(frozen=True)
class Receipt:
    taken: int
    note: str = ""
    paid: bool = False


def constant(value: object) -> Callable[[], object]:
    return lambda: value


ORDERED = (
    *(0, 7, -7, 0.5, -0.5, -1.0, 0.0, 1e300, timedelta(0), b"ab"),
    *(Decimal("1.50"), Decimal(-1), Decimal("1E+40"), Fraction(1, 3)),
    *(date(2024, 2, 29), date.max, date.min, datetime(2024, 2, 29, tzinfo=UTC)),
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: 42, lambda: 42),
        (lambda x: x + OFFSET, lambda x: x + OFFSET),
        (lambda: lambda: "inner", lambda: lambda: "inner"),
        (constant([1]), constant([1])),
        (len, len),
        ("abc".upper, "abc".upper),
    ],
)
def test_functions_that_do_the_same_are_the_same(left: object, right: object) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda: 42, lambda: 43),
        (lambda: 1, lambda: True),
        (lambda: lambda: "inner", lambda: lambda: "other"),
        (constant(1), constant(2)),
        (lambda x=1: x, lambda x=2: x),
        (lambda x: x.upper, lambda x: x.lower),
        (len, sum),
        (len, lambda x: len(x)),  # noqa: PLW0108 - likeness is what is tested
    ],
)
def test_functions_that_may_do_something_else_are_not(left: object, right: object) -> None:
    """An example with one function says nothing about a call with another."""
    assert not same(left, right)


def test_a_lie_about_a_record_is_wrong_in_every_field() -> None:
    """A test may honestly look at one field only; that field has to be wrong too."""
    truth = Receipt(20, "tea", paid=True)
    lie = different(truth)
    assert [
        one.name for one in fields(truth) if getattr(lie, one.name) == getattr(truth, one.name)
    ] == []


@pytest.mark.parametrize("truth", ORDERED, ids=repr)
def test_two_lies_stand_on_two_sides_of_the_truth(truth: Any) -> None:
    """A test that holds the answer from one side only takes one of them for true."""
    lies = (different(truth), otherwise(truth))
    assert all(type(lie) is type(truth) and lie != truth for lie in lies)
    bounded = truth not in (date.max, date.min)
    assert not bounded or min(lies) < truth < max(lies)


def test_another_lie_leaves_out_what_the_first_one_changes() -> None:
    assert otherwise([1, 2]) == []
    assert otherwise({"a": 1}) == {}
    assert otherwise("end") == "Aend"
    assert otherwise(Receipt(20, "tea", paid=True)) == Receipt(19, "Atea", paid=False)
    assert not same(otherwise([]), [])
