"""What a spec holds, as a tree of symbols, and what of it can be folded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from redfirst.spec.ranges import Span
from redfirst.spec.reading import text_of
from redfirst.spec.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.document import SpecDocument
    from redfirst.spec.yaml.nodes import Node


class SymbolKind(StrEnum):
    """What a symbol is."""

    FUNCTION = "function"
    TYPE = "type"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Symbol:
    """`selection`, its name or line, lies within `span`."""

    name: str
    detail: str
    kind: SymbolKind
    span: Span
    selection: Span
    children: tuple[Symbol, ...] = ()


def outline(document: SpecDocument) -> tuple[Symbol, ...]:
    """The function with its types and cases; these alone while the function has no name."""
    tree = document.tree
    if not isinstance(tree, Mapping):
        return ()
    inside = (*_types(tree.get("types")), *_cases(document))
    function, module = text_of(tree.get("function")), text_of(tree.get("module"))
    if function is None:
        return inside
    detail = module.value if module else ""
    kind = SymbolKind.FUNCTION
    return (Symbol(function.value, detail, kind, tree.span, function.span, inside),)


def folds(document: SpecDocument) -> tuple[Span, ...]:
    """Each key of the top with its value, and each case; one that is all on a line too."""
    tree = document.tree
    pairs = tree.pairs if isinstance(tree, Mapping) else ()
    sections = (_joined(pair.key.span, pair.value.span) for pair in pairs)
    return (*sections, *(case.span for case in document.cases))


def _types(node: Node | None) -> Iterator[Symbol]:
    if not isinstance(node, Mapping):
        return
    for pair in node.pairs:
        if isinstance(pair.key, Scalar) and pair.key.text:
            span = _joined(pair.key.span, pair.value.span)
            yield Symbol(pair.key.text, "", SymbolKind.TYPE, span, pair.key.span)


def _cases(document: SpecDocument) -> Iterator[Symbol]:
    for case in document.cases:
        yield Symbol(case.id, case.text.value, SymbolKind.CASE, case.span, case.text.span)


def _joined(first: Span, second: Span) -> Span:
    return Span(first.start, max(first.end, second.end))
