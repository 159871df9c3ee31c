"""A stub: a synthetic module that stands in for the implementation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StubKind(StrEnum):
    """What a stub does when the function under test is called."""

    ABSENT = "absent"
    UNWRITTEN = "unwritten"
    SENTINEL = "sentinel"
    NONE = "none"
    ECHO = "echo"
    EMPTY = "empty"
    FILLED = "filled"
    WRONG_MESSAGE = "wrong-message"
    SIBLING = "sibling"
    EXACT = "exact"
    EXACT_LATE = "exact-late"
    WITNESS = "witness"
    WITHOUT = "without"
    ALMOST = "almost"
    ALMOST_NEXT = "almost-next"


@dataclass(frozen=True, slots=True)
class Stub:
    """One stand-in.

    `name` is unique among the stubs of a spec and stands in reports. `does` completes the sentence
    "the test passes when …". `behaviour` are the statements that the function performs, in which
    `arguments` maps parameters to values and `__redfirst__` is the probe's runtime; `None` when the
    module is absent. `case` is the id of the case that the stub was made from, where there is one.
    """

    name: str
    kind: StubKind
    does: str
    behaviour: str | None
    case: str | None = None
