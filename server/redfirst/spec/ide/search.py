"""Functions and cases of many specs, found by a few letters of their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.document import SpecDocument, WholeContents
from redfirst.spec.ide.outline import Symbol, SymbolKind, outline
from redfirst.spec.parse import parse
from redfirst.spec.yaml.nodes import Mapping
from redfirst.spec.yaml.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN_WORDS: Final = re.compile(r"[\s\-_.]+")


def searchable(text: str) -> tuple[Symbol, ...]:
    """The function of a spec, if it names one, and its cases. Nothing is checked, for speed."""
    root = read_tree(text).root
    if not isinstance(root, Mapping):
        return ()
    parsed = parse(text, root)
    document = SpecDocument(text, WholeContents(parsed.spec, parsed.subject.cases, root), ())
    return tuple(_flat(outline(document)))


def rank(query: str, symbol: Symbol) -> int | None:
    """How well a symbol fits, 0 best; `None` when it does not. Upper and lower case are the same.

    In this order: the name begins so, holds the words of the query, holds its letters in that
    order; or the words stand in the text of the case.
    """
    wanted, name = query.strip().lower(), symbol.name.lower()
    if name.startswith(wanted):
        return 0
    words = [word for word in _BETWEEN_WORDS.split(wanted) if word]
    if all(word in name for word in words):
        return 1
    if _in_order(name, "".join(words)):
        return 2
    found = symbol.kind is SymbolKind.CASE and all(word in symbol.detail.lower() for word in words)
    return 3 if found else None


def _flat(symbols: tuple[Symbol, ...]) -> Iterator[Symbol]:
    for symbol in symbols:
        if symbol.kind is not SymbolKind.TYPE:
            yield symbol
        yield from _flat(symbol.children)


def _in_order(name: str, letters: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)
