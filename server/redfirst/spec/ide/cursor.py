"""Where a cursor stands in a text that need not be YAML yet: judged by lines and indentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.schema_part import ITEM
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.entry import entry_at, next_entry, previous_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.yaml.entry import Entry

_OPEN_BRACE: Final = re.compile(r"\{(?P<inside>[^{}]*)\Z")
_FLOW_KEY: Final = re.compile(r"(?:^|,)\s*(\w+)\s*:")
_LAST_WORD: Final = re.compile(r"[^,\s]*\Z")


@dataclass(frozen=True, slots=True)
class Cursor:
    """`path` leads to the value that is being written: a mapping's, when a key is due.

    `typed` is what stands between the beginning of that word or value and the cursor. `present`
    are the keys that stand beside a key already. `item` says that a dash stands before it on the
    line, `flow` that braces are open, `keyed` that a colon follows what is typed.
    """

    path: tuple[str, ...]
    typed: Span
    key_due: bool
    present: frozenset[str] = frozenset()
    item: bool = False
    flow: bool = False
    keyed: bool = False


def cursor_at(text: str, offset: int) -> Cursor:
    """What can be written at `offset`. Never raises."""
    entry = entry_at(text, offset)
    before = text[entry.span.start : offset]
    brace = _OPEN_BRACE.search(before)
    if brace is not None:
        return _in_braces(text, entry, offset, brace["inside"])
    if entry.key is not None and offset > entry.key_span.end:
        path = (*_path(text, entry, entry.inner), entry.key)
        return Cursor(path, Span(min(entry.value.start, offset), offset), key_due=False)
    start = min(entry.content.start, offset)
    column = start - entry.span.start
    present = frozenset(_beside(text, entry, column))
    return Cursor(
        _path(text, entry, column),
        Span(start, offset),
        key_due=True,
        present=present,
        item=entry.item and start == entry.content.start,
        keyed=entry.key is not None,
    )


def _in_braces(text: str, entry: Entry, offset: int, inside: str) -> Cursor:
    """`- {call: f(), ¦`: another key, or the value of the last."""
    path = _path(text, entry, entry.content.start - entry.span.start)
    if entry.key is not None:
        path = (*path, entry.key)
    last = inside.rpartition(",")[2]
    keys = _FLOW_KEY.findall(inside)
    if ":" in last:
        typed = last.partition(":")[2].lstrip()
        path = (*path, keys[-1] if keys else "")
        return Cursor(path, Span(offset - len(typed), offset), key_due=False, flow=True)
    word = _LAST_WORD.search(inside)
    start = offset - (len(word[0]) if word else 0)
    return Cursor(path, Span(start, offset), key_due=True, present=frozenset(keys), flow=True)


def _path(text: str, entry: Entry, column: int) -> tuple[str, ...]:
    """The keys and lists around what begins at `column` of the line, from the top."""
    steps: list[str] = []
    below, in_list = column, False
    if entry.item and column > entry.outer:
        steps.append(ITEM)
        below, in_list = entry.outer, True
    for above in _above(text, entry):
        if not in_list and above.item and above.outer < below <= above.inner:
            # The first key of the same list item, or a dash alone.
            steps.append(ITEM)
            below, in_list = above.outer, True
        elif _is_parent(above, below, in_list=in_list):
            steps.append(above.key or "")
            below, in_list = above.inner, False
            if above.item:
                steps.append(ITEM)
                below, in_list = above.outer, True
        elif not in_list and above.item and above.key is None and above.outer < below:
            steps.append(ITEM)
            below, in_list = above.outer, True
    return tuple(reversed(steps))


def _is_parent(above: Entry, below: int, *, in_list: bool) -> bool:
    if above.key is None:
        return False
    # A list may stand at the column of its key.
    beside = in_list and above.inner == below and not above.item
    return above.inner < below or beside


def _above(text: str, entry: Entry) -> Iterator[Entry]:
    above = previous_entry(text, entry.span.start)
    while above is not None:
        yield above
        above = previous_entry(text, above.span.start)


def _below(text: str, entry: Entry) -> Iterator[Entry]:
    below = next_entry(text, entry.span.start)
    while below is not None:
        yield below
        below = next_entry(text, below.span.start)


def _beside(text: str, entry: Entry, column: int) -> Iterator[str]:
    """The other keys of the mapping whose keys begin at `column`."""
    for above in _above(text, entry) if not entry.item else ():
        if above.inner < column:
            break
        if above.inner == column and above.key is not None:
            yield above.key
        if above.item and above.outer < column:
            break
    for below in _below(text, entry):
        if below.inner < column or (below.item and below.outer < column):
            break
        if below.inner == column and below.key is not None:
            yield below.key
