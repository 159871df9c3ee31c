"""Who asks what was measured of a file is answered once nothing is under way on it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from redfirst.lsp.state.coverages import Coverages

CODE = Path("pay.py")
SPEC = Path("pay.yml")


def test_a_run_that_a_newer_one_replaced_settles_nothing() -> None:
    async def story() -> None:
        coverages = Coverages()
        await coverages.settled(CODE)
        older = coverages.begin(CODE, SPEC)
        newer = coverages.begin(CODE, SPEC)
        waiting = asyncio.create_task(coverages.settled(CODE))
        coverages.end(CODE, SPEC, older)
        await asyncio.wait([waiting], timeout=0)
        assert not waiting.done()
        coverages.end(CODE, SPEC, newer)
        await waiting

    asyncio.run(story())
