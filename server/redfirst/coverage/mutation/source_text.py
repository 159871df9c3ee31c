"""A Python source as text and as a syntax tree, and where each node and operator stands in it."""

from __future__ import annotations

import re
import tokenize
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from redfirst.coverage.outline import Outline
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    Placed = ast.expr | ast.stmt

_QUOTED: Final = 60  # characters
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_NOT_CODE: Final = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
}


@dataclass(frozen=True)
class SourceText:
    """Offsets are in code points. A source that this Python cannot parse has an empty tree."""

    text: str

    @property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return self._outline.tree

    def span(self, node: Placed) -> Span:
        """What `node` covers; parentheses around it are not part of it."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return Span(self._offset(node.lineno, node.col_offset), self._offset(end_line, end_column))

    def shown(self, node: Placed) -> str:
        """The text of `node` as a sentence quotes it: on one line, and not too long."""
        return quoted(self.span(node).of(self.text))

    def line_text(self, line: int) -> str:
        """Line `line`, from 1, with white space folded."""
        return " ".join(self._lines[line - 1].split())

    def words_between(self, start: int, end: int, words: tuple[str, ...]) -> Span | None:
        """Where these tokens stand, one behind the other, between two offsets."""
        first = bisect_left(self._token_starts, start)
        last = bisect_left(self._token_starts, end)
        for at in range(first, last - len(words) + 1):
            tokens = self._tokens[at : at + len(words)]
            if tuple(text for _, text in tokens) == words:
                return Span(tokens[0][0], tokens[-1][0] + len(tokens[-1][1]))
        return None

    @cached_property
    def _outline(self) -> Outline:
        return Outline(self.text)

    @cached_property
    def _lines(self) -> list[str]:
        return [found.group() for found in _LINE.finditer(self.text)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [found.start() for found in _LINE.finditer(self.text)]

    def _offset(self, line: int, column: int) -> int:
        """`column` counts bytes of UTF-8, as the syntax tree does."""
        text = self._lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode())
        return self._line_starts[line - 1] + column

    @cached_property
    def _tokens(self) -> list[tuple[int, str]]:
        return list(self._read_tokens())

    @cached_property
    def _token_starts(self) -> list[int]:
        return [start for start, _ in self._tokens]

    def _read_tokens(self) -> Iterator[tuple[int, str]]:
        lines = iter(self._lines)
        try:
            for token in tokenize.generate_tokens(lambda: next(lines, "")):
                if token.type not in _NOT_CODE and token.string:
                    line, column = token.start
                    yield self._line_starts[line - 1] + column, token.string
        except (tokenize.TokenError, SyntaxError):
            return  # what was read so far is right


def quoted(code: str) -> str:
    """Code between backticks, white space folded, cut where it is long."""
    folded = " ".join(code.split())
    return f"`{folded}`" if len(folded) <= _QUOTED else f"`{folded[: _QUOTED - 1]}…`"
