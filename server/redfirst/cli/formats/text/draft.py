"""A test module that could be written: as a whole, or as a change to the one that is there."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from rich.text import Text

from redfirst.cli.formats.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def draft(new: str, path: str, sources: Mapping[str, str]) -> Text:
    """The text `new` of the file at `path`, or how it differs from what stands there now."""
    old = sources.get(path)
    if old is None:
        return Text("\n").join(Text(visible(line)) for line in new.splitlines())
    lines = unified_diff(old.splitlines(), new.splitlines(), path, path, lineterm="")
    return Text("\n").join(Text(visible(line), _STYLES.get(line[:1], "")) for line in lines)
