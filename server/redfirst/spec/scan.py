"""Where quotes and brackets stand in a line that is half prose, half Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_STRING_PREFIX: Final = re.compile(r"\b(?:[rbfu]|rb|br|rf|fr)\Z", re.IGNORECASE)


def first_outside(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match of `pattern` that begins outside quotes and brackets.

    When brackets hide every match (one that never closes, say), quotes alone count.
    """
    quoted = set(_quoted(text))
    bracketed = set(_bracketed(text, quoted))
    matches = [match for match in pattern.finditer(text) if match.start() not in quoted]
    return next((match for match in matches if match.start() not in bracketed), None) or (
        matches[0] if matches else None
    )


def past_brackets(text: str, opening: int) -> int | None:
    """The offset behind the bracket that closes the one at `opening`; `None` if none does."""
    quoted = set(_quoted(text))
    depth = 0
    for offset in range(opening, len(text)):
        if offset in quoted:
            continue
        depth += (text[offset] in "([{") - (text[offset] in ")]}")
        if depth == 0:
            return offset + 1
    return None


def _quoted(text: str) -> Iterator[int]:
    """The offsets inside string literals, their quotes included; an apostrophe opens none."""
    offset = 0
    while offset < len(text):
        end = _string_end(text, offset) if text[offset] in "'\"" else None
        if end is None:
            offset += 1
        else:
            yield from range(offset, end)
            offset = end


def _string_end(text: str, opening: int) -> int | None:
    before = text[max(opening - 3, 0) : opening]
    if before[-1:].isalnum() and not _STRING_PREFIX.search(before):
        return None
    offset = opening + 1
    while offset < len(text):
        if text[offset] == "\\":
            offset += 1
        elif text[offset] == text[opening]:
            return offset + 1
        offset += 1
    return None


def _bracketed(text: str, quoted: set[int]) -> Iterator[int]:
    expected: list[str] = []
    for offset, character in enumerate(text):
        if offset in quoted:
            continue
        if character in _CLOSING:
            expected.append(_CLOSING[character])
        elif expected and character == expected[-1]:
            expected.pop()
        if expected:
            yield offset
