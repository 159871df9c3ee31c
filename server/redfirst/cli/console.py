"""Where text goes: a terminal with colours, or a pipe without anything but the text."""

from __future__ import annotations

import os
import sys
from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from redfirst.cli.formats.text.glyphs import ASCII, UNICODE, Glyphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

_ENDLESS: Final = 10_000  # a pipe has no width: nothing is wrapped


def output() -> Console:
    """Standard output. `NO_COLOR` and `FORCE_COLOR` are respected."""
    return _console(Console(highlight=False, markup=False, emoji=False))


def errors() -> Console:
    """Standard error."""
    return _console(Console(stderr=True, highlight=False, markup=False, emoji=False))


def glyphs_for(console: Console) -> Glyphs:
    """The marks that the encoding of `console` can show."""
    try:
        "".join(astuple(UNICODE)).encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def show(console: Console, pieces: Iterable[RenderableType]) -> None:
    """Print each piece; text is never wrapped, so that paths stay whole."""
    for piece in pieces:
        if isinstance(piece, Text):
            console.print(piece, soft_wrap=True)
        elif console.is_terminal:
            console.print(piece)
        else:
            console.print(_without_padding(console, piece), soft_wrap=True)


def shows_progress() -> bool:
    """Whether someone is watching: a terminal, and not that of a CI service."""
    return sys.stderr.isatty() and not os.environ.get("CI")


def _without_padding(console: Console, table: RenderableType) -> Text:
    """A table as lines that end where their words end."""
    with console.capture() as printed:
        console.print(table)
    return Text("\n".join(line.rstrip() for line in printed.get().splitlines()))


def _console(console: Console) -> Console:
    if not console.is_terminal:
        console.width = _ENDLESS
    return console
