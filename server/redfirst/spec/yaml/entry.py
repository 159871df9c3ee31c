"""One line of a YAML text as a person reads it: indentation, dashes, key, value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from redfirst.spec.ranges import Span

_ENTRY: Final = re.compile(
    r"""(?P<indent>[ \t]*)
        (?P<dashes>(?:-[ \t]+|-(?=[\r\n]|\Z))*)
        (?:(?P<key>[^\s'"\#:\[\]{},&*!|>%@`][^:\#\r\n]*|'[^'\r\n]*'|"[^"\r\n]*")
           :(?:[ \t]+|(?=[\r\n]|\Z)))?
        (?P<value>[^\r\n]*)""",
    re.VERBOSE,
)
_WITH_CONTENT: Final = re.compile(r"[\r\n][ \t]*([^\s#])")
_STRUCTURE: Final = re.compile(r"[\r\n][ \t]*(?:-(?=\s)|\w+:(?=\s|\Z))")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of block YAML.

    `outer` is the column of its first character, `inner` that of its key or else of its last
    dash: what is indented deeper continues the value. `key` is `None` for a line without a colon
    behind its first words.
    """

    span: Span
    outer: int
    inner: int
    item: bool
    key: str | None
    key_span: Span
    value: Span

    @property
    def content(self) -> Span:
        """Key and value, without indentation and dashes."""
        return Span(self.key_span.start, self.value.end)


def line_start(text: str, offset: int) -> int:
    """Where the line begins that holds `offset`."""
    before = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset))
    if before == offset - 1 and text[before : offset + 1] == "\r\n":
        before = max(text.rfind("\n", 0, before), text.rfind("\r", 0, before))
    return before + 1


def entry_at(text: str, offset: int) -> Entry:
    """The line that holds `offset`."""
    start = line_start(text, offset)
    match = _ENTRY.match(text, start)
    assert match is not None  # noqa: S101  # every part may be empty
    value_start, value_end = match.span("value")
    value_end = value_start + len(match["value"].rstrip())
    key_span = Span(*match.span("key")) if match["key"] else Span(value_start, value_start)
    outer = len(match["indent"])
    dash = outer + max(match["dashes"].rfind("-"), 0)
    return Entry(
        Span(start, match.end()),
        outer,
        key_span.start - start if match["key"] else dash,
        bool(match["dashes"]),
        match["key"],
        key_span,
        Span(value_start, value_end),
    )


def previous_entry(text: str, offset: int) -> Entry | None:
    """The nearest line above the one of `offset` that is neither empty nor a comment."""
    start = line_start(text, offset)
    while start > 0:
        entry = entry_at(text, start - 1)
        start = entry.span.start
        line = entry.span.of(text).strip()
        if line and not line.startswith("#"):
            return entry
    return None


def next_entry(text: str, offset: int) -> Entry | None:
    """The nearest line below the one of `offset` that is neither empty nor a comment."""
    for match in _WITH_CONTENT.finditer(text, entry_at(text, offset).span.end):
        return entry_at(text, match.start(1))
    return None


def continuation_end(text: str, entry: Entry, column: int) -> int:
    """As `block_end`, but before the first line that looks like an item or a key."""
    end = block_end(text, entry, column)
    match = _STRUCTURE.search(text, entry.span.end, end)
    return (
        end
        if match is None
        else entry.span.end + len(text[entry.span.end : match.start()].rstrip())
    )


def block_end(text: str, entry: Entry, column: int) -> int:
    """Where `entry` ends together with the lines below that are indented deeper than `column`."""
    last = entry.span.end
    match = _LINE.match(text, entry.span.end)
    end = match.end() if match else last
    while end < len(text):
        match = _LINE.match(text, end)
        assert match is not None  # noqa: S101  # an empty line matches
        line = match[0]
        content = line.strip()
        if content and len(line) - len(line.lstrip(" \t")) <= column:
            break
        if content:
            last = end + len(line.rstrip())
        end = max(match.end(), end + 1)
    return last
