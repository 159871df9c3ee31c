"""`redfirst/coverage`: what is measured of an implementation, for clients that draw it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from redfirst.coverage.marks import Reach
from redfirst.lsp.connection.offer import COVERAGE
from redfirst.lsp.state.session import path_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.coverage.measurement import Measurement, Share
    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.view import View


class CoverageNotes:
    """Tells of open implementations, whenever something else is to be drawn.

    While one version is looked at, newer ones only wait for their turn, and of those only the last
    is looked at.
    """

    def __init__(self, session: Session, notify: Callable[[str, object], None]) -> None:
        self._session = session
        self._notify = notify
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._due: set[str] = set()
        self._told: dict[str, dict[str, Any]] = {}

    def tell(self, uri: str) -> None:
        """The text at `uri`, or what is known of it, may be another one."""
        if not self._session.client.draws_coverage:
            return
        self._due.add(uri)
        if uri not in self._busy:
            self._busy[uri] = asyncio.create_task(self._say(uri))

    async def _say(self, uri: str) -> None:
        # Not a callback of the task: that comes a moment late, and a change between is lost.
        try:
            while uri in self._due:
                self._due.discard(uri)
                await self._say_newest(uri)
        finally:
            del self._busy[uri]

    async def _say_newest(self, uri: str) -> None:
        view = self._session.view(uri)
        if view is None or view.shown is None:
            self._told.pop(uri, None)
            return
        note = await self._session.work(partial(coverage_note, view))
        if note is not None and self._session.view(uri) is view and self._told.get(uri) != note:
            self._told[uri] = note
            self._notify(COVERAGE, {**note, "uri": view.uri, "version": view.version})


async def coverage(session: Session, params: object) -> dict[str, Any] | None:
    """`redfirst/coverage` as a request: the note on a file, open or not, once the runs that are
    under way on it are over; `None` when it was not measured.
    """
    uri = getattr(params, "uri", None)
    path = path_of(uri) if isinstance(uri, str) else None
    if not isinstance(uri, str) or path is None:
        return None
    await session.coverages.settled(path)
    view = session.view(uri) or await session.work(partial(_closed, session, path, uri))
    note = None if view is None else await session.work(partial(coverage_note, view))
    return None if view is None or note is None else {**note, "uri": uri, "version": view.version}


def _closed(session: Session, path: Path, uri: str) -> View | None:
    text = session.read(path)
    if text is None:
        return None
    view = session.closed_view(path, uri, text, session.project(path))
    return replace(view, shown=session.coverages.shown(path, text))


def coverage_note(view: View) -> dict[str, Any] | None:
    """The note on a view, without its version; `None` when nothing was measured of it."""
    shown, marks = view.shown, view.marks
    if shown is None or marks is None:
        return None
    coverage = shown.measured.coverage
    return {
        "contentHash": shown.measured.digest,
        "runId": shown.measured.run,
        "stale": marks.stale,
        **{
            reach.value: [
                _range(view, each.start, each.stop - 1) for each in marks.stretches(reach)
            ]
            for reach in Reach
        },
        "gaps": [
            {"range": _range(view, gap.first, gap.last), "text": gap.text} for gap in marks.gaps
        ],
        "lines": _share(coverage.lines),
        "branches": _share(coverage.branches),
        "forks": [] if marks.stale else _forks(coverage.measurement),
        "gate": {"threshold": coverage.threshold, "holds": coverage.holds},
    }


def _forks(measurement: Measurement) -> list[dict[str, Any]]:
    total = Counter(line for line, _ in measurement.branches)
    missing = Counter(line for line, _ in measurement.missing_branches)
    return [
        {"line": line - 1, "taken": total[line] - missing[line], "total": total[line]}
        for line in sorted(total)
    ]


def _range(view: View, first: int, last: int) -> dict[str, Any]:
    place = view.places.lines(first, last)
    return {
        name: {"line": each.line, "character": each.character}
        for name, each in (("start", place.start), ("end", place.end))
    }


def _share(share: Share) -> dict[str, Any]:
    return {"reached": share.reached, "total": share.total}
