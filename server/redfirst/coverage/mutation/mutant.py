"""One small change to an implementation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.spec.ranges import Span, TextRange


@dataclass(frozen=True, slots=True)
class Mutant:
    """An implementation with one change, and the tests that run what was changed.

    `id` stays as long as the function, the line's text and the change do, wherever the line moves.
    `line` counts from 1, `line_text` is its text with white space folded. `span` of the source,
    shown as `range`, holds `before`, and `after` stands there instead; `change` says so in words.
    `tests` are the node ids of the tests that reach the change, in no order.
    """

    id: str
    line: int
    line_text: str
    range: TextRange
    span: Span
    before: str
    after: str
    change: str
    tests: frozenset[str]

    def applied_to(self, source: str) -> str:
        """The module's text with the change; all else stays, byte for byte."""
        return source[: self.span.start] + self.after + source[self.span.end :]
