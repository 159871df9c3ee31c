"""What a finding is called, from its entry in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from redfirst.spec.codes import Code

_ABBREVIATIONS: Final = {"yaml": "YAML"}


def title(code: Code) -> str:
    """In words: "Duplicate case"."""
    words = [_ABBREVIATIONS.get(word, word) for word in code.name.lower().split("_")]
    return " ".join((words[0][:1].upper() + words[0][1:], *words[1:]))


def name(code: Code) -> str:
    """As one word: "DuplicateCase"."""
    return "".join(word[:1] + word[1:].lower() for word in code.name.split("_"))
