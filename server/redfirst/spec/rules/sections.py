"""Fixes that add lines under a top-level key of a spec, or the key with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redfirst.spec.names import listed
from redfirst.spec.problem import Fix, TextEdit
from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def import_fix(text: str, statements: Iterable[str]) -> Fix | None:
    """Put import statements under `imports`."""
    lines = list(dict.fromkeys(statements))
    edit = _addition(text, "imports", [f"- {line}" for line in lines])
    return Fix(f"Add {listed(lines)} to `imports`", (edit,)) if edit else None


def record_fix(text: str, names: Sequence[str]) -> Fix | None:
    """Put the beginnings of records under `types`, for a person to fill in."""
    skeleton = [line for name in names for line in (f"{name}:", "  id: str")]
    edit = _addition(text, "types", skeleton)
    return Fix(f"Add `types` for {listed(names)}", (edit,)) if edit else None


def exception_fix(text: str, name: str) -> Fix | None:
    """Define an exception under `types`."""
    edit = _addition(text, "types", [f"{name}: exception"])
    return Fix(f"Define the exception `{name}` under `types`", (edit,)) if edit else None


def _addition(text: str, key: str, lines: Sequence[str]) -> TextEdit | None:
    """The edit that adds `lines` in block style; `None` where the text is laid out otherwise."""
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")) or "\n..." in text:
        return None
    header = re.search(rf"^{key}[ \t]*:(?P<rest>.*)$", text, re.MULTILINE)
    if header is None:
        return _new_section(text, key, lines)
    if not re.fullmatch(r"[ \t]*(?:#.*)?\r?", header["rest"]):
        return None
    index = LineIndex(text)
    line = index.line_of(header.start()) + 1
    if line == index.line_count:
        return TextEdit(Span(len(text), len(text)), "\n" + _block("  ", lines).rstrip("\n"))
    start = index.line_span(line).start
    indent = _indent(text[start:]) or (
        "" if key == "imports" and text.startswith("-", start) else "  "
    )
    return TextEdit(Span(start, start), _block(indent, lines))


def _new_section(text: str, key: str, lines: Sequence[str]) -> TextEdit:
    body = text.rstrip()
    ending = text[len(body) :]
    gap = "" if "\n" in ending or not body else "\n"
    end = len(text)
    return TextEdit(Span(end, end), f"{gap}{key}:\n{_block('  ', lines)}")


def _indent(rest: str) -> str:
    """How the first written line of `rest` is indented."""
    found = re.match(r"(?:[ \t]*(?:#.*)?\r?\n)*(?P<indent> *)\S", rest)
    return found["indent"] if found else ""


def _block(indent: str, lines: Sequence[str]) -> str:
    return "".join(f"{indent}{line}\n" for line in lines)
