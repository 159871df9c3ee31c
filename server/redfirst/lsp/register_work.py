"""Which command is done by what, and how work is stopped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.lsp import command_names
from redfirst.lsp.connection.cancellable import request
from redfirst.lsp.connection.late import Late
from redfirst.lsp.leaving import leave
from redfirst.lsp.work.desk import Desk
from redfirst.lsp.work.editor import Editor
from redfirst.lsp.work.editor_model import EditorModel
from redfirst.lsp.work.progress_bars import ProgressBars

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.lsp.connection.endpoint import Endpoint
    from redfirst.lsp.state.session import Session

_EXECUTE: Final = Late("methods.execute_command.execute_command")


def register_work(
    server: Endpoint,
    session: Session,
    news: Callable[[Path], None],
    measured: Callable[[Path], None],
) -> Desk:
    """Give the server its commands. `shutdown` ends what they have started."""
    ask = partial(request, server.protocol)
    desk = Desk(
        session,
        Editor(server.window_show_message, partial(ask, types.WORKSPACE_APPLY_EDIT)),
        ProgressBars(server.window_work_done_progress_create_async, server.progress),
        news,
        measured,
        EditorModel(ask),
        partial(ask, types.WINDOW_SHOW_DOCUMENT),
    )
    for command in command_names.ON_SPECS:
        server.command(command)(partial(_execute, desk))

    @server.feature(types.SHUTDOWN)
    async def _shutdown(_params: None) -> None:
        await desk.close()
        session.end()

    @server.feature(types.EXIT)
    async def _exit(_params: None) -> None:
        await desk.close()  # the client may not have asked to shut down
        leave(0 if server.ended else 1)  # by now a thread waits for the next message

    @server.feature(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def _cancel(params: types.WorkDoneProgressCancelParams) -> None:
        desk.bars.cancel(params.token)

    return desk


async def _execute(desk: Desk, params: types.ExecuteCommandParams) -> object:
    return await _EXECUTE(desk, params)
