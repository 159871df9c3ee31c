"""Quoting: how an intended text is written so that every YAML reader takes it as that text."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from redfirst.spec.problem import Fix, TextEdit

if TYPE_CHECKING:
    from redfirst.spec.ranges import Span

_NEEDS_ESCAPE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
)
_COMMENT: Final = re.compile(r"[ \t]#")
# Each candidate costs a look at all before it; no text that a person writes has more.
_MOST_CANDIDATES: Final = 100
_FLOW_END: Final = re.compile(r"[,}\]\r\n]")
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}


def quoted(text: str) -> str:
    """`text` as a YAML string in quotes on one line: double ones where nothing needs escaping."""
    if _NEEDS_ESCAPE.search(text):
        escaped = json.dumps(text, ensure_ascii=False)
        return _NEEDS_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def quote_fix(text: str, span: Span) -> Fix:
    """Replace what stands at `span` by `text` in quotes."""
    return Fix("Quote this value", (TextEdit(span, quoted(text)),))


def is_balanced(text: str) -> bool:
    """Every quote and bracket that opens in `text` closes in it.

    An apostrophe inside a word (`doesn't`) opens nothing.
    """
    opened: list[str] = []
    quote = ""
    for index, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character == '"' or (character == "'" and not text[index - 1 : index].isalnum()):
            quote = character
        elif character in "([{":
            opened.append(character)
        elif character in _CLOSING and (not opened or opened.pop() != _CLOSING[character]):
            return False
    return not quote and not opened


def balanced_end(text: str, start: int) -> int:
    """Where a text between braces or brackets ends that begins at `start`.

    That is before the first comma, closing bracket or line break that is not inside quotes or
    brackets of its own.
    """
    for match in islice(_FLOW_END.finditer(text, start), _MOST_CANDIDATES):
        if match[0] in "\r\n" or is_balanced(text[start : match.start()]):
            return start + len(text[start : match.start()].rstrip())
    line = re.split(r"[\r\n]", text[start:], maxsplit=1)[0]
    return start + len(line.rstrip())


def without_comment(line: str) -> str:
    """`line` up to a ` # comment`, unless the comment mark cuts through quotes or brackets."""
    for match in islice(_COMMENT.finditer(line), _MOST_CANDIDATES):
        if is_balanced(line[: match.start()]):
            return line[: match.start()].rstrip()
    return line.rstrip()
