"""Diagnostics of the files that are not open, for clients that do not ask for them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.state.slices import in_slices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.lsp.news.closed_files import ClosedFiles, Findings
    from redfirst.lsp.state.session import Session


class Sweeper:
    """Looks through the folders whenever something may have changed, and says what differs.

    Events only say when to look; what is found decides. While it looks, files that are known to
    have changed come first, and any number of further events make it look once more.
    """

    def __init__(
        self,
        session: Session,
        files: ClosedFiles,
        publish: Callable[[types.PublishDiagnosticsParams], None],
    ) -> None:
        self._session = session
        self._files = files
        self._publish = publish
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._first: dict[Path, str] = {}
        # Under which name a file was spoken of, and of which of its results; `None`: unknown.
        self._shown: dict[Path, tuple[str, str | None]] = {}
        self._seen: set[Path] = set()

    def look_again(self) -> None:
        """Something may have changed anywhere."""
        self._again = True
        if self._task is None and not self._session.ended:
            self._task = asyncio.create_task(self._run())

    def look_at(self, path: Path, uri: str) -> None:
        """Something may have changed there."""
        self._first[path] = uri
        self.look_again()

    def opened(self, path: Path, uri: str) -> bool:
        """The file's text is the client's now, and somebody else speaks of it. Whether the client
        shows something of it.
        """
        shown = self._shown.pop(path, None)
        if shown is not None and shown[0] != uri:
            self._tell(types.PublishDiagnosticsParams(shown[0], []))
        return shown is not None and shown[0] == uri

    def closed(self, path: Path, uri: str) -> None:
        """The file belongs to the disk again; what the client shows of it is of its text."""
        self._shown[path] = (uri, None)
        self.look_at(path, uri)

    async def _run(self) -> None:
        try:
            while self._again and not self._session.ended:
                self._again = False
                await self._sweep()
        finally:
            self._task = None

    async def _sweep(self) -> None:
        self._seen = set()
        await self._look_at_first()
        steps = self._files.sweep(self._session.folders)
        async for results in in_slices(self._session, steps):
            for findings in results:
                self._show(findings)
            await self._look_at_first()
        if not self._session.ended:
            for path in set(self._shown) - self._seen:
                self._withdraw(path)

    async def _look_at_first(self) -> None:
        while self._first and not self._session.ended:
            path, uri = self._first.popitem()
            findings = await self._session.work(partial(self._files.look, path, uri))
            if findings is None:
                self._withdraw(path)
            else:
                self._show(findings)

    def _show(self, findings: Findings) -> None:
        path, uri = findings.path, findings.uri
        self._seen.add(path)
        if self._session.is_open(path) or self._shown.get(path) == (uri, findings.result_id):
            return
        before = self._shown.pop(path, None)
        if before is not None and before[0] != uri:
            self._tell(types.PublishDiagnosticsParams(before[0], []))
        if findings.items:
            self._shown[path] = (uri, findings.result_id)
        if findings.items or before is not None:
            self._tell(types.PublishDiagnosticsParams(uri, findings.items))

    def _withdraw(self, path: Path) -> None:
        shown = self._shown.pop(path, None)
        if shown is not None and not self._session.is_open(path):
            self._tell(types.PublishDiagnosticsParams(shown[0], []))

    def _tell(self, params: types.PublishDiagnosticsParams) -> None:
        if not self._session.ended:
            self._publish(params)
