"""Standard output that is shown and remembered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


class Tee(io.TextIOBase):
    """Writes to `shown`, looks like it (a terminal stays one), and keeps what was `said`."""

    def __init__(self, shown: TextIO) -> None:
        self._shown = shown
        self._kept = io.StringIO()

    @property
    def said(self) -> str:
        """Everything so far."""
        return self._kept.getvalue()

    @property
    def encoding(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """That of the stream below."""
        return self._shown.encoding

    def write(self, text: str, /) -> int:
        """Show and keep."""
        self._kept.write(text)
        return self._shown.write(text)

    def flush(self) -> None:
        """Show at once."""
        self._shown.flush()

    def isatty(self) -> bool:
        """As the stream below."""
        return self._shown.isatty()

    def fileno(self) -> int:
        """That of the stream below: its size is asked for by it."""
        return self._shown.fileno()
