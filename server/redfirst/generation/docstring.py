"""Any text as the source of a docstring."""

from __future__ import annotations


def docstring_literal(text: str) -> str:
    """A literal in triple quotes on one line whose value is `text`."""
    shown = "".join(c if c.isprintable() else _escape(c) for c in text.replace("\\", "\\\\"))
    shown = shown.replace('"""', '\\"\\"\\"')
    if shown.endswith('"'):
        shown = shown[:-1] + '\\"'
    if shown == text.replace("\\", "\\\\") and _can_be_raw(text):
        return f'r"""{text}"""'
    return f'"""{shown}"""'


def _can_be_raw(text: str) -> bool:
    return "\\" in text and not text.endswith("\\")


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
