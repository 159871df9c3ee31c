"""The process that stands ready with pytest imported and has each run performed in a child."""

from __future__ import annotations

import gc
import importlib
import os
import platform
import select
import signal
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

from . import wire
from .channel import Channel

_LOST = 1
_CHUNK = 4096


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
        channel.end_broken_line()
        channel.mark_output()
        channel.send(wire.Ended(run.run, code))
        break
    os._exit(0)


def _serve(channel: Channel) -> None:
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    importlib.import_module(".rehearsal", __package__).rehearse()
    gc.freeze()
    for run in channel.runs():
        result, report = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(result)
            _be_child(run, channel, report)
        os.close(report)
        status = _await_end(child, channel.requests, woken)
        _end_group(child)
        ended = _conclude(run.run, status, result)
        os.close(result)
        channel.end_broken_line()
        channel.mark_output()
        channel.send(ended)


def _be_child(run: wire.Run, channel: Channel, report: int) -> NoReturn:
    """Perform the run in a session of its own, so that it can be ended with all it started.

    The exit code goes through a pipe: the status of the process would be the same after
    `os._exit(0)` inside a test.
    """
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        channel.send(wire.Spawned(run.run, os.getpid()))
        os.write(report, b"%d" % _perform(run, channel))
    except BaseException:  # noqa: BLE001  (this process must not return into the worker's loop)
        traceback.print_exc()
    finally:
        _flush()
        os._exit(_LOST)


def _perform(run: wire.Run, channel: Channel) -> int:
    code: int = importlib.import_module(".child", __package__).perform(run, channel)
    _flush()
    return code


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _await_end(child: int, requests: int, woken: int) -> int:
    """The status of the child once it is over; when the client hangs up first, end both."""
    while True:
        over, status = os.waitpid(child, os.WNOHANG)
        if over:
            return status
        readable, _, _ = select.select([requests, woken], [], [])
        if woken in readable:
            os.read(woken, _CHUNK)
        if requests in readable:  # the client sends nothing during a run: it is gone
            _end_group(child)
            os._exit(_LOST)


def _conclude(run: str, status: int, result: int) -> wire.Ended:
    os.set_blocking(result, False)
    try:
        code = os.read(result, _CHUNK)
    except BlockingIOError:  # a process that escaped still holds the other end
        code = b""
    if code:
        return wire.Ended(run, int(code))
    if os.WIFSIGNALED(status):
        return wire.Ended(run, None, signal=os.WTERMSIG(status))
    return wire.Ended(run, None, lost_with=os.WEXITSTATUS(status))


def _end_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
