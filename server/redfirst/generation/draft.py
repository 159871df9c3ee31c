"""What a provider hands over: the body of a test module that nobody has judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.spec.problem import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A test module without its header.

    `answered` are the ids of the cases that the body has a test for, in the spec's order.
    `problems` stand at spans of the spec: what kept the other cases from getting one.
    """

    body: str
    answered: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
