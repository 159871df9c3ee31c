"""`textDocument/didOpen`, `didChange`, `didSave`, `didClose`: what the client's texts are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.view import Kind
from redfirst.project.project import PYPROJECT

if TYPE_CHECKING:
    from lsprotocol import types

    from redfirst.lsp.pusher import Pusher
    from redfirst.lsp.session import Session
    from redfirst.lsp.view import View


def did_open(session: Session, pusher: Pusher, params: types.DidOpenTextDocumentParams) -> None:
    """A text is open."""
    if session.open(params.text_document) is not None:
        pusher.push(params.text_document.uri)


def did_change(session: Session, pusher: Pusher, params: types.DidChangeTextDocumentParams) -> None:
    """A text has another version. One that was never opened is nobody's: there is no base."""
    if session.change(params.text_document, params.content_changes) is not None:
        pusher.push(params.text_document.uri)


def did_save(session: Session, pusher: Pusher, params: types.DidSaveTextDocumentParams) -> None:
    """A text is on the disk. Settings may make other files specs than before."""
    uri = params.text_document.uri
    settings = uri.endswith(f"/{PYPROJECT}")
    for each in [view.uri for view in session.views()] if settings else [uri]:
        before, after = session.view(each), session.refresh(each)
        if _is_spec(before) and not _is_spec(after):
            pusher.clear(each)
        pusher.push(each)
    if settings:
        pusher.settings_changed()


def did_close(session: Session, pusher: Pusher, params: types.DidCloseTextDocumentParams) -> None:
    """A text belongs to the disk again."""
    session.close(params.text_document.uri)
    pusher.clear(params.text_document.uri)


def did_delete_files(_session: Session, pusher: Pusher, params: types.DeleteFilesParams) -> None:
    """Files are gone."""
    for file in params.files:
        pusher.clear(file.uri)


def _is_spec(view: View | None) -> bool:
    return view is not None and view.kind is Kind.SPEC
