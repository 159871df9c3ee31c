"""Test modules as syntax trees, from any text."""

from __future__ import annotations

import ast
import warnings
from typing import Final

BOM: Final = "\ufeff"

# What `ast.parse` raises on some text: a syntax error, a null byte, nesting that is too deep.
UNPARSABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)


def syntax_tree(source: str) -> ast.Module | None:
    """The tree of `source`, or `None` where Python cannot read it. A leading BOM is skipped.

    Python's warnings about the text (an invalid escape, say) are not ours to print.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.removeprefix(BOM))
    except UNPARSABLE:
        return None
