"""`redfirst.transcript`: what a model was asked about a spec the last time, and its answer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from redfirst.workflow.transcript import newest_transcript

if TYPE_CHECKING:
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject


async def open_transcript(desk: Desk, subject: Subject, _bar: ProgressBar) -> object:
    """The file, shown if the client can show one; `None` when nothing was asked."""
    path = await asyncio.to_thread(newest_transcript, subject.project, subject.file)
    if path is None:
        message = f"No model was asked about `{subject.file.path}`, or its transcripts are gone."
        desk.editor.answer(message)
        return None
    uri = path.as_uri()
    if desk.session.client.shows_documents:
        with suppress(JsonRpcException):  # a client that cannot after all
            await desk.show_document(types.ShowDocumentParams(uri=uri, take_focus=True))
    return {"uri": uri}
