"""The process that stands ready with pytest imported and has each run performed in a child."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from typing import NoReturn

from . import wire
from .channel import Channel
from .nursery import Nursery, flush, leave


def main(arguments: list[str]) -> None:
    """Announce what this interpreter has, then serve runs until the client hangs up.

    With `--once` (where there is no `fork`) the first run is performed in this process, and
    the process ends with it; `--standby` prepares it for that before it is needed. With
    `--template` it forks for each client instead, and such a `--forked` process tells what its
    template could learn.
    """
    channel = Channel()
    greeting = _look_around()
    if isinstance(greeting, wire.Unavailable):
        channel.send(greeting)
    elif "--template" in arguments:
        importlib.import_module(".template", __package__).serve(channel, greeting)
    elif "--once" in arguments:
        if "--standby" in arguments:
            importlib.import_module(".rehearsal", __package__).rehearse()
        channel.send(greeting)
        _perform_here(channel)
    else:
        channel.send(greeting)
        _serve(channel, _Pupil() if "--forked" in arguments else None)


class _Pupil:
    """Knows what there was before any run."""

    def __init__(self) -> None:
        self._modules = set(sys.modules)
        self._environment = dict(os.environ)

    def learned(self) -> wire.Learned:
        learn = importlib.import_module(".preload", __package__).learn
        return wire.Learned(learn(self._modules, self._environment))


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
    for message in channel.messages():
        if isinstance(message, wire.Enter):
            importlib.import_module(".place", __package__).enter(message)
        elif isinstance(message, wire.Run):
            channel.send(wire.Spawned(message.run, os.getpid()))
            code = _perform(message, channel)
            flush()
            channel.conclude(wire.Ended(message.run, code))
            break
    os._exit(0)


def _serve(channel: Channel, pupil: _Pupil | None) -> None:
    nursery = Nursery(channel)
    runs = channel.runs()
    for run in runs:
        if run.stub:
            importlib.import_module(".session", __package__).host(run, runs, nursery)
        report = nursery.fork(run)
        if report is not None:
            leave(report, lambda run=run: _perform(run, channel, pupil))


def _perform(run: wire.Run, channel: Channel, pupil: _Pupil | None = None) -> int:
    child = importlib.import_module(".child", __package__)
    code: int = child.perform(run, child.Whole(run), channel)
    if pupil is not None:
        channel.send(pupil.learned())
    return code
