"""Asking clients to ask again: what they show may be another thing now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.view import View

    Ask = Callable[[], object]


class Refresher:
    """Asks only clients that can be asked. On the event loop only.

    A client looks again at the text that it changed itself, not at the others: a verdict on a case
    does not hold any more once somebody types into its test.
    """

    def __init__(self, session: Session, diagnostics: Ask, lenses: Ask, hints: Ask) -> None:
        self._session = session
        self._diagnostics = diagnostics
        self._lenses = lenses
        self._hints = hints
        self._held: dict[Path, tuple[bool, bool]] = {}
        self._due = False
        self._busy: asyncio.Task[None] | None = None

    def refresh_all(self) -> None:
        """More is known than before, or settings are others."""
        if self._session.client.refreshes:
            self._diagnostics()
        self._refresh_marks()
        self.texts_changed()

    def texts_changed(self) -> None:
        """A text is another one now: look which verdicts hold, and refresh when those changed."""
        client = self._session.client
        if client.refreshes_lenses or client.refreshes_hints:
            self._due = True
            if self._busy is None:
                self._busy = asyncio.create_task(self._compare())

    def _refresh_marks(self) -> None:
        if self._session.client.refreshes_lenses:
            self._lenses()
        if self._session.client.refreshes_hints:
            self._hints()

    async def _compare(self) -> None:
        # Not a callback of the task: that comes a moment late, and a change between is lost.
        try:
            while self._due:
                self._due = False
                views = {view.spec_path: view for view in self._session.views()}
                judged = [v for path, v in views.items() if path and self._is_judged(path)]
                held = await self._session.work(lambda judged=judged: _held(judged))
                if self._session.ended:
                    return
                if any(self._held.get(path, held[path]) != held[path] for path in held):
                    self._refresh_marks()
                self._held = held
        finally:
            self._busy = None

    def _is_judged(self, spec_path: Path) -> bool:
        verdicts = self._session.verdicts
        return verdicts.of(spec_path) is not None or verdicts.run_of(spec_path) is not None


def _held(views: list[View]) -> dict[Path, tuple[bool, bool]]:
    """Whether verification and run of each spec hold for the texts as they are. Reads files."""
    return {
        view.spec_path: (view.report is not None, view.run_report is not None)
        for view in views
        if view.spec_path
    }
