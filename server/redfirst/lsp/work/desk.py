"""What a command works with."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from redfirst.lsp.work.pauses import Pauses
from redfirst.lsp.work.subject import Subject, find_subject
from redfirst.lsp.work.tasks import Tasks
from redfirst.lsp.work.warmths import Warmths
from redfirst.project.settings import EDITOR
from redfirst.project.unsaved import UnsavedFiles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from pathlib import Path

    from lsprotocol.types import (
        ProgressToken,
        ShowDocumentParams,
        ShowDocumentResult,
    )

    from redfirst.lsp.state.session import Session
    from redfirst.lsp.work.editor import Editor
    from redfirst.lsp.work.editor_model import EditorModel
    from redfirst.lsp.work.progress_bars import ProgressBar, ProgressBars
    from redfirst.workflow.asking import Carrier

    Show = Callable[[ShowDocumentParams], Awaitable[ShowDocumentResult]]

_TIME_TO_LEAVE: Final = 0.4  # seconds


@dataclass(frozen=True)
class Desk:
    """The session, what runs for it, and the way to the person. On the event loop only.

    `tell_news` is called when more is known of a spec than before, `tell_measured` when more is
    known of an implementation. `editor_model` asks the client, which may have a model of its own.
    """

    session: Session
    editor: Editor
    bars: ProgressBars
    tell_news: Callable[[Path], None]
    tell_measured: Callable[[Path], None]
    editor_model: EditorModel
    show_document: Show
    tasks: Tasks = field(default_factory=Tasks)
    warmths: Warmths = field(default_factory=Warmths)
    pauses: Pauses = field(default_factory=Pauses)
    unsaved: UnsavedFiles = field(default_factory=UnsavedFiles)

    async def subject(self, path: Path) -> Subject:
        """The spec that the file leads to. `ProjectError` when it leads to none."""
        project = await asyncio.to_thread(self.session.project, path)
        project = replace(project, warmth=self.warmths.of(project.root))
        return await asyncio.to_thread(find_subject, project, path, self.session.read)

    def carrier(self, provider: str) -> Carrier | None:
        """Whoever carries questions to a model of that provider; `None`: an envoy, if anybody."""
        lends = provider == EDITOR and self.session.client.completes
        return self.editor_model if lends else None

    @contextmanager
    def progress(self, title: str, token: ProgressToken | None = None) -> Generator[ProgressBar]:
        """Progress of the current task, where the client shows it."""
        can = self.session.client.shows_progress
        with self.bars.shown(title, token, may_create=can) as bar:
            yield bar

    async def close(self) -> None:
        """End everything that runs, and every process that waits. It takes no longer than told."""
        self.pauses.close()
        try:
            async with asyncio.timeout(_TIME_TO_LEAVE):
                await self.tasks.close()
                await self.warmths.close()
        except TimeoutError:
            pass
        self.unsaved.close()
