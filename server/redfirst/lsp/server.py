"""Which method is answered by what, and how the server runs."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from redfirst import __version__
from redfirst.lsp.client import read_client
from redfirst.lsp.methods.code_action import KINDS, code_action
from redfirst.lsp.methods.completion import completion
from redfirst.lsp.methods.definition import definition
from redfirst.lsp.methods.diagnostic import diagnostic
from redfirst.lsp.methods.document_link import document_link
from redfirst.lsp.methods.document_symbol import document_symbol
from redfirst.lsp.methods.folding_range import folding_range
from redfirst.lsp.methods.hover import hover
from redfirst.lsp.methods.implementation import implementation
from redfirst.lsp.methods.references import references
from redfirst.lsp.methods.synchronization import (
    did_change,
    did_close,
    did_delete_files,
    did_open,
    did_save,
)
from redfirst.lsp.protocol import Protocol
from redfirst.lsp.pusher import Pusher
from redfirst.lsp.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.lsp.view import View

    Reader = Callable[[View, Any], object]

_SPEC_FILES: Final = types.FileOperationFilter(types.FileOperationPattern("**/*.{yml,yaml}"))

# Change the session, on the event loop, in the order in which they come.
_NOTIFICATIONS: Final[dict[str, Callable[[Session, Pusher, Any], None]]] = {
    types.TEXT_DOCUMENT_DID_OPEN: did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: did_change,
    types.TEXT_DOCUMENT_DID_SAVE: did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: did_close,
    types.WORKSPACE_DID_DELETE_FILES: did_delete_files,
}
# Answer from the view that was the newest when the request came, off the event loop.
_READERS: Final[dict[str, Reader]] = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: diagnostic,
    types.TEXT_DOCUMENT_CODE_ACTION: code_action,
    types.TEXT_DOCUMENT_COMPLETION: completion,
    types.TEXT_DOCUMENT_HOVER: hover,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: document_symbol,
    types.TEXT_DOCUMENT_FOLDING_RANGE: folding_range,
    types.TEXT_DOCUMENT_DEFINITION: definition,
    types.TEXT_DOCUMENT_IMPLEMENTATION: implementation,
    types.TEXT_DOCUMENT_REFERENCES: references,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: document_link,
}
_OPTIONS: Final[dict[str, object]] = {
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(KINDS),
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=[" ", "."]),
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=False, identifier="redfirst"
    ),
    types.WORKSPACE_DID_DELETE_FILES: types.FileOperationRegistrationOptions([_SPEC_FILES]),
}
_NOTHING_OPEN: Final[dict[str, object]] = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.RelatedFullDocumentDiagnosticReport(items=[]),
}

_log = logging.getLogger(__name__)


class Server(LanguageServer):
    """A language server whose mistakes go to the log, never into a person's way."""

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002
        """The client was answered already; what it did wrong is nothing to log."""
        if isinstance(error, JsonRpcInternalError):
            _log.error("%s\n%s", error.message, error.data)
        elif not isinstance(error, JsonRpcException):
            _log.error("%s: %s", type(error).__name__, error)


def make_server() -> tuple[Server, Session]:
    """A server that knows all its methods and no client yet."""
    server = Server(
        "redfirst", __version__, protocol_cls=Protocol, converter_factory=default_converter
    )
    session = Session()
    pusher = Pusher(
        session,
        server.text_document_publish_diagnostics,
        partial(server.workspace_diagnostic_refresh, None),
    )
    _register_lifecycle(server, session)
    for method, notified in _NOTIFICATIONS.items():
        server.feature(method, _OPTIONS.get(method))(partial(notified, session, pusher))
    for method, reader in _READERS.items():
        server.feature(method, _OPTIONS.get(method))(_answering(session, method, reader))
    return server, session


def _register_lifecycle(server: Server, session: Session) -> None:
    @server.feature(types.INITIALIZE)
    def _initialize(params: types.InitializeParams) -> None:
        encoding = server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        session.client = read_client(
            params.capabilities, types.PositionEncodingKind(encoding).value
        )

    @server.feature(types.SHUTDOWN)
    def _shutdown(_params: None) -> None:
        session.end()


def _answering(session: Session, method: str, reader: Reader) -> Callable[[Any], Any]:
    async def answer(params: Any) -> object:  # noqa: ANN401  # each method has its own
        view = session.view(params.text_document.uri)
        if view is None:
            return _NOTHING_OPEN.get(method)
        return await session.work(partial(reader, view, params))

    return answer


def serve(tcp: tuple[str, int] | None) -> int:
    """Serve one client on standard input and output, or on a port; return the exit code.

    It is 1 when the client left without `shutdown`.
    """
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server, session = make_server()
    if tcp is None:
        messages = sys.stdout.buffer
        sys.stdout = sys.stderr  # a `print` anywhere would break the stream of messages
        server.start_io(sys.stdin.buffer, messages)
    else:
        _serve_tcp(server, *tcp)
    return 0 if session.ended else 1


def _serve_tcp(server: Server, host: str, port: int) -> None:
    logging.getLogger("pygls.server").setLevel(logging.INFO)  # says the port, also for port 0
    try:
        server.start_tcp(host, port)
    except SystemExit:
        return


def leave(code: int) -> None:
    """End the process now: a long text may still be read, and nobody waits for it any more."""
    sys.stderr.flush()
    os._exit(code)
