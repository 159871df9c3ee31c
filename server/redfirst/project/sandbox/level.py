"""The levels of protection by name, and their order."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(StrEnum):
    """What keeps tests from the machine, the weakest first."""

    NONE = "none"
    SEATBELT = "sandbox-exec"
    LANDLOCK = "landlock"
    BUBBLEWRAP = "bubblewrap"


def weakest(levels: Iterable[str]) -> str:
    """The weakest of the named levels; "none" when there is none."""
    order = list(Level)
    return min((Level(level) for level in levels if level), key=order.index, default=Level.NONE)
