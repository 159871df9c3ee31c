"""`workspace/executeCommand`: what the person asks for, one run for each spec at a time."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from pygls.exceptions import JsonRpcInvalidParams

from redfirst.lsp import commands
from redfirst.lsp.late import Late
from redfirst.lsp.session import path_of
from redfirst.lsp.subject import spec_of
from redfirst.lsp.tasks import Stopped
from redfirst.lsp.wanted import Wanted, read_wanted
from redfirst.project.fault import ProjectError
from redfirst.workflow.naming_specs import specs_of_modules

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from lsprotocol import types

    from redfirst.lsp.desk import Desk
    from redfirst.lsp.progress_bars import ProgressBar
    from redfirst.lsp.subject import Subject

    Command = Callable[[Desk, Subject, ProgressBar], Awaitable[object]]
    Asking = Callable[[Desk, Subject, ProgressBar, Wanted], Awaitable[object]]

_NOT_TRUSTED: Final = (
    "This workspace is not trusted, so redfirst runs nothing in it. Trust it in your editor first."
)
RUNNING: Final[dict[str, tuple[str, Late]]] = {
    commands.VERIFY: ("Verify", Late("commands.verify.verify")),
    commands.RUN: ("Run the tests of", Late("commands.run.run")),
    commands.STRENGTH: ("Check the tests of", Late("commands.strength.check_strength")),
    commands.SKELETON: ("Create the module of", Late("commands.skeleton.make_skeleton")),
    commands.TRANSCRIPT: ("Find the transcript of", Late("commands.transcript.open_transcript")),
}
# These may ask a model, and are told which.
ASKING: Final[dict[str, tuple[str, Late]]] = {
    commands.GENERATE: ("Generate the tests of", Late("commands.generate.generate")),
    commands.REGENERATE: ("Generate the tests of", Late("commands.generate.regenerate")),
    commands.REFACTOR: ("Refactor the code of", Late("commands.refactor.refactor_code")),
}
_OF_CODE: Final = (commands.STRENGTH, commands.REFACTOR)


async def execute_command(desk: Desk, params: types.ExecuteCommandParams) -> object:
    """The command's answer; `None` when it could not be done, which the person was told."""
    path, wanted = _path(params), read_wanted(params)
    if not desk.session.settings.trusted:
        desk.editor.refuse(_NOT_TRUSTED)
        return None
    try:
        if params.command in _OF_CODE:
            path = await asyncio.to_thread(_spec_of_code, desk, path)
        subject = await desk.subject(path)
        return await desk.tasks.ask(subject.path, partial(_run, desk, subject, params, wanted))
    except ProjectError as error:
        desk.editor.refuse(error.fault.message)
    except Stopped:
        pass
    return None


async def _run(
    desk: Desk, subject: Subject, params: types.ExecuteCommandParams, wanted: Wanted
) -> object:
    purpose, late = {**RUNNING, **ASKING}[params.command]
    function = await late.imported()
    title = f"{purpose} {subject.file.path}"
    with desk.progress(title, params.work_done_token) as bar:
        if params.command in ASKING:
            asking: Asking = function
            answer = await asking(desk, subject, bar, wanted)
        else:
            command: Command = function
            answer = await command(desk, subject, bar)
    if bar.result and not desk.session.client.shows_progress:
        desk.editor.answer(bar.result)
    return answer


def _spec_of_code(desk: Desk, path: Path) -> Path:
    """The spec of an implementation, the first of several; any other file as it is."""
    project = desk.session.project(path)
    if path.suffix != ".py" or spec_of(project, path, desk.session.read) is not None:
        return path
    head = next(specs_of_modules(project, (path,), desk.session.read), None)
    return path if head is None else head.path


def _path(params: types.ExecuteCommandParams) -> Path:
    argument: Any = params.arguments[0] if params.arguments else None
    uri = cast("dict[str, Any]", argument).get("uri") if isinstance(argument, dict) else argument
    path = path_of(uri) if isinstance(uri, str) else None
    if path is None:
        message = f'`{params.command}` takes one argument, `{{"uri": ...}}` of a file.'
        raise JsonRpcInvalidParams(message)
    return path
