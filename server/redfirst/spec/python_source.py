"""Python source read as a syntax tree: the only place of this process that does so.

Python 3.11 counts the depth of the tree that it builds for all threads together. When the garbage
collector lets another thread in between, and that one parses too, a sound text is answered with a
`SystemError`. Besides, silenced warnings are silent in every thread. So one thread reads at a time.
"""

from __future__ import annotations

import ast
import warnings
from threading import RLock
from typing import Final

# What reading raises on some text: a syntax error; a NUL or a lone surrogate; nesting that
# exhausts the parser.
UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)

_ONE_AT_A_TIME: Final = RLock()


def read_module(source: str) -> ast.Module:
    """The statements of `source`; raises one of `UNREADABLE` where Python cannot read it.

    Python's warnings about the text (an invalid escape, say) are not ours to print.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def compile_module(source: str) -> None:
    """Raises as `read_module`, also for what Python finds later: a `return` outside a function."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(source, "<module>", "exec", dont_inherit=True)


def read_expression(source: str) -> ast.expr:
    """The one expression that `source` is, white space around it apart; raises as `read_module`."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source.strip(), mode="eval").body
