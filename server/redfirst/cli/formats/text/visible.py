"""Foreign text made safe to print: nothing in a spec may steer the terminal."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """`text` on one line, control and format characters shown as escapes."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\n\t":
        return " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character.encode("unicode_escape").decode()
    return character
