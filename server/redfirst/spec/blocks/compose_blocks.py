"""A text to its blocks, each read or known from before, up to the first fault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from redfirst.spec.blocks.block_reading import BlockReading, read_block
from redfirst.spec.blocks.layout import Block, layout
from redfirst.spec.blocks.moved import moved_scalar
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.compose import MAX_NODES, Composition, Failure, compose
from redfirst.spec.yaml.nodes import Mapping, is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping as ReadOnly

    from redfirst.spec.yaml.nodes import Scalar


class PlacedBlock(NamedTuple):  # as many as there are blocks
    """A block that was read, and where it stands: `by` is added to the places in the reading."""

    block: Block
    reading: BlockReading
    by: int


@dataclass(frozen=True, slots=True)
class BlockComposition(Composition):
    """As much as one needs to read on behind faults: its `root` is there, but hollow.

    Without a failure, `placed` are the blocks that make up the whole text.
    """

    placed: tuple[PlacedBlock, ...]


class NotInBlocksError(Exception):
    """The text is not plainly made of blocks, and has to be read as a whole."""


def compose_blocks(text: str, masked: str, stand_ins: ReadOnly[int, Scalar]) -> BlockComposition:
    """Read `masked`, which is `text` but for what is masked there; `stand_ins` stand for that.

    Failure, texts cut short and texts split are what `compose` finds. `NotInBlocksError` for a text
    that has to be read as a whole.
    """
    laid = layout(masked)
    placed: list[PlacedBlock] = []
    end = laid.end
    for block in laid.blocks:
        lead = "" if block.column is None else f"{block.key}:\n"
        by = block.start - len(lead)
        own = block.of(masked)
        written = own if masked is text else block.of(text)
        inside = _inside(block, stand_ins, by) if stand_ins else ()
        reading = read_block(block.key, lead, own, written, inside)
        if reading is None:
            end = block.start
            break
        placed.append(PlacedBlock(block, reading, by))
    if end < len(masked):
        return _failed(masked, stand_ins, placed, end)
    if not placed or sum(one.reading.composition.count for one in placed) >= MAX_NODES:
        raise NotInBlocksError
    return _composition(placed, None, None, ())


def _inside(block: Block, stand_ins: ReadOnly[int, Scalar], by: int) -> tuple[Scalar, ...]:
    """The stand-ins that stand in the block, with the places that it is read with."""
    within = (scalar for at, scalar in stand_ins.items() if block.start <= at < block.end)
    return tuple(moved_scalar(scalar, -by) for scalar in within)


def _failed(
    masked: str, stand_ins: ReadOnly[int, Scalar], placed: list[PlacedBlock], end: int
) -> BlockComposition:
    """What goes wrong behind the blocks, as YAML sees it that has read all of them.

    YAML is given a stand-in for the blocks, behind which it stands as behind themselves: in the
    same list, or between two entries.
    """
    while placed and is_empty(placed[-1].reading.item):
        end = placed.pop().block.start  # what follows may be its value, or a list's first item
    if not placed:
        raise NotInBlocksError
    lead, known = _stand_in(placed)
    by = end - len(lead)
    behind = {at - by: moved_scalar(one, -by) for at, one in stand_ins.items() if at >= end}
    rest = compose(lead + masked[end:], behind)
    if rest.failure is None or rest.too_large is not None:
        raise NotInBlocksError
    places = (rest.failure.offset, rest.failure.origin)
    offset, origin = (
        at if at is None else at + by if at >= len(lead) else known.get(at) for at in places
    )
    if offset is None or (origin is None and rest.failure.origin is not None):
        raise NotInBlocksError
    failure = replace(rest.failure, offset=offset, origin=origin)
    last = rest.last_scalar
    is_behind = last is not None and last.span.start >= len(lead)
    last_scalar = moved_scalar(last, by) if last and is_behind else _last_scalar(placed[-1])
    return _composition(
        placed, failure, last_scalar, tuple(moved_scalar(one, by) for one in rest.split)
    )


def _stand_in(placed: list[PlacedBlock]) -> tuple[str, ReadOnly[int, int]]:
    """A text as YAML sees the blocks at their end, and where the collections in it really begin."""
    root, last = placed[0].block.start, placed[-1].block
    if last.column is None:
        return "x: x\n", {0: root}
    head = f"x:\n{' ' * last.column}"
    blocks = (one.block for one in placed)
    first = next(one for one in blocks if one.key == last.key and one.column is not None)
    return f"{head}- x\n", {0: root, len(head): first.start + last.column}


def _last_scalar(placed: PlacedBlock) -> Scalar:
    last = placed.reading.composition.last_scalar
    if last is None or last.span.start < len(placed.reading.lead):
        raise NotInBlocksError
    return moved_scalar(last, placed.by)


def _composition(
    placed: list[PlacedBlock],
    failure: Failure | None,
    last_scalar: Scalar | None,
    split_behind: tuple[Scalar, ...],
) -> BlockComposition:
    start = placed[0].block.start
    return BlockComposition(
        root=Mapping(Span(start, start), (), flow=False),
        failure=failure,
        properties=(),
        second_document=None,
        too_large=None,
        last_scalar=last_scalar,
        split=(
            *(
                moved_scalar(part, one.by)
                for one in placed
                for part in one.reading.composition.split
            ),
            *split_behind,
        ),
        cut=tuple(
            moved_scalar(part, one.by) for one in placed for part in one.reading.composition.cut
        ),
        count=0,
        placed=tuple(placed),
    )
