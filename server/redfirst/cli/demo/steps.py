"""What a story is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Say:
    """A chapter: its title, and what the reader should know before it happens."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a person does by hand; `act` is given the scratch folder."""

    what: str
    act: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Show:
    """The lines of a file from the first that holds `begin` to before the next that holds `end`."""

    path: str
    begin: str
    end: str


@dataclass(frozen=True, slots=True)
class Run:
    """A command of redfirst, the exit code that it must end with, and words it must print."""

    command: tuple[str, ...]
    code: int
    words: tuple[str, ...]


Step: TypeAlias = Say | Change | Show | Run
