"""A line that stands between a key and what belongs to it, as a line does that is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.spec.yaml.entry import Entry, next_entry, previous_entry

if TYPE_CHECKING:
    from collections.abc import Iterator


def intruder_above(text: str, entry: Entry) -> Entry | None:
    """The line above `entry`, if without it `entry` would fit the lines further up."""
    above = previous_entry(text, entry.span.start)
    if above is None or (_opens(above) and above.outer < entry.outer):
        return None
    if above.outer == entry.outer:
        return above if above.item != entry.item and _is_first_child(text, above) else None
    parent = _fitting(text, above, entry)
    if parent is None:
        return None
    if above.outer < entry.outer:
        return above
    below = next_entry(text, entry.span.end)
    alone = below is None or below.outer != above.outer
    is_first = _is_first_child(text, above) and previous_entry(text, above.span.start) == parent
    return above if alone and is_first else None


def _is_first_child(text: str, entry: Entry) -> bool:
    parent = previous_entry(text, entry.span.start)
    return parent is not None and _opens(parent) and parent.outer < entry.outer


def _fitting(text: str, above: Entry, entry: Entry) -> Entry | None:
    """The line above `above` that `entry` is a sibling or a child of."""
    for line in _lines_above(text, above):
        if entry.outer in (line.outer, line.inner):
            return line
        if line.outer < entry.outer:
            return line if _opens(line) else None
    return None


def _lines_above(text: str, entry: Entry) -> Iterator[Entry]:
    line = previous_entry(text, entry.span.start)
    while line is not None:
        yield line
        line = previous_entry(text, line.span.start)


def _opens(line: Entry) -> bool:
    """A key with nothing behind it: what belongs to it stands below."""
    return line.key is not None and line.value.start == line.value.end
