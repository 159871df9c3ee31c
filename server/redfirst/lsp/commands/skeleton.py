"""`redfirst.skeleton`: a module to write the implementation into."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redfirst.lsp.work.new_text import Replacement, write
from redfirst.workflow.skeleton import skeleton

if TYPE_CHECKING:
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject


async def make_skeleton(desk: Desk, subject: Subject, _bar: ProgressBar) -> object:
    """Create the module that the spec asks for, never in the place of another."""
    new = await asyncio.to_thread(skeleton, subject.project, subject.file)
    written = await write(desk, Replacement(new.path, new.shown, None, new.text))
    desk.tell_news(subject.path)
    return {"ok": written, "path": new.shown}
