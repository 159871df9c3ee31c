"""`textDocument/didOpen`, `didChange`, `didSave`, `didClose`: what the client's texts are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.lsp.connection.late import Late
from redfirst.project.project import PYPROJECT

if TYPE_CHECKING:
    from lsprotocol import types

    from redfirst.lsp.news.pusher import Pusher
    from redfirst.lsp.state.session import Session
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.workspace import Workspace

_RUN_SAVED: Final = Late("work.run_saved.run_saved")
_RUN_UNSAVED: Final = Late("work.run_unsaved.run_unsaved")
_VERIFY_SAVED: Final = Late("work.background.verify_saved")


def did_open(
    session: Session,
    pusher: Pusher,
    workspace: Workspace,
    params: types.DidOpenTextDocumentParams,
) -> None:
    """A text is open."""
    if session.open(params.text_document) is not None:
        workspace.opened(params.text_document.uri)
        pusher.push_pair(params.text_document.uri)


def did_change(
    session: Session,
    pusher: Pusher,
    desk: Desk,
    params: types.DidChangeTextDocumentParams,
) -> None:
    """A text has another version. One that was never opened is nobody's: there is no base."""
    view = session.change(params.text_document, params.content_changes)
    if view is not None:
        pusher.push_pair(params.text_document.uri)
        if view.settings.run_on == "change":
            _RUN_UNSAVED(desk, params.text_document.uri)


def did_save(
    session: Session,
    pusher: Pusher,
    workspace: Workspace,
    desk: Desk,
    params: types.DidSaveTextDocumentParams,
) -> None:
    """A text is on the disk. Settings may make other files specs than before."""
    uri = params.text_document.uri
    if uri.endswith(f"/{PYPROJECT}"):
        workspace.look_again()
    else:
        session.refresh(uri)
        pusher.push_pair(uri)
        workspace.saved()
        _RUN_SAVED(desk, uri)
        _VERIFY_SAVED(desk, uri)


def did_close(
    session: Session,
    pusher: Pusher,
    workspace: Workspace,
    params: types.DidCloseTextDocumentParams,
) -> None:
    """A text belongs to the disk again."""
    session.close(params.text_document.uri)
    workspace.closed(params.text_document.uri)
    pusher.push_pair(params.text_document.uri)
