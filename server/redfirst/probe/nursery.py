"""A child process for each run: started, awaited, and told how it ended."""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from . import lifeline, sweep, wire
from .background import stand_back_in_session
from .confine import from_command_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from .channel import Channel

_LOST = 1
_CHUNK = 4096


class Nursery:
    """Forks this process. It must have one thread only, and stay so."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def fork(self, run: wire.Run) -> int | None:
        """Returns twice. In the child, which is a session of its own so that it can be ended with
        all it started: the descriptor that `leave` needs. In this process, once the child is over
        and its end was told: `None`.
        """
        confinement = from_command_line(sys.orig_argv)
        kept = sweep.entries(confinement.swept)
        gc.freeze()
        result, report = os.pipe()
        lifeline.let_go()
        child = os.fork()
        if child == 0:
            os.close(result)
            os.setsid()
            stand_back_in_session(sys.orig_argv)
            self.settle(run)
            return report
        os.close(report)
        status = self._await_end(child)
        end_group(child)
        lifeline.hold()
        sweep.remove_all_but(kept, confinement.swept)
        ended = _ended(run.run, status, result)
        os.close(result)
        self.channel.conclude(ended)
        return None

    def settle(self, run: wire.Run) -> None:
        """This process, which leads its session, is given to the run: it forks no more."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        from_command_line(sys.orig_argv).apply_in_session()
        self.channel.send(wire.Spawned(run.run, os.getpid()))

    def _await_end(self, child: int) -> int:
        """The status of the child once it is over; when the client hangs up first, end both."""
        requests = self.channel.requests
        while True:
            over, status = os.waitpid(child, os.WNOHANG)
            if over:
                return status
            readable, _, _ = select.select([requests, self._woken], [], [])
            if self._woken in readable:
                os.read(self._woken, _CHUNK)
            if requests in readable:  # the client sends nothing during a run: it is gone
                end_group(child)
                os._exit(_LOST)


def leave(report: int, work: Callable[[], int]) -> NoReturn:
    """End a child with its work. The exit code goes through the pipe `report`: the status of the
    process would be the same after `os._exit(0)` inside a test.
    """
    try:
        code = work()
        flush()
        os.write(report, b"%d" % code)
    except BaseException:  # noqa: BLE001  (this process must not return into the worker's loop)
        traceback.print_exc()
    finally:
        flush()
        os._exit(_LOST)


def flush() -> None:
    """Write out what Python still holds of standard output and error."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _ended(run: str, status: int, result: int) -> wire.Ended:
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


def end_group(group: int) -> None:
    """Kill the processes of a group, those that are left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
