"""The process that stands ready with pytest imported and has each run performed in a child."""

from __future__ import annotations

import importlib
import os
import platform
from typing import NoReturn

from . import wire
from .channel import Channel
from .nursery import Nursery, flush, leave


def main(arguments: list[str]) -> None:
    """Announce what this interpreter has, then serve runs until the client hangs up.

    With `--once` (where there is no `fork`) the first run is performed in this process, and
    the process ends with it.
    """
    channel = Channel()
    greeting = _look_around()
    channel.send(greeting)
    if isinstance(greeting, wire.Unavailable):
        return
    if "--once" in arguments:
        _perform_here(channel)
    else:
        _serve(channel)


def _look_around() -> wire.Ready | wire.Unavailable:
    try:
        pytest = importlib.import_module("pytest")
        importlib.import_module(".child", __package__)
    except Exception as error:  # noqa: BLE001  (a broken installation raises anything)
        return wire.Unavailable("pytest", f"{type(error).__name__}: {error}")
    try:
        coverage = importlib.import_module("coverage").__version__
        importlib.import_module(".measure", __package__)
    except Exception:  # noqa: BLE001
        coverage = None
    return wire.Ready(platform.python_version(), pytest.__version__, coverage)


def _perform_here(channel: Channel) -> NoReturn:
    for run in channel.runs():
        channel.send(wire.Spawned(run.run, os.getpid()))
        code = _perform(run, channel)
        flush()
        channel.conclude(wire.Ended(run.run, code))
        break
    os._exit(0)


def _serve(channel: Channel) -> None:
    nursery = Nursery(channel)
    runs = channel.runs()
    for run in runs:
        if run.stub:
            importlib.import_module(".session", __package__).host(run, runs, nursery)
        report = nursery.fork(run)
        if report is not None:
            leave(report, lambda run=run: _perform(run, channel))


def _perform(run: wire.Run, channel: Channel) -> int:
    child = importlib.import_module(".child", __package__)
    code: int = child.perform(run, child.Whole(run), channel)
    return code
