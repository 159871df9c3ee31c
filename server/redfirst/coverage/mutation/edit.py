"""A change to a source, before anybody has said which tests run it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping

    from redfirst.coverage.measurement import Measurement
    from redfirst.coverage.mutation.source_text import SourceText
    from redfirst.spec.ranges import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `after` in the place of `span`; `words` say it where "`a` changed to `b`" would not."""

    span: Span
    after: str
    words: str = ""


class Role(Enum):
    """What a node is for the one that it stands in, where that matters."""

    CONDITION = auto()  # it is made always true and always false as a whole
    BOUND = auto()  # of a slice
    TWIN = auto()  # a number: one more would be what another change of the comparison is
    SIGNED = auto()  # a number behind a minus


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an operator may know: the source, roles by the `id` of nodes, what tests reach, and
    which messages of errors the spec declares.
    """

    source: SourceText
    roles: Mapping[int, Role]
    measurement: Measurement
    messages: frozenset[str]

    def role(self, node: ast.AST) -> Role | None:
        """The role of `node`, if it has one that matters."""
        return self.roles.get(id(node))

    def is_run(self, line: int) -> bool:
        """Whether a test runs that line."""
        return bool(self.measurement.tests_by_line.get(line))
