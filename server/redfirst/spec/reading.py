"""Reading single values from nodes, and the list in which problems are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redfirst.spec.model import Located
from redfirst.spec.problem import Fix, Problem, Severity
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.nodes import Mapping, Node, Scalar, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.codes import Code


@dataclass(frozen=True, slots=True)
class Reading:
    """The text that is being read, and the problems found so far."""

    text: str
    problems: list[Problem] = field(default_factory=list[Problem])

    def report(
        self, code: Code, message: str, span: Span, fix: Fix | None = None, case: str | None = None
    ) -> None:
        """Note an error."""
        self.problems.append(Problem(code, Severity.ERROR, message, span, fix, case))

    def inside(self, scalar: Scalar, offset: int) -> Span:
        """The place of `offset` of a scalar's text; the whole scalar where that is not plain."""
        first = scalar.span.start + (self.text[scalar.span.start : scalar.span.start + 1] in "'\"")
        if not self.text.startswith(scalar.text, first):
            return scalar.span
        at = first + min(offset, len(scalar.text))
        return Span(at, max(first + len(scalar.text), at))


def text_of(node: Node | None) -> Located[str] | None:
    """The text of a scalar that is not empty, as written, even where YAML retypes it."""
    if not isinstance(node, Scalar) or is_empty(node):
        return None
    return Located(node.text, node.span)


def folded_text_of(node: Node | None) -> Located[str] | None:
    """As `text_of`, with each run of white space as one space; `None` when only that is there."""
    located = text_of(node)
    folded = " ".join(located.value.split()) if located else ""
    return Located(folded, located.span) if located and folded else None


def named_texts(node: Node | None) -> Iterator[tuple[Scalar, Scalar]]:
    """Key and value of each pair of a mapping whose value is a scalar with a text."""
    if isinstance(node, Mapping):
        for key, value in node.named():
            if isinstance(value, Scalar) and not is_empty(value):
                yield key, value
