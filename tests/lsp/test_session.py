"""What is left to do when the client leaves is dropped without a word."""

from __future__ import annotations

import asyncio
import threading

from redfirst.lsp.state.session import Session


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
