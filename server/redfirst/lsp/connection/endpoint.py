"""The end of the connection that is ours."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer

from redfirst import __version__
from redfirst.lsp.connection.client import asks_too_rarely
from redfirst.lsp.connection.conversion import make_converter
from redfirst.lsp.connection.offer import COMMANDS, METHODS
from redfirst.lsp.connection.protocol import Protocol
from redfirst.lsp.connection.standard_input import StandardInput, can_be_awaited

if TYPE_CHECKING:
    from collections.abc import Callable

    Register = Callable[["Endpoint"], None]

    class _Functions:
        """What pygls knows, with its types."""

        features: dict[str, Callable[..., Any]]
        feature_options: dict[str, Any]
        commands: dict[str, Callable[..., Any]]


_log = logging.getLogger(__name__)


class Endpoint(LanguageServer):
    """A language server whose mistakes go to the log, never into a person's way.

    It answers `initialize` knowing only which methods there are. `register` is called when the next
    message comes: it gives the endpoint a function for each of them.
    """

    def __init__(self, register: Register) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            "redfirst", __version__, protocol_cls=_Prompt, converter_factory=make_converter
        )
        self._register = register
        self._hello: types.InitializeParams | None = None
        for method, options in METHODS.items():
            self.feature(method, options)(partial(_nothing))
        for command in COMMANDS:
            self.command(command)(partial(_nothing))
        self._functions.features[types.INITIALIZE] = self._note

    @property
    def ended(self) -> bool:
        """Whether the client has said that it is about to leave."""
        return cast("_Prompt", self.protocol).ended

    def complete(self) -> None:
        """Become a whole server, once `initialize` was answered; what came with it is told then."""
        if self._hello is None:
            return
        hello, self._hello = self._hello, None
        known = self._functions
        for registered in (known.features, known.feature_options, known.commands):
            registered.clear()
        self._register(self)
        known.features[types.INITIALIZE](hello)

    def start_io(self, stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> None:
        """Serve the client at the other end of two streams, until it has left."""
        if stdin is None or stdout is None or not can_be_awaited(stdin, stdout):
            super().start_io(stdin, stdout)
            return
        self.protocol.set_writer(StdoutWriter(stdout))
        try:
            asyncio.run(self._listen(stdin))
        except BrokenPipeError:
            _log.info("The client is gone.")
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            self.shutdown()

    async def _listen(self, stdin: BinaryIO) -> None:
        await run_async(
            Event(),
            await StandardInput.connect(stdin),
            self.protocol,
            error_handler=self.report_server_error,
        )
        leaving = self._functions.features[types.EXIT](None)
        if leaving is not None:  # the client died: all that runs ends as if it had left
            await leaving

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002
        """The client was answered already; what it did wrong is nothing to log."""
        if isinstance(error, JsonRpcInternalError):
            _log.error("%s\n%s", error.message, error.data)
        elif not isinstance(error, JsonRpcException):
            _log.error("%s: %s", type(error).__name__, error)

    @property
    def _functions(self) -> _Functions:
        return cast("_Functions", self.protocol.fm)

    def _note(self, params: types.InitializeParams) -> None:
        self._hello = params
        if asks_too_rarely(params):
            self._functions.features.pop(types.TEXT_DOCUMENT_DIAGNOSTIC)


class _Prompt(Protocol):
    """Hands messages to a complete endpoint, but for the first."""

    def handle_message(self, message: Any) -> None:  # noqa: ANN401  # whatever JSON holds
        """Complete the endpoint before anything but `exit` is done."""
        if getattr(message, "method", None) != types.EXIT:
            cast("Endpoint", self._server).complete()
        super().handle_message(message)


def _nothing(*_params: object) -> None:
    """Holds the place of a method or a command."""
