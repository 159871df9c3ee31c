"""Runs served one after the other, each in a child of this process."""

from __future__ import annotations

import importlib
import os
import platform
import sys

from . import wire
from .channel import Channel
from .nursery import Nursery, leave


def look_around() -> wire.Ready | wire.Unavailable:
    """What this interpreter has; importing it makes every child faster."""
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


def serve_as_fork() -> None:
    """What a fork of the template does: serve its client, tell what the template could learn."""
    channel = Channel()
    channel.send(look_around())
    serve(channel, Pupil())


class Pupil:
    """Knows what there was before any run."""

    def __init__(self) -> None:
        self._modules = set(sys.modules)
        self._environment = dict(os.environ)

    def learned(self) -> wire.Learned:
        """What has been imported since that every project could have ready."""
        learn = importlib.import_module(".preload", __package__).learn
        return wire.Learned(learn(self._modules, self._environment))


def serve(channel: Channel, pupil: Pupil | None) -> None:
    """Until the client hangs up."""
    nursery = Nursery(channel)
    runs = channel.runs()
    for run in runs:
        if run.stub:
            importlib.import_module(".session", __package__).host(run, runs, nursery)
        report = nursery.fork(run)
        if report is not None:
            leave(report, lambda run=run: perform(run, channel, pupil))


def perform(run: wire.Run, channel: Channel, pupil: Pupil | None = None) -> int:
    """One run in this process; its exit code."""
    child = importlib.import_module(".child", __package__)
    code: int = child.perform(run, child.Whole(run), channel)
    if pupil is not None:
        channel.send(pupil.learned())
    return code
