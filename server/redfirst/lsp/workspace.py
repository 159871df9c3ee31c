"""What is beyond the open texts: folders, files on the disk, settings, and news of them."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from redfirst.lsp.configurer import Configurer
from redfirst.lsp.news.closed_files import ClosedFiles
from redfirst.lsp.news.sweeper import Sweeper
from redfirst.lsp.state.folders import first_folders, read_folders
from redfirst.lsp.state.session import path_of
from redfirst.lsp.state.view import Kind
from redfirst.lsp.watchers import registrations
from redfirst.project.index import SUFFIXES
from redfirst.project.project import PYPROJECT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pygls.lsp.server import LanguageServer

    from redfirst.lsp.news.pusher import Pusher
    from redfirst.lsp.state.session import Session

_log = logging.getLogger(__name__)


class Workspace:
    """Hears of changes beyond the open texts, and has everything that they touch looked at again.

    Each method is the answer to one notification of the client, as its docstring says.
    """

    def __init__(self, session: Session, pusher: Pusher, server: LanguageServer) -> None:
        self.files = ClosedFiles(session)
        self.configurer = Configurer(session, server.workspace_configuration_async, self.look_again)
        self._session = session
        self._pusher = pusher
        self._server = server
        self._sweeper = Sweeper(session, self.files, server.text_document_publish_diagnostics)

    def initialize(self, params: types.InitializeParams) -> None:
        """`initialize`: the folders, and the first settings."""
        self._session.folders = first_folders(params)
        self.configurer.start(params.initialization_options)

    async def initialized(self, _params: types.InitializedParams) -> None:
        """`initialized`: the client may be asked from now on."""
        wanted = list(registrations(self._session.client))
        if wanted:
            with suppress(JsonRpcException):  # a client that cannot after all
                await self._server.client_register_capability_async(
                    types.RegistrationParams(wanted)
                )
        await self.configurer.ask()
        self._sweep()

    async def did_change_configuration(self, params: types.DidChangeConfigurationParams) -> None:
        """`workspace/didChangeConfiguration`."""
        await self.configurer.told(params.settings)

    async def did_change_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """`workspace/didChangeWorkspaceFolders`: a new folder may have settings of its own."""
        removed = {folder.uri for folder in params.event.removed}
        kept = [folder.uri for folder in self._session.folders if folder.uri not in removed]
        added = [folder.uri for folder in params.event.added]
        self._session.folders = read_folders([*kept, *added])
        await self.configurer.ask()
        self.look_again()

    def trust(self, params: object) -> None:
        """`redfirst/trust`."""
        self.configurer.trust(params)

    def did_change_watched_files(self, params: types.DidChangeWatchedFilesParams) -> None:
        """`workspace/didChangeWatchedFiles`: files changed outside of the editor."""
        self._changed_outside(change.uri for change in params.changes)

    def did_create_files(self, params: types.CreateFilesParams) -> None:
        """`workspace/didCreateFiles`."""
        self._changed_outside(file.uri for file in params.files)

    def did_rename_files(self, params: types.RenameFilesParams) -> None:
        """`workspace/didRenameFiles`: the old name is gone, with all that was shown of it."""
        gone = [file.old_uri for file in params.files]
        self._changed_outside([*gone, *(file.new_uri for file in params.files)], gone)

    def did_delete_files(self, params: types.DeleteFilesParams) -> None:
        """`workspace/didDeleteFiles`."""
        gone = [file.uri for file in params.files]
        self._changed_outside(gone, gone)

    def opened(self, uri: str) -> None:
        """A text is the client's now."""
        path = path_of(uri)
        if path is not None and self._sweeper.opened(path, uri):
            self._pusher.take_over(uri)

    def closed(self, uri: str) -> None:
        """A text is the disk's again: what is shown of it is what the file deserves."""
        path = path_of(uri)
        if path is None or not self._within_folders(path):
            self._pusher.clear(uri)
        elif not self._session.client.pulls:
            self._pusher.hand_over(uri)
            self._sweeper.closed(path, uri)

    def news(self, spec_path: Path) -> None:
        """More is known of a spec than before, which may be open or not."""
        self._pusher.news(spec_path)
        self._sweep()

    def saved(self) -> None:
        """A file is another one now, and others may depend on it. Settings are looked at, too."""
        for view in self._session.views():
            if self._session.refresh(view.uri) is not view:
                self._pusher.push(view.uri)
        self._sweep()

    def look_again(self, gone: Collection[str] = ()) -> None:
        """Settings changed, of a project or of the editor: other files may be specs than before.

        Of what is `gone` nothing is said any more, even if its text is open for a while.
        """
        for uri in gone:
            self._pusher.clear(uri)
        for view in self._session.views():
            after = self._session.refresh(view.uri)
            if view.kind is Kind.SPEC and after is not None and after.kind is not Kind.SPEC:
                self._pusher.clear(view.uri)
            if view.uri not in gone:
                self._pusher.push(view.uri)
        self._pusher.settings_changed()
        self._sweep()

    def _changed_outside(self, uris: Iterable[str], gone: Collection[str] = ()) -> None:
        paths = {path: uri for uri in uris if (path := path_of(uri)) is not None}
        if not self._session.client.pulls:
            for path, uri in paths.items():
                ours = path.suffix in SUFFIXES or path.name == PYPROJECT
                if ours and self._within_folders(path):
                    self._sweeper.look_at(path, uri)
        if paths:
            self.look_again(gone)

    def _sweep(self) -> None:
        if not self._session.client.pulls and self._session.folders:
            self._sweeper.look_again()

    def _within_folders(self, path: Path) -> bool:
        return any(path.is_relative_to(folder.path) for folder in self._session.folders)
