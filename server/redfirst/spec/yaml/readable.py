"""A text without the characters that YAML's reader refuses."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span

# A binary file has one at every other character; nobody reads on after these.
MAX_REFUSED: Final = 100

_REFUSED: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+"
)
_BOM: Final = "\ufeff"
_REPLACEMENT: Final = "\ufffd"


def readable(text: str) -> tuple[str, tuple[Problem, ...]]:
    """`text`, of the same length, without characters that YAML's reader refuses."""
    # A line break keeps the offsets and leaves the first key at its column.
    shadow = "\n" + text[1:] if text.startswith(_BOM) else text
    # What is refused cannot be printed either, and that is found out much faster.
    if shadow.replace("\n", "").isprintable():
        return shadow, ()
    refused = islice(_REFUSED.finditer(shadow), MAX_REFUSED)
    problems = tuple(_unreadable(match) for match in refused)
    if not problems:
        return shadow, ()
    return _REFUSED.sub(lambda match: _REPLACEMENT * len(match[0]), shadow), problems


def _unreadable(match: re.Match[str]) -> Problem:
    message = (
        f"The character U+{ord(match[0][0]):04X} cannot stand in a YAML file. Remove it, or write "
        "it as an escape between double quotes."
    )
    fix = Fix("Remove it", (TextEdit(Span(*match.span()), ""),))
    return Problem(Code.YAML_SYNTAX, Severity.ERROR, message, Span(*match.span()), fix)
