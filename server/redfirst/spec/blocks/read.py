"""A spec read in blocks: what `read_spec` would say of the same text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from redfirst.spec import rules
from redfirst.spec.blocks.compose_blocks import NotInBlocksError, compose_blocks
from redfirst.spec.blocks.entries import Entry, entries_of, root_of
from redfirst.spec.blocks.moved import moved_case, moved_problem
from redfirst.spec.blocks.suspects import CONTEXT_KEYS, Context, context_of, suspects
from redfirst.spec.document import SpecDocument, in_order, read_spec
from redfirst.spec.parse import parse
from redfirst.spec.parse_cases import LISTS, numbered_ids
from redfirst.spec.shape import shape_problems
from redfirst.spec.yaml.mend import Mended, mended
from redfirst.spec.yaml.readable import readable
from redfirst.spec.yaml.traps import traps
from redfirst.spec.yaml.tree import MAX_TEXT, node_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.blocks.block_reading import CaseReading
    from redfirst.spec.blocks.compose_blocks import BlockComposition
    from redfirst.spec.model import Case, Spec
    from redfirst.spec.problem import Problem
    from redfirst.spec.yaml.nodes import Mapping


def read_in_blocks(text: str) -> SpecDocument:
    """What `read_spec` says of `text`, at the cost of the blocks that were not read before."""
    try:
        return _read(text)
    except NotInBlocksError:
        return read_spec(text)


@dataclass(frozen=True)
class _Cases:
    """The usable cases of a text in their order, each with what is added to its places."""

    readings: tuple[CaseReading, ...]
    by: tuple[int, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return numbered_ids([(one.made_id, one.written_id) for one in self.readings])

    def placed(self, number: int) -> Case:
        """A case as it stands in the text."""
        return moved_case(self.readings[number].case, self.by[number], self.ids[number])


@dataclass(frozen=True)
class _Contents:
    """What the blocks of a text say, at the places where they stand: made when somebody asks."""

    head: Spec | None
    entries: tuple[Entry, ...]
    read: _Cases

    @property
    def cases(self) -> tuple[Case, ...]:
        return self._cases

    @property
    def spec(self) -> Spec | None:
        return self._spec

    @property
    def tree(self) -> Mapping:
        return self._tree

    @cached_property
    def _cases(self) -> tuple[Case, ...]:
        return tuple(map(self.read.placed, range(len(self.read.readings))))

    @cached_property
    def _spec(self) -> Spec | None:
        return replace(self.head, cases=self.cases) if self.head else None

    @cached_property
    def _tree(self) -> Mapping:
        return root_of(tuple(entry.pair() for entry in self.entries))


def _read(text: str) -> SpecDocument:
    shadow, unreadable = readable(text)
    if unreadable or len(text) > MAX_TEXT:
        raise NotInBlocksError
    composed = mended(shadow, partial(compose_blocks, shadow))
    entries = tuple(entries_of(composed.composition.placed))
    has_twice = len({entry.key for entry in entries}) < len(entries)
    if composed.composition.failure is not None or has_twice:
        raise NotInBlocksError
    root = root_of(tuple(entry.pair_without_items() for entry in entries))
    head = parse(text, root)
    cases, written = _cases(entries)
    looked_at = sorted(suspects(_context(shadow, composed, entries), cases.readings))
    subject = replace(
        head.subject,
        cases=tuple(map(cases.placed, looked_at)),
        left_out=written - len(looked_at),
    )
    problems = (
        *composed.problems,
        *_own_problems(composed.composition),
        *node_problems(shadow, root),
        *shape_problems(text, root),
        *traps(root),
        *head.problems,
        *rules.check(subject),
    )
    return SpecDocument(text, _Contents(head.spec, entries, cases), in_order(problems))


def _cases(entries: tuple[Entry, ...]) -> tuple[_Cases, int]:
    """The usable cases, and how many are written."""
    lists = {entry.key: entry.items for entry in entries}
    items = [item for name in LISTS for item in lists.get(name, ())]
    usable = [(one.reading.case, one.by) for one in items if one.reading.case is not None]
    return _Cases(tuple(one for one, _ in usable), tuple(by for _, by in usable)), len(items)


def _context(
    shadow: str, composed: Mended[BlockComposition], entries: tuple[Entry, ...]
) -> Context | None:
    """What rules of single cases look at; `None` while YAML cannot read it as it stands."""
    blocks = [entry.head.block for entry in entries if entry.key in CONTEXT_KEYS]
    for block in blocks:
        if block.of(composed.shadow) != block.of(shadow):
            return None
    return context_of("\n".join(block.of(shadow) for block in blocks))


def _own_problems(composition: BlockComposition) -> Iterator[Problem]:
    for one in composition.placed:
        for problem in one.reading.problems:
            yield moved_problem(problem, one.by)
