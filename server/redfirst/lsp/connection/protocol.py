"""pygls with what a hostile or merely newer client needs: an answer to every request."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from redfirst.lsp.connection.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Generator

# What an answer of ours depends on, without the lists of values that grow from year to year.
_Used = dict[str, "_Used | None"]
_CAPABILITIES: Final[_Used] = {
    "general": {"positionEncodings": None},
    "textDocument": {
        "diagnostic": {},
        "completion": {"completionItem": {"snippetSupport": None}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": None},
        "rename": {"prepareSupport": None},
        "codeAction": {"disabledSupport": None, "dataSupport": None, "resolveSupport": None},
    },
    "workspace": {
        "diagnostics": {"refreshSupport": None},
        "codeLens": {"refreshSupport": None},
        "inlayHint": {"refreshSupport": None},
        "workspaceEdit": {"documentChanges": None, "changeAnnotationSupport": None},
        "configuration": None,
        "didChangeConfiguration": {"dynamicRegistration": None},
        "didChangeWatchedFiles": {"dynamicRegistration": None},
        "applyEdit": None,
    },
    "experimental": {"redfirst": None},
    "window": {"showDocument": {"support": None}, "workDoneProgress": None},
}


class Protocol(LanguageServerProtocol):
    """Mends pygls 2.1 where it keeps silent, and leaves the open texts to our session.

    pygls keeps texts as lines of `str.splitlines`, which breaks at U+2028, NEL and form feed; no
    editor does, and after one such character its text is not the client's any more.
    """

    _initialized = False
    _ended = False

    @cached_property
    def _requests(self) -> Trace:
        return Trace(partial(self.notify, types.LOG_TRACE))

    @property
    def ended(self) -> bool:
        """Whether the client has said that it is about to leave."""
        return self._ended

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401  # pygls' signature
        """A message as a value; a request that cannot be read is answered before it is refused."""
        if "id" in data and "method" in data:
            data.setdefault("params", None)
        if data.get("method") == types.INITIALIZE:
            return self._structure_initialize(data)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            self._refuse(data, error.code, error.message)
            raise

    def handle_message(self, message: Any) -> None:  # noqa: ANN401  # whatever JSON holds
        """Hand a message on, unless it came before `initialize` or after `shutdown`."""
        method = getattr(message, "method", None)
        if method == types.EXIT:
            super().handle_message(message)
        elif self._ended:
            self._refuse_message(message, types.ErrorCodes.InvalidRequest, "The server has ended.")
        elif method is not None and not self._initialized and method != types.INITIALIZE:
            error = types.ErrorCodes.ServerNotInitialized
            self._refuse_message(message, error, "The first request must be `initialize`.")
        elif self._initialized and method == types.INITIALIZE:
            error = types.ErrorCodes.InvalidRequest
            self._refuse_message(message, error, "The server is initialized already.")
        else:
            self._initialized = self._initialized or method == types.INITIALIZE
            self._ended = method == types.SHUTDOWN
            if method == types.INITIALIZE:
                self.trace = message.params.trace or types.TraceValue.Off
            elif method is not None and hasattr(message, "id"):
                self._requests.request(message, self.trace)
            super().handle_message(message)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(
        self, params: types.DidOpenTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Leave the text to the session."""
        yield self._ours(types.TEXT_DOCUMENT_DID_OPEN), (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Leave the text to the session."""
        yield self._ours(types.TEXT_DOCUMENT_DID_CHANGE), (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(
        self, params: types.DidCloseTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Leave the text to the session."""
        yield self._ours(types.TEXT_DOCUMENT_DID_CLOSE), (params,), None

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(
        self, params: types.DidChangeWorkspaceFoldersParams
    ) -> Generator[Any, Any, None]:
        """Leave the folders to the session."""
        yield self._ours(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS), (params,), None

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, params: types.ExecuteCommandParams
    ) -> object:
        """Run a command as a task of its own, so that `$/cancelRequest` reaches it.

        pygls would answer that the command was cancelled, and let it go on.
        """
        command = cast("dict[str, Any]", self.fm.commands).get(params.command)
        if command is None:
            raise JsonRpcInvalidParams(f"There is no command `{params.command}`.")
        return await command(params)

    def _send_response(
        self,
        msg_id: str | int,
        result: Any = None,  # noqa: ANN401  # whatever the method answers
        error: types.ResponseError | None = None,
    ) -> None:
        super()._send_response(msg_id, result, error)
        self._requests.answer(msg_id, None if error is None else error.message)

    def _ours(self, method: str) -> Any:  # noqa: ANN401
        return cast("dict[str, Any]", self.fm.features)[method]  # pyright: ignore[reportUnknownMemberType]

    def _structure_initialize(self, data: dict[str, Any]) -> Any:  # noqa: ANN401
        """A client newer than our types is understood as far as we need to."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            _keep_what_is_used(data)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            self._refuse(data, error.code, error.message)
            raise

    def _refuse_message(self, message: Any, code: int, reason: str) -> None:  # noqa: ANN401
        if getattr(message, "method", None) is not None and hasattr(message, "id"):
            self._refuse({"id": message.id, "method": message.method}, code, reason)

    def _refuse(self, data: dict[str, Any], code: int, reason: str) -> None:
        if "method" in data and isinstance(data.get("id"), int | str):
            self._send_response(data["id"], error=types.ResponseError(code, reason))


def _keep_what_is_used(data: dict[str, Any]) -> None:
    params = _mapping(data["params"])
    params["capabilities"] = _kept(_mapping(params.get("capabilities")), _CAPABILITIES)
    data["params"] = params


def _kept(told: dict[str, Any], used: _Used) -> dict[str, Any]:
    return {
        name: told[name] if below is None else _kept(_mapping(told[name]), below)
        for name, below in used.items()
        if name in told
    }


def _mapping(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
