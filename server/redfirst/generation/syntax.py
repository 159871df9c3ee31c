"""Test modules as syntax trees, from any text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.python_source import UNREADABLE, read_module

if TYPE_CHECKING:
    import ast

BOM: Final = "\ufeff"


def syntax_tree(source: str) -> ast.Module | None:
    """The tree of `source`, or `None` where Python cannot read it. A leading BOM is skipped."""
    try:
        return read_module(source.removeprefix(BOM))
    except UNREADABLE:
        return None
