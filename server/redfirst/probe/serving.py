"""Runs served one after the other, each in a child of this process."""

from __future__ import annotations

import importlib
import platform
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import wire
from .channel import Channel
from .nursery import Nursery, leave
from .pupil import Pupil

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def look_around_for_packages() -> wire.Ready | wire.Unavailable:
    """The same with the folders that packages are installed in."""
    greeting = look_around()
    if isinstance(greeting, wire.Unavailable):
        return greeting
    installed = [entry for entry in sys.path if _preloading().is_installed(entry)]
    return replace(greeting, installed=installed)


def serve_as_fork() -> None:
    """What a fork of the template does: serve its client, tell what the template could learn."""
    channel = Channel()
    channel.send(look_around_for_packages())
    serve(channel, Pupil())


def serve(channel: Channel, pupil: Pupil | None) -> None:
    """Until the client hangs up."""
    nursery = Nursery(channel)
    messages = channel.messages()
    runs = (message for message in messages if isinstance(message, wire.Run))
    for message in messages:
        if isinstance(message, wire.Prepare):
            _sessions().prepare(message, runs, nursery, pupil)
        elif isinstance(message, wire.Preload):
            _preloading().preload(message.modules)
        elif isinstance(message, wire.Run):
            _take(message, runs, nursery, pupil)


def _take(run: wire.Run, runs: Iterator[wire.Run], nursery: Nursery, pupil: Pupil | None) -> None:
    if run.stub:
        _sessions().host(run, runs, nursery)
    report = nursery.fork(run)
    if report is not None:
        leave(report, lambda: perform(run, nursery.channel, pupil))


def perform(run: wire.Run, channel: Channel, pupil: Pupil | None = None) -> int:
    """One run in this process; its exit code."""
    child = importlib.import_module(".child", __package__)
    performance = child.Performance(run.test_file, child.Whole(run), channel)
    performance.begin(run)
    code: int = performance.perform()
    if pupil is not None:
        channel.send(pupil.learned())
    return code


def _sessions() -> Any:
    return importlib.import_module(".session", __package__)


def _preloading() -> Any:
    return importlib.import_module(".preload", __package__)
