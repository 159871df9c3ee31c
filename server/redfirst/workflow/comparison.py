"""What was expected and what came, read from the words of a failed test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_EQUALS: Final = " == "
_NOT_RAISED: Final = re.compile(r"DID NOT RAISE (?:<class '(?:\w+\.)*)?(\w+)'?>?$")
_MESSAGES: Final = re.compile(
    r"(?m)^\s*(?:Expected regex|Regex): (?P<expected>.+)\n"
    r"\s*(?:Actual message|Input): (?P<actual>.+)$"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both as Python shows them, so that an editor can set them side by side."""

    expected: str
    actual: str


def comparison(message: str) -> Comparison | None:
    """What pytest's message compares; `None` where that is not plain."""
    return next(_readings(message.strip()), None)


def _readings(message: str) -> Iterator[Comparison]:
    first = message.partition("\n")[0].strip()
    said = first.removeprefix("AssertionError: ")
    actual, equals, expected = said.removeprefix("assert ").partition(_EQUALS)
    # With a second `==` nobody can say, without reading Python, which of them it was about.
    if said.startswith("assert ") and equals and _EQUALS not in expected:
        yield Comparison(expected, actual)
    if (missed := _NOT_RAISED.search(first)) is not None:
        yield Comparison(missed[1], "nothing was raised")
    if (messages := _MESSAGES.search(message)) is not None:
        yield Comparison(messages["expected"], messages["actual"])
