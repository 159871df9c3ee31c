"""Placed blocks as the entries of a spec, and as the nodes that YAML sees in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.blocks.moved import moved_node
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.nodes import Mapping, Pair, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.spec.blocks.compose_blocks import PlacedBlock


@dataclass(frozen=True, slots=True)
class Entry:
    """A top-level key with what it has; `items` are those of a list that is made of blocks."""

    head: PlacedBlock
    items: tuple[PlacedBlock, ...]

    @property
    def key(self) -> str:
        """The key."""
        return self.head.block.key

    def pair(self) -> Pair:
        """The entry's nodes, all of them."""
        return self._pair(self.items)

    def pair_without_items(self) -> Pair:
        """The entry's nodes, with a list as if nothing were in it."""
        return self._pair(())

    def _pair(self, shown: Iterable[PlacedBlock]) -> Pair:
        head = self.head.reading.pair
        key = moved_node(head.key, self.head.by)
        if not self.items:
            return Pair(key, moved_node(head.value, self.head.by))
        first, last = self.items[0], self.items[-1]
        start = first.block.start + (first.block.column or 0)
        end = max(last.reading.item.span.end + last.by, start)
        items = tuple(moved_node(one.reading.item, one.by) for one in shown)
        return Pair(key, Sequence(Span(start, end), items, flow=False))


def entries_of(placed: Iterable[PlacedBlock]) -> Iterator[Entry]:
    """The entries that the blocks of a text make up, in its order."""
    head: PlacedBlock | None = None
    items: list[PlacedBlock] = []
    for one in placed:
        if one.block.column is not None:
            items.append(one)
            continue
        if head is not None:
            yield Entry(head, tuple(items))
        head, items = one, []
    if head is not None:
        yield Entry(head, tuple(items))


def root_of(pairs: tuple[Pair, ...]) -> Mapping:
    """The mapping that entries make up."""
    start = pairs[0].key.span.start
    return Mapping(Span(start, max(pairs[-1].value.span.end, start)), pairs, flow=False)
