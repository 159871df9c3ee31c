"""What there is to say to nobody in particular: the log that the client keeps."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from lsprotocol import types

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

    from redfirst.lsp.state.settings import LogLevel

ROOT: Final = logging.getLogger("redfirst.lsp")

_LEVELS: Final[dict[LogLevel, int]] = {
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}
_TYPES: Final = {
    logging.WARNING: types.MessageType.Warning,
    logging.INFO: types.MessageType.Info,
}


class ClientLog(logging.Handler):
    """Records as `window/logMessage`, which no editor pops up. From any thread.

    Errors are left out: they go to standard error, which editors log too.
    """

    def __init__(
        self, loop: AbstractEventLoop, send: Callable[[types.LogMessageParams], None]
    ) -> None:
        super().__init__()
        self._loop = loop
        self._send = send
        self.addFilter(lambda record: not belongs_to_stderr(record))

    def emit(self, record: logging.LogRecord) -> None:
        """Hand the record to the event loop, which owns the connection."""
        kind = _TYPES.get(record.levelno, types.MessageType.Log)
        params = types.LogMessageParams(kind, record.getMessage())
        with suppress(RuntimeError):  # the loop has ended, and the client with it
            self._loop.call_soon_threadsafe(self._send, params)


def log_to(send: Callable[[types.LogMessageParams], None]) -> None:
    """From now on, what is logged goes to the client of this event loop."""
    ROOT.addHandler(ClientLog(asyncio.get_running_loop(), send))


def set_level(level: LogLevel) -> None:
    """From now on only what weighs that much is logged."""
    ROOT.setLevel(_LEVELS[level])


def belongs_to_stderr(record: logging.LogRecord) -> bool:
    """Errors, and what is not ours. Editors show standard error as errors, all of it."""
    return record.levelno >= logging.ERROR or not record.name.startswith(f"{ROOT.name}.")
