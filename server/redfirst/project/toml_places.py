"""Where the keys of a TOML text stand. `tomllib` reads values and forgets their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIMPLE_KEY: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED_KEY: Final = re.compile(rf"{_SIMPLE_KEY}(?:[ \t]*\.[ \t]*{_SIMPLE_KEY})*")
_HEADER: Final = re.compile(r"\[\[?[ \t]*")
_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_VALUE_TOKEN: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+'
    r"|'''.*?'''+"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<line_end>\n)|.",
    re.DOTALL,
)

Path = tuple[str, ...]


def key_places(text: str) -> dict[Path, Span]:
    """The span of every table header and every key of a *valid* TOML text, by its full path.

    Keys inside inline tables and array elements are not told apart: only the first place of a
    path is kept, and what stands inside an inline table has none.
    """
    places: dict[Path, Span] = {}
    for path, span in _statements(text):
        places.setdefault(path, span)
    return places


def _statements(text: str) -> Iterator[tuple[Path, Span]]:
    table: Path = ()
    at = _skip_blank(text, 0)
    while at < len(text):
        header = _HEADER.match(text, at)
        key = _DOTTED_KEY.match(text, header.end() if header else at)
        if key is None:
            return
        path = _parts(key.group())
        if header:
            table = path
            yield path, Span(key.start(), key.end())
        else:
            yield (*table, *path), Span(key.start(), key.end())
        at = _skip_blank(text, _statement_end(text, key.end()))


def _skip_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _statement_end(text: str, at: int) -> int:
    """The offset behind the line break that ends the statement, brackets and strings respected.

    A header's own closing brackets are seen without their opening ones, hence the floor at zero.
    """
    depth = 0
    for token in _VALUE_TOKEN.finditer(text, at):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
        elif token["line_end"] and depth == 0:
            return token.end()
    return len(text)


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_SIMPLE_KEY, dotted))
