"""Diagnostics of open texts, for clients that do not ask for them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.news.publishing import diagnostics
from redfirst.lsp.state.view import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.lsp.news.case_notes import CaseNotes
    from redfirst.lsp.news.coverage_notes import CoverageNotes
    from redfirst.lsp.news.refresher import Refresher
    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.view import View


class Pusher:
    """Says of each open text what is wrong with its newest version, once.

    While one version is read, newer ones only wait for their turn, and of those only the last is
    read: typing into a long spec never builds a queue.
    """

    def __init__(
        self,
        session: Session,
        publish: Callable[[types.PublishDiagnosticsParams], None],
        refresher: Refresher,
        notes: CoverageNotes,
        case_notes: CaseNotes,
    ) -> None:
        self._session = session
        self._publish = publish
        self._refresher = refresher
        self._notes = notes
        self._case_notes = case_notes
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._due: set[str] = set()
        # What the client shows, of which version; `None`: something.
        self._shown: dict[str, tuple[int | None, list[types.Diagnostic]] | None] = {}

    def push(self, uri: str) -> None:
        """Something that is said of the text at `uri` may be another thing now."""
        self._notes.tell(uri)
        self._case_notes.text_changed(uri)
        if self._session.client.pulls:
            return
        self._due.add(uri)
        if uri not in self._busy:
            self._busy[uri] = asyncio.create_task(self._say(uri))

    def push_pair(self, uri: str) -> None:
        """The text at `uri` is another one; a spec, its tests and what they run on are related."""
        self.push(uri)
        self._refresher.texts_changed()
        changed = self._session.view(uri)
        spec_path = changed.spec_path if changed else None
        for view in self._session.views() if spec_path else ():
            if view.uri != uri and spec_path in (view.spec_path, *view.measuring):
                self.push(view.uri)

    def take_over(self, uri: str) -> None:
        """The text at `uri` was opened, and the client shows something of the file."""
        self._shown[uri] = None

    def hand_over(self, uri: str) -> None:
        """The text at `uri` was closed, and somebody else speaks of the file."""
        self._shown.pop(uri, None)

    def clear(self, uri: str) -> None:
        """Nothing is known of `uri` any more."""
        self._shown.pop(uri, None)
        if not self._session.client.pulls:
            self._publish(types.PublishDiagnosticsParams(uri, []))

    def news(self, spec_path: Path) -> None:
        """More is known of a spec than before: its own marks and those of its tests change."""
        for view in self._session.views():
            if view.spec_path == spec_path:
                self.push(view.uri)
        self._case_notes.news(spec_path)
        self._refresher.refresh_all()

    def measured(self, path: Path) -> None:
        """More is known of an implementation than before."""
        view = self._session.measured(path)
        if view is not None:
            self.push(view.uri)

    def settings_changed(self) -> None:
        """Other files may be specs than before."""
        self._case_notes.everything_changed()
        self._refresher.refresh_all()

    async def _say(self, uri: str) -> None:
        # Not a callback of the task: that comes a moment late, and a change between is lost.
        try:
            await self._say_newest(uri)
        finally:
            del self._busy[uri]

    async def _say_newest(self, uri: str) -> None:
        while uri in self._due:
            self._due.discard(uri)
            view = self._session.view(uri)
            if view is None or (uri not in self._shown and _has_nothing_to_say(view)):
                continue
            items = await self._session.work(partial(diagnostics, view))
            said = (view.version, items)
            if self._session.view(uri) is view and self._shown.get(uri) != said:
                self._shown[uri] = said
                self._publish(types.PublishDiagnosticsParams(view.uri, items, view.version))


def _has_nothing_to_say(view: View) -> bool:
    is_drawn = view.shown is None or view.client.draws_coverage
    has_more = view.broken is not None or view.verdicts.strengths_of(view.path)
    return view.kind is Kind.OTHER and is_drawn and not has_more
