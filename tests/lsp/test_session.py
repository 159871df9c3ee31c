"""What is left to do when the client leaves is dropped without a word."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.news.case_notes import CaseNotes
from redfirst.lsp.news.coverage_notes import CoverageNotes
from redfirst.lsp.news.pusher import Pusher
from redfirst.lsp.news.refresher import Refresher
from redfirst.lsp.state.session import Session
from tests.cli.project import SPEC
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path


def test_work_that_had_not_begun_is_cancelled() -> None:
    async def leave() -> tuple[object, ...]:
        session, began, may_end = Session(), threading.Event(), threading.Event()

        def compute() -> str:
            began.set()
            may_end.wait()
            return "done"

        running = asyncio.create_task(session.work(compute))
        waiting = asyncio.create_task(session.work(compute))
        await asyncio.to_thread(began.wait)
        session.end()
        later = asyncio.create_task(session.work(compute))
        may_end.set()
        return await asyncio.gather(running, waiting, later, return_exceptions=True)

    first, *others = asyncio.run(leave())
    assert first == "done"
    assert [type(other) for other in others] == [asyncio.CancelledError] * 2


def test_what_is_found_as_the_client_leaves_is_not_told(tmp_path: Path) -> None:
    """Its reader has looked through the text, and nobody has heard of it yet."""
    spec = make_project(tmp_path) / "specs/half.yml"
    told: list[object] = []

    async def leave() -> None:
        session = Session()
        refresher = Refresher(session, *[partial(told.append, "refresh")] * 3)
        notes = CoverageNotes(session, lambda *note: told.append(note))
        case_notes = CaseNotes(session, lambda *note: told.append(note))
        pusher = Pusher(session, told.append, refresher, notes, case_notes)
        session.open(types.TextDocumentItem(spec.as_uri(), "yaml", 1, f"x: 1\n{SPEC}"))
        pusher.push_pair(spec.as_uri())
        await asyncio.sleep(0)
        session._worker.submit(lambda: None).result()
        session.end()
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})

    asyncio.run(leave())
    assert told == []
