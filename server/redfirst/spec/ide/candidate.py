"""Something that can be written where a cursor stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redfirst.spec.ranges import Span


class CandidateKind(StrEnum):
    """What a candidate is."""

    KEY = "key"
    SNIPPET = "snippet"
    EXCEPTION = "exception"
    MODULE = "module"
    FUNCTION = "function"
    TYPE = "type"
    VALUE = "value"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`snippet`, with placeholders such as `${1:name}`, goes into the place of `span`.

    Its lines behind the first are indented from where the line of the cursor is.
    """

    label: str
    kind: CandidateKind
    span: Span
    snippet: str
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Modules:
    """The modules of a project: their dotted names, and the source of one, looked up when needed.

    There is no source (`None`) for a module that does not exist.
    """

    names: Callable[[], Iterable[str]]
    source: Callable[[str], str | None]
