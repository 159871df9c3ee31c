"""What is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.spec.codes import Code
    from redfirst.spec.ranges import Span


class Severity(StrEnum):
    """How much a problem weighs; only an error makes a command end with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace what stands at `span` by `new_text`."""

    span: Span
    new_text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to the same text that mends the problem; `title` is an imperative."""

    title: str
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding at a place of one text (a spec, a test module or an implementation).

    `message` is one or two plain sentences: what is wrong, then what to do.
    `case` is the id of the case that the finding is about, where there is one.
    """

    code: Code
    severity: Severity
    message: str
    span: Span
    fix: Fix | None = None
    case: str | None = None
