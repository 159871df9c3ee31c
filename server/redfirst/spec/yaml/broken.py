"""Texts that YAML takes apart without complaint: at a comma between braces, or at a ` #`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from redfirst.spec.yaml.nodes import Node, Pair, Scalar, Style, is_empty
from redfirst.spec.yaml.quote import is_balanced

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARROW: Final = re.compile(r"->|→|=>")
_COMMENT: Final = re.compile(r"[ \t]+#(?P<words>[^\r\n]*)")


def split_values(pairs: tuple[Pair, ...]) -> Iterator[Scalar]:
    """Values such as `f(1` of `{call: f(1, 2)}`, with a key without a value behind them."""
    for before, after in pairwise(pairs):
        if is_empty(after.value) and (scalar := _unbalanced(before.value)):
            yield scalar


def split_items(items: list[Node]) -> Iterator[Scalar]:
    """Items such as `f(1` of `[f(1, 2)]`."""
    for item in items[:-1]:
        if scalar := _unbalanced(item):
            yield scalar


def is_cut_short(text: str, scalar: Scalar) -> bool:
    """Whether the comment behind `scalar` was hardly meant as one.

    It cuts through quotes or brackets, or the arrow of the case stands in it.
    """
    comment = _COMMENT.match(text, scalar.span.end)
    if comment is None or not scalar.text or scalar.repaired:
        return False
    if not is_balanced(scalar.text):
        return True
    return bool(_ARROW.search(comment["words"])) and not _ARROW.search(scalar.text)


def _unbalanced(node: Node) -> Scalar | None:
    if not isinstance(node, Scalar) or node.style is not Style.PLAIN or node.repaired:
        return None
    return None if is_balanced(node.text) else node
