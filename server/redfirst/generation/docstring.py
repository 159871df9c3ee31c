"""Any text as the source of a docstring."""

from __future__ import annotations

import re
from typing import Final

# Quotes that would end the literal.
_ENDING: Final = re.compile(r'"{3,}|"+$')
_QUOTE: Final = '\\"'


def docstring_literal(text: str) -> str:
    """A literal in triple quotes on one line whose value is `text`."""
    if "\\" in text and not text.endswith("\\") and text.isprintable() and not _ENDING.search(text):
        return f'r"""{text}"""'
    escaped = "".join(c if c.isprintable() else _escape(c) for c in text.replace("\\", "\\\\"))
    return f'"""{_ENDING.sub(lambda match: len(match[0]) * _QUOTE, escaped)}"""'


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
