from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.problem import Problem
    from redfirst.spec.rules.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    yield from ()
