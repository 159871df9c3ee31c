"""Where the blocks of a text begin and end, told by its lines alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.spec.parse_cases import LISTS
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Tabs and what only YAML takes for a line break; an explicit key, whose place depends on what
# comes behind it.
_ODD: Final = re.compile("[\t\x85\u2028\u2029]|\r(?!\n)|^[ -]*\\?(?![^ \r\n])", re.MULTILINE)
_NOTHING: Final = re.compile(r"(?: *(?:#[^\n]*)?\r?\n)*")
_AT_MARGIN: Final = re.compile(r"^[^ \r\n#]", re.MULTILINE)
_ENTRY: Final = re.compile(r"(?P<key>[A-Za-z_]\w*):(?![^ \r\n])", re.ASCII)
_ITEM: Final = re.compile(r"-(?![^ \r\n])")
_LIST: Final = re.compile(
    r"""\w+:\ *(?:(?<=\ )\#[^\n]*)?\r?\n   # nothing behind the key but a comment
        (?:\ *(?:\#[^\n]*)?\r?\n)*         # empty lines and comments
        (?P<first>\ *)-(?![^\ \r\n])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """The entry of a top-level key, or an item of its list: then `column` is where its dash is.

    The entry of a key with a list in blocks ends where the first item begins.
    """

    key: str
    span: Span
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text up to `end`, in order. Behind `end` it is not plainly made of blocks."""

    blocks: tuple[Block, ...]
    end: int


def layout(text: str) -> Layout:
    """The blocks of `text`, without a look at what YAML makes of them."""
    odd = _ODD.search(text)
    limit = len(text) + 1 if odd is None else odd.start()
    blocks: list[Block] = []
    for block in _blocks(text):
        # A fault where a block ends may be a fault of this block.
        if block is None or block.span.end >= limit:
            break
        blocks.append(block)
    return Layout(tuple(blocks), blocks[-1].span.end if blocks else 0)


def _blocks(text: str) -> Iterator[Block | None]:
    """The blocks in order; `None` where there is something else."""
    entries = list(_entries(text))
    ends = [*(start for start, _ in entries[1:]), len(text)]
    for (start, key), end in zip(entries, ends, strict=False):
        if key is None:
            yield None
            return
        found = _LIST.match(text, start, end) if key in LISTS else None
        if found is None:
            yield Block(key, Span(start, end))
        else:
            yield Block(key, Span(start, found.start("first")))
            yield from _items(text, key, Span(found.start("first"), end), len(found["first"]))


def _entries(text: str) -> Iterator[tuple[int, str | None]]:
    """Where the entries begin, and their keys; no key where something else is at the margin."""
    nothing = _NOTHING.match(text)
    first = nothing.end() if nothing else 0
    if _ENTRY.match(text, first) is None:
        return
    for found in _AT_MARGIN.finditer(text, first):
        entry = _ENTRY.match(text, found.start())
        if entry is not None:
            yield found.start(), entry["key"]
        elif not _ITEM.match(text, found.start()):
            yield found.start(), None
            return


def _items(text: str, key: str, span: Span, column: int) -> Iterator[Block | None]:
    misfit = _misfit(column).search(text, span.start, span.end)
    limit = span.end if misfit is None else misfit.start()
    starts = [found.start() for found in _dash(column).finditer(text, span.start, span.end)]
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        if end > limit:
            yield None
            return
        yield Block(key, Span(start, end), column)


@lru_cache(maxsize=16)
def _dash(column: int) -> re.Pattern[str]:
    """The beginning of an item's line."""
    return re.compile(rf"^ {{{column}}}-(?![^ \r\n])", re.MULTILINE)


@lru_cache(maxsize=16)
def _misfit(column: int) -> re.Pattern[str]:
    """A line that is no item, no comment, and not indented deeper than the dashes."""
    less = rf" {{0,{column - 1}}}[^ \r\n#]|" if column else ""
    return re.compile(rf"^(?:{less} {{{column}}}(?:[^ \r\n#-]|-[^ \r\n]))", re.MULTILINE)
