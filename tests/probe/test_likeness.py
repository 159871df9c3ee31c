"""When a witness takes two values for the same, and how it answers wrongly."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pytest

from redfirst.probe.likeness import different, same

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
