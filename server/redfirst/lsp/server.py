"""Which method is answered by what. Imported when the first answer is out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types

from redfirst.lsp import command_names
from redfirst.lsp.commands.open import open_file
from redfirst.lsp.connection.client import asks_too_rarely, read_client
from redfirst.lsp.connection.late import Late
from redfirst.lsp.connection.offer import CASES, COVERAGE, KEY, METHODS, TRUST
from redfirst.lsp.methods.diagnostic import diagnostic_of_closed
from redfirst.lsp.methods.synchronization import (
    did_change,
    did_close,
    did_open,
    did_save,
)
from redfirst.lsp.methods.workspace_diagnostic import WorkspaceDiagnostic
from redfirst.lsp.methods.workspace_symbol import WorkspaceSymbols
from redfirst.lsp.news.case_notes import CaseNotes
from redfirst.lsp.news.coverage_notes import CoverageNotes, coverage
from redfirst.lsp.news.pusher import Pusher
from redfirst.lsp.news.refresher import Refresher
from redfirst.lsp.register_work import register_work
from redfirst.lsp.state.client_log import log_to
from redfirst.lsp.state.session import Session
from redfirst.lsp.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redfirst.lsp.connection.endpoint import Endpoint
    from redfirst.lsp.state.view import View

    Reader = Callable[[View, Any], object]

# Change the session, on the event loop, in the order in which they come.
_NOTIFICATIONS: Final[dict[str, Callable[[Session, Pusher, Workspace, Any], None]]] = {
    types.TEXT_DOCUMENT_DID_OPEN: did_open,
    types.TEXT_DOCUMENT_DID_CLOSE: did_close,
}
# Answer from the view that was the newest when the request came, off the event loop.
_READERS: Final[dict[str, Late]] = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: Late("methods.diagnostic.diagnostic"),
    types.TEXT_DOCUMENT_CODE_ACTION: Late("methods.code_action.code_action"),
    types.TEXT_DOCUMENT_COMPLETION: Late("methods.completion.completion"),
    types.TEXT_DOCUMENT_HOVER: Late("methods.hover.hover"),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: Late("methods.document_symbol.document_symbol"),
    types.TEXT_DOCUMENT_FOLDING_RANGE: Late("methods.folding_range.folding_range"),
    types.TEXT_DOCUMENT_DEFINITION: Late("methods.definition.definition"),
    types.TEXT_DOCUMENT_IMPLEMENTATION: Late("methods.implementation.implementation"),
    types.TEXT_DOCUMENT_REFERENCES: Late("methods.references.references"),
    types.TEXT_DOCUMENT_PREPARE_RENAME: Late("methods.prepare_rename.prepare_rename"),
    types.TEXT_DOCUMENT_RENAME: Late("methods.rename.rename"),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: Late("methods.document_link.document_link"),
    types.TEXT_DOCUMENT_CODE_LENS: Late("methods.code_lens.code_lens"),
    types.TEXT_DOCUMENT_INLAY_HINT: Late("methods.inlay_hint.inlay_hint"),
}
_STATUS: Final = Late("methods.status.status")
_CASES: Final = Late("methods.cases.cases")
_READ_LENS: Final = Late("methods.code_lens_resolve.read_data")
_RESOLVE_LENS: Final = Late("methods.code_lens_resolve.code_lens_resolve")
_RESOLVE_ACTION: Final = Late("methods.code_action_resolve.code_action_resolve")


def register(server: Endpoint) -> None:
    """Give the server a function for each method; `offer.py` has told the client of them."""
    session = Session()
    refresher = Refresher(
        session,
        partial(server.workspace_diagnostic_refresh, None),
        partial(server.workspace_code_lens_refresh, None),
        partial(server.workspace_inlay_hint_refresh, None),
    )
    notes = CoverageNotes(session, server.protocol.notify)
    case_notes = CaseNotes(session, server.protocol.notify)
    pusher = Pusher(session, server.text_document_publish_diagnostics, refresher, notes, case_notes)
    workspace = Workspace(session, pusher, server)
    _register_lifecycle(server, session, workspace)
    _register_workspace(server, session, workspace)
    desk = register_work(server, session, workspace.news, pusher.measured)
    changed = partial(did_change, session, pusher, desk)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE, METHODS[types.TEXT_DOCUMENT_DID_CHANGE])(changed)
    saved = partial(did_save, session, pusher, workspace, desk)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(saved)
    server.feature(types.CODE_LENS_RESOLVE)(partial(_resolve_lens, session))
    server.feature(types.CODE_ACTION_RESOLVE)(partial(_resolve_action, session))
    server.command(command_names.OPEN)(partial(open_file, desk.show_document))
    for method, notified in _NOTIFICATIONS.items():
        server.feature(method, METHODS[method])(partial(notified, session, pusher, workspace))
    closed = {types.TEXT_DOCUMENT_DIAGNOSTIC: partial(diagnostic_of_closed, workspace.files)}
    for method, reader in _READERS.items():
        server.feature(method, METHODS[method])(_answering(session, method, reader, closed))


def _register_lifecycle(server: Endpoint, session: Session, workspace: Workspace) -> None:
    @server.feature(types.INITIALIZE)
    def _initialize(params: types.InitializeParams) -> None:
        encoding = server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        session.client = read_client(
            params.capabilities, types.PositionEncodingKind(encoding).value
        )
        if asks_too_rarely(params):
            session.client = replace(session.client, pulls=False)
        log_to(server.window_log_message)
        workspace.initialize(params)


def _register_workspace(server: Endpoint, session: Session, workspace: Workspace) -> None:
    everything = WorkspaceDiagnostic(session, workspace.files, server.progress)
    handlers: dict[str, Callable[[Any], Any]] = {
        types.INITIALIZED: workspace.initialized,
        types.WORKSPACE_DID_CHANGE_CONFIGURATION: workspace.did_change_configuration,
        types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: workspace.did_change_folders,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: workspace.did_change_watched_files,
        types.WORKSPACE_DID_CREATE_FILES: workspace.did_create_files,
        types.WORKSPACE_DID_RENAME_FILES: workspace.did_rename_files,
        types.WORKSPACE_DID_DELETE_FILES: workspace.did_delete_files,
        TRUST: workspace.trust,
        KEY: session.vault.keep,
        types.WORKSPACE_DIAGNOSTIC: everything.answer,
        types.WORKSPACE_SYMBOL: WorkspaceSymbols(session).answer,
        command_names.STATUS: partial(_status, session),
        CASES: partial(_cases, session),
        COVERAGE: partial(coverage, session),
    }
    for method, handler in handlers.items():
        server.feature(method, METHODS[method])(partial(handler))
    server.command(command_names.STATUS)(partial(_status, session))


def _answering(
    session: Session, method: str, reader: Reader, closed: Mapping[str, Callable[[Any], object]]
) -> Callable[[Any], Any]:
    async def answer(params: Any) -> object:  # noqa: ANN401  # each method has its own
        view = session.view(params.text_document.uri)
        if view is None:
            of_closed = closed.get(method)
            return None if of_closed is None else await session.work(partial(of_closed, params))
        return await session.work(partial(reader, view, params))

    return answer


async def _status(session: Session, params: object) -> object:
    return await _STATUS(session, params)


async def _cases(session: Session, params: object) -> object:
    return await _CASES(session, params)


async def _resolve_lens(session: Session, lens: types.CodeLens) -> types.CodeLens:
    data = _READ_LENS(lens.data)
    view = session.view(data.uri) if data is not None else None
    return lens if view is None else await session.work(partial(_RESOLVE_LENS, view, lens))


async def _resolve_action(session: Session, action: types.CodeAction) -> types.CodeAction:
    return await session.work(partial(_RESOLVE_ACTION, session.view, action))
