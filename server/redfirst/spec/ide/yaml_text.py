"""Values of the schema (examples, snippets) as a person would write them in YAML."""

from __future__ import annotations

import re
from typing import Final, cast

_PLACEHOLDER: Final = re.compile(r"\$\{\d+:([^}]*)\}")
_NEEDS_QUOTES: Final = re.compile(r"""[\s\-?:,\[\]{}#&*!|>'"%@`]|.*(?:: |:\Z| #|\s\Z)|\Z""")


def yaml_lines(value: object) -> list[str]:
    """The lines of a value. A text may hold placeholders of a snippet, `${1:name}`."""
    if isinstance(value, dict):
        return [
            line
            for name, each in cast("dict[str, object]", value).items()
            for line in _under(f"{name}:", each)
        ]
    if isinstance(value, list):
        return [line for each in cast("list[object]", value) for line in _item(yaml_lines(each))]
    return [_scalar(value)]


def without_placeholders(text: str) -> str:
    """What a snippet looks like before anybody fills it in."""
    return _PLACEHOLDER.sub(r"\1", text)


def _under(key: str, value: object) -> list[str]:
    lines = yaml_lines(value)
    if isinstance(value, dict | list):
        return [key, *(f"  {line}" for line in lines)]
    return [f"{key} {lines[0]}"]


def _item(lines: list[str]) -> list[str]:
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def _scalar(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    plain = without_placeholders(text)
    quoted = len(plain) > 1 and plain[0] == plain[-1] == '"'
    if not isinstance(value, str) or quoted or not _NEEDS_QUOTES.match(plain):
        return text
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', '\\"') + '"'
