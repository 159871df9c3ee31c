"""What stands at an offset of a spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.ide.schema_part import ITEM
from redfirst.spec.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from redfirst.spec.ranges import Span
    from redfirst.spec.yaml.nodes import Node


@dataclass(frozen=True, slots=True)
class Place:
    """`path` leads from the top to the innermost value, or to the value of the key there.

    `on_key` says that the offset is on that key itself, whose place `span` is then.
    """

    path: tuple[str, ...]
    span: Span
    on_key: bool


def place_at(root: Node | None, offset: int) -> Place | None:
    """The place of `offset`; `None` where nothing is written."""
    return None if root is None else _within(root, (), offset)


def _within(node: Node, path: tuple[str, ...], offset: int) -> Place | None:
    if isinstance(node, Mapping):
        for pair in node.pairs:
            name = pair.key.text if isinstance(pair.key, Scalar) else ""
            if offset in pair.key.span:
                return Place((*path, name), pair.key.span, on_key=True)
            if offset in pair.value.span:
                return _within(pair.value, (*path, name), offset)
        return None
    if isinstance(node, Sequence):
        items = (item for item in node.items if offset in item.span)
        return next((_within(item, (*path, ITEM), offset) for item in items), None)
    return Place(path, node.span, on_key=False) if offset in node.span else None
