"""Where the blocks of a text begin and end, told by its lines alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from redfirst.spec.parse_cases import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

# Tabs, and what only YAML takes for a line break.
_ODD: Final = re.compile("[\t\x85\u2028\u2029]|\r(?!\n)")
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


class Block(NamedTuple):  # a long spec has thousands, made anew at each keystroke
    """The entry of a top-level key from `start` to `end`, or an item of its list.

    `column` is where the item's dash is. The entry of a key with a list in blocks ends where the
    first item begins.
    """

    key: str
    start: int
    end: int
    column: int | None = None

    def of(self, text: str) -> str:
        """The block's text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text up to `end`, in order. Behind `end` it is not plainly made of blocks."""

    blocks: tuple[Block, ...]
    end: int


def layout(text: str) -> Layout:
    """The blocks of `text`, without a look at what YAML makes of them."""
    limit = _odd(text)
    blocks: list[Block] = []
    for block in _blocks(text):
        # A fault where a block ends may be a fault of this block.
        if block.end >= limit:
            break
        blocks.append(block)
    return Layout(tuple(blocks), blocks[-1].end if blocks else 0)


def _odd(text: str) -> int:
    """Where the first odd character is, or a place behind the text."""
    # What cannot be printed holds all that is odd, and is looked for much faster.
    if text.replace("\r\n", "").replace("\n", "").isprintable():
        return len(text) + 1
    odd = _ODD.search(text)
    return len(text) + 1 if odd is None else odd.start()


def _blocks(text: str) -> Iterator[Block]:
    """The blocks in order, up to the first thing at the margin that begins none."""
    entries, end = _entries(text)
    ends = [*(start for start, _ in entries[1:]), end]
    for (start, key), stop in zip(entries, ends, strict=False):
        found = _LIST.match(text, start, stop) if key in LISTS else None
        if found is None:
            yield Block(key, start, stop)
        else:
            first, column = found.start("first"), len(found["first"])
            yield Block(key, start, first)
            dashes = _dash(column).finditer(text, first, stop)
            starts = [*(dash.start() for dash in dashes), stop]
            for begin, until in pairwise(starts):
                yield Block(key, begin, until, column)


def _entries(text: str) -> tuple[list[tuple[int, str]], int]:
    """Where the entries begin with their keys, and where they end."""
    nothing = _NOTHING.match(text)
    first = nothing.end() if nothing else 0
    entries: list[tuple[int, str]] = []
    if _ENTRY.match(text, first) is None:
        return entries, 0
    for found in _AT_MARGIN.finditer(text, first):
        entry = _ENTRY.match(text, found.start())
        if entry is not None:
            entries.append((found.start(), entry["key"]))
        elif not _ITEM.match(text, found.start()):
            return entries, found.start()
    return entries, len(text)


@lru_cache(maxsize=16)
def _dash(column: int) -> re.Pattern[str]:
    """The beginning of an item's line."""
    return re.compile(rf"^ {{{column}}}-(?![^ \r\n])", re.MULTILINE)
