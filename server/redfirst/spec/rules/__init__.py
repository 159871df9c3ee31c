"""Rules beyond the shape of a spec: what each part means, and whether the parts agree."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from redfirst.spec.rules import (
    agreement,
    cases,
    errors,
    examples,
    function,
    money,
    settings,
    types,
    waivers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.problem import Problem
    from redfirst.spec.rules.subject import Subject


def check_cases(subject: Subject) -> Iterator[Problem]:
    """What the rules about cases find: those of each case, and those of cases side by side."""
    families = (cases, errors, examples, agreement, waivers)
    return chain.from_iterable(family.check(subject) for family in families)


def check(subject: Subject) -> Iterator[Problem]:
    """Everything that the rules find, in no particular order. Never raises."""
    families = (function, types, cases, errors, examples, agreement, money, waivers, settings)
    return chain.from_iterable(family.check(subject) for family in families)
