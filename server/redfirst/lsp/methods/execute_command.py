"""`workspace/executeCommand`: what the person asks for, one run for each spec at a time."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from pygls.exceptions import JsonRpcInvalidParams

from redfirst.lsp import command_names
from redfirst.lsp.connection.late import Late
from redfirst.lsp.state.session import path_of
from redfirst.lsp.work.subject import spec_of
from redfirst.lsp.work.tasks import Stopped
from redfirst.lsp.work.wanted import Wanted, read_wanted
from redfirst.project.fault import ProjectError
from redfirst.project.layout import find_implementation
from redfirst.workflow.naming_specs import specs_of_modules

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from lsprotocol import types

    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject

    Command = Callable[[Desk, Subject, ProgressBar], Awaitable[object]]
    OfAll = Callable[[Desk, tuple[Subject, ...], ProgressBar], Awaitable[object]]
    Asking = Callable[[Desk, Subject, ProgressBar, Wanted], Awaitable[object]]

_NOT_TRUSTED: Final = (
    "This workspace is not trusted, so redfirst runs nothing in it. Trust it in your editor first."
)
RUNNING: Final[dict[str, tuple[str, Late]]] = {
    command_names.VERIFY: ("Verify", Late("commands.verify.verify")),
    command_names.RUN: ("Run the tests of", Late("commands.run.run")),
    command_names.SKELETON: ("Create the module of", Late("commands.skeleton.make_skeleton")),
    command_names.TRANSCRIPT: (
        "Find the transcript of",
        Late("commands.transcript.open_transcript"),
    ),
}
# These may ask a model, and are told which.
ASKING: Final[dict[str, tuple[str, Late]]] = {
    command_names.GENERATE: ("Generate the tests of", Late("commands.generate.generate")),
    command_names.REGENERATE: ("Generate the tests of", Late("commands.generate.regenerate")),
    command_names.REFACTOR: ("Refactor the code of", Late("commands.refactor.refactor_code")),
}
# This takes all specs of an implementation.
OF_ALL: Final[dict[str, tuple[str, Late]]] = {
    command_names.STRENGTH: ("Check the tests of", Late("commands.strength.check_strength")),
}


async def execute_command(desk: Desk, params: types.ExecuteCommandParams) -> object:
    """The command's answer; `None` when it could not be done, which the person was told."""
    path, wanted = _path(params), read_wanted(params)
    if not desk.session.settings.trusted:
        desk.editor.refuse(_NOT_TRUSTED)
        return None
    try:
        if params.command in OF_ALL:
            return await _ask_of_all(desk, path, params)
        if params.command == command_names.REFACTOR:
            path = (await asyncio.to_thread(_specs_of_code, desk, path))[0]
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
    _tell_result(desk, bar)
    return answer


async def _ask_of_all(desk: Desk, path: Path, params: types.ExecuteCommandParams) -> object:
    specs = await asyncio.to_thread(_specs_of_code, desk, path)
    subjects = tuple([await desk.subject(spec) for spec in specs])
    thing = subjects[0].path if len(subjects) == 1 else path
    return await desk.tasks.ask(thing, partial(_run_on_all, desk, path, subjects, params))


async def _run_on_all(
    desk: Desk, path: Path, subjects: tuple[Subject, ...], params: types.ExecuteCommandParams
) -> object:
    purpose, late = OF_ALL[params.command]
    command: OfAll = await late.imported()
    first = subjects[0]
    shown = first.file.path if len(subjects) == 1 else first.project.relative(path)
    with desk.progress(f"{purpose} {shown}", params.work_done_token) as bar:
        answer = await command(desk, subjects, bar)
    _tell_result(desk, bar)
    return answer


def _tell_result(desk: Desk, bar: ProgressBar) -> None:
    if bar.result and not desk.session.client.shows_progress:
        desk.editor.answer(bar.result)


def _specs_of_code(desk: Desk, path: Path) -> tuple[Path, ...]:
    """The specs of an implementation; any other file as it is."""
    project, read = desk.session.project(path), desk.session.read
    if path.suffix != ".py" or spec_of(project, path, read) is not None:
        return (path,)
    heads = specs_of_modules(project, (path,), read)
    found = (
        head.path for head in heads if find_implementation(project, head.module.value).path == path
    )
    return tuple(found) or (path,)


def _path(params: types.ExecuteCommandParams) -> Path:
    argument: Any = params.arguments[0] if params.arguments else None
    uri = cast("dict[str, Any]", argument).get("uri") if isinstance(argument, dict) else argument
    path = path_of(uri) if isinstance(uri, str) else None
    if path is None:
        message = f'`{params.command}` takes one argument, `{{"uri": ...}}` of a file.'
        raise JsonRpcInvalidParams(message)
    return path
