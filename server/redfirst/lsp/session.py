"""The open texts, and the views that answers are computed from."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.uris import to_fs_path

from redfirst.lsp.client import Client
from redfirst.lsp.settings import Settings
from redfirst.lsp.verdicts import Verdicts
from redfirst.lsp.view import View
from redfirst.project.configuration import Configuration
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_source
from redfirst.project.project import Project, open_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


class Session:
    """State of one connection. Changed on the event loop only, in the order of the messages.

    Views are computed with on a thread of our own: pygls' pool also reads the client's messages,
    and slow work there would stop them. One thread is enough, since only one can run Python.
    """

    def __init__(self) -> None:
        self.client = Client()
        self.settings = Settings()
        self.verdicts = Verdicts()
        self.ended = False
        self._views: dict[Path, View] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="redfirst-lsp")

    def open(self, document: types.TextDocumentItem) -> View | None:
        """Remember an open text; `None` for one that is no file."""
        path = path_of(document.uri)
        if path is None:
            return None
        project = _project(path)
        view = View(
            document.uri,
            document.version,
            document.text,
            path,
            project,
            self.client,
            self.settings,
            self.verdicts,
            self.read,
        )
        self._views[path] = view
        return view

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
            view = replace(view, text=_edited(view, change))
        view = replace(view, version=document.version)
        self._views[view.path] = view
        return view

    def refresh(self, uri: str) -> View | None:
        """Look at the project's settings again."""
        view = self.view(uri)
        if view is None:
            return None
        view = replace(view, project=_project(view.path))
        self._views[view.path] = view
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
        """The result of `compute`, which may take its time, away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, compute)

    def end(self) -> None:
        """The client is about to leave; what has not begun is dropped."""
        self.ended = True
        self._worker.shutdown(wait=False, cancel_futures=True)


def path_of(uri: str) -> Path | None:
    """The file that `uri` names; `None` for anything but a file."""
    try:
        name = to_fs_path(uri)
    except ValueError:
        return None
    if not name or not uri.startswith("file:") or "\0" in name:
        return None
    return Path(os.path.realpath(name))


def _project(path: Path) -> Project:
    try:
        return open_project(path.parent)
    except ProjectError as error:
        # Settings that cannot be read are reported by the command line; here defaults stand in.
        return Project(path.parent, Configuration(), (error.fault,))


def _edited(view: View, change: types.TextDocumentContentChangeEvent) -> str:
    if isinstance(change, types.TextDocumentContentChangePartial):
        return view.places.edited(change.range, change.text)
    return change.text
