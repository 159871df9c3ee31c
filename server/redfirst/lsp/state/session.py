"""The open texts, and the views that answers are computed from."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from redfirst.lsp.connection.client import Client
from redfirst.lsp.state.coverages import Coverages
from redfirst.lsp.state.file_uri import file_name
from redfirst.lsp.state.preferences import Preferences
from redfirst.lsp.state.vault import Vault
from redfirst.lsp.state.verdicts import Verdicts
from redfirst.lsp.state.view import View
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_source
from redfirst.project.spec_tree import project_around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redfirst.lsp.state.folders import Folder
    from redfirst.lsp.state.settings import Settings
    from redfirst.project.project import Project

T = TypeVar("T")


class Session:
    """State of one connection. Changed on the event loop only, in the order of the messages.

    Views are computed with on a thread of our own: pygls' pool also reads the client's messages,
    and slow work there would stop them. One thread is enough, since only one can run Python.
    """

    def __init__(self) -> None:
        self.client = Client()
        self.preferences = Preferences()
        self.folders: tuple[Folder, ...] = ()
        self.verdicts = Verdicts()
        self.coverages = Coverages()
        self.vault = Vault()
        self.ended = False
        self._views: dict[Path, View] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="redfirst-lsp")

    def open(self, document: types.TextDocumentItem) -> View | None:
        """Remember an open text; `None` for one that is no file."""
        path = path_of(document.uri)
        if path is None:
            return None
        text = document.text
        view = self._view(path, document.uri, document.version, text, self.project(path))
        shown, broken = self.coverages.shown(path, text), self.coverages.broken(path, text)
        view = replace(view, shown=shown, broken=broken)
        self._views[path] = view
        return view

    @property
    def settings(self) -> Settings:
        """The settings of the workspace as a whole, the newest."""
        return self.preferences.settings

    def closed_view(self, path: Path, uri: str, text: str, project: Project) -> View:
        """A text that is on the disk only."""
        return self._view(path, uri, None, text, project)

    def change(
        self,
        document: types.VersionedTextDocumentIdentifier,
        changes: Iterable[types.TextDocumentContentChangeEvent],
    ) -> View | None:
        """The next version of a text; `None` for one that was never opened."""
        view = self.view(document.uri)
        if view is None:
            return None
        for change in changes:
            view = _edited(view, change)
        broken = self.coverages.broken(view.path, view.text)
        view = replace(view, version=document.version, broken=broken)
        self._views[view.path] = view
        return view

    def refresh(self, uri: str) -> View | None:
        """Look at the settings again, the project's and the editor's."""
        view = self.view(uri)
        if view is None:
            return None
        settings = self.preferences.settings_of(view.path)
        project = self.project(view.path)
        if (project, settings) != (view.project, view.settings):
            view = replace(view, project=project, settings=settings)
            self._views[view.path] = view
        return view

    def measured(self, path: Path) -> View | None:
        """The open text with what is known of it by now."""
        view = self._views.get(path)
        if view is None:
            return None
        shown, broken = (
            self.coverages.shown(path, view.text),
            self.coverages.broken(path, view.text),
        )
        view = replace(view, shown=shown, broken=broken)
        self._views[path] = view
        return view

    def close(self, uri: str) -> None:
        """Forget an open text."""
        path = path_of(uri)
        if path is not None:
            self._views.pop(path, None)

    def view(self, uri: str) -> View | None:
        """The newest version of an open text."""
        path = path_of(uri)
        return None if path is None else self._views.get(path)

    def is_open(self, path: Path) -> bool:
        """Whether the text of the file is the client's."""
        return path in self._views

    def opened(self, path: Path) -> View | None:
        """The newest version of the file's text, if it is open."""
        return self._views.get(path)

    def views(self) -> tuple[View, ...]:
        """All open texts."""
        return tuple(self._views.values())

    def read(self, path: Path) -> str | None:
        """The text of a file as the person sees it."""
        view = self._views.get(path)
        if view is not None:
            return view.text
        try:
            return read_source(path).text
        except ProjectError:
            return None

    async def work(self, compute: Callable[[], T]) -> T:
        """The result of `compute`, which may take its time, away from the event loop.

        Cancelled when the client leaves before it has begun.
        """
        if self.ended:
            raise asyncio.CancelledError
        return await asyncio.get_running_loop().run_in_executor(self._worker, compute)

    def _view(self, path: Path, uri: str, version: int | None, text: str, project: Project) -> View:
        settings = self.preferences.settings_of(path)
        return View(
            uri,
            version,
            text,
            path,
            project,
            self.client,
            settings,
            self.verdicts,
            self.read,
            self._views.get,
            vault=self.vault,
        )

    def project(self, path: Path) -> Project:
        """The project of a file, with what the person set in the editor."""
        return project_around(path.parent, self.preferences.settings_of(path).python)

    def end(self) -> None:
        """The client is about to leave: what has not begun is dropped, and no text is open."""
        self.ended = True
        self._views.clear()
        self._worker.shutdown(wait=False, cancel_futures=True)


def path_of(uri: str) -> Path | None:
    """The file that `uri` names; `None` for anything but a file."""
    name = file_name(uri)
    return None if name is None else Path(os.path.realpath(name))


def _edited(view: View, change: types.TextDocumentContentChangeEvent) -> View:
    shown = view.shown
    if isinstance(change, types.TextDocumentContentChangePartial):
        text = view.places.edited(change.range, change.text)
        if shown is not None:
            shown = shown.edited(view.places.index, text, view.places.span(change.range))
    else:
        text = change.text
        shown = shown.rewritten(view.text, text) if shown is not None else None
    return replace(view, text=text, shown=shown, edits=view.edits + 1)
