"""What the rules look at: as much of a spec as could be read, and the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.spec.model import Case, Located, MutantWaiver, TypeDefinition


@dataclass(frozen=True, slots=True)
class Subject:
    """A spec that may be incomplete. What is missing or unusable is `None` or left out.

    `signature` is its text, not yet parsed. Spans cover a value with its quotes. `left_out`
    counts the cases that were written but could not be read. `settings` are the values under
    that key, as YAML gave them.
    """

    text: str
    function: Located[str] | None = None
    module: Located[str] | None = None
    signature: Located[str] | None = None
    behavior: Located[str] | None = None
    cases: tuple[Case, ...] = ()
    types: tuple[TypeDefinition, ...] = ()
    imports: tuple[Located[str], ...] = ()
    settings: Mapping[str, Located[Any]] = field(default_factory=dict[str, "Located[Any]"])
    mutant_waivers: tuple[MutantWaiver, ...] = ()
    left_out: int = 0

    def place(self, value: Located[str], start: int, end: int) -> Span:
        """Where `value[start:end]` stands in the text; the whole value where that is not plain.

        An escape or a folded line break inside a YAML text shifts all that follows.
        """
        first = value.span.start
        first += self.text[first : first + 1] in {"'", '"'}
        if not self.text.startswith(value.value, first):
            return value.span
        return Span(first + start, first + max(end, start))
