"""The process that everything is prepared in, and that forks for each client that asks.

It runs nothing of the project: no configuration, no conftest.py, no test. What it forks is a
worker like any other, only that its imports are done.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from . import lifeline, preload, strays, wire
from .background import stand_back_in_session
from .nursery import end_group
from .place import enter
from .rehearsal import rehearse
from .serving import look_around_for_packages, serve_as_fork

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .channel import Channel

_CHUNK = 65536
_LOST = 1
_STREAMS = 2  # the socket for messages, and the pipe for what is printed
_FAREWELL = 1.0  # seconds for the forks to notice that the client is gone, and to tidy up


def serve(channel: Channel) -> NoReturn:
    """Prepare, announce it, and fork until the client hangs up.

    The channel's requests must come through a Unix socket: an order to fork brings the streams of
    the fork with it.
    """
    rehearse()
    template = Template(channel)
    if (obstacle := preload.obstacle()) is not None:
        channel.send(wire.Unavailable("template", obstacle))
        os._exit(0)
    lifeline.let_go()
    channel.send(look_around_for_packages())
    for order, streams in template.orders():
        if isinstance(order, wire.Enter):
            template.fork(order, streams)
        elif isinstance(order, wire.Preload):
            preload.preload(order.modules)
    template.disband()
    os._exit(0)


class Template:
    """Knows its forks, tells when they end, and ends whatever they leave behind."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._control = socket.socket(fileno=channel.requests)
        self._living: set[int] = set()
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        strays.adopt()

    def orders(self) -> Iterator[tuple[wire.Message, list[int]]]:
        """What the client wants, each with the descriptors that came with it."""
        buffer, streams = b"", list[int]()
        while True:
            readable, _, _ = select.select([self._control, self._woken], [], [])
            if self._woken in readable:
                os.read(self._woken, _CHUNK)
                self._bury()
            if self._control not in readable:
                continue
            data, received, _, _ = socket.recv_fds(self._control, _CHUNK, _STREAMS)
            if not data:
                return
            streams += received
            *lines, buffer = (buffer + data).split(b"\n")
            for order in map(wire.decode, lines):
                # An order without streams may have come together with one that has them.
                if isinstance(order, wire.Enter):
                    yield order, streams
                    streams = []
                else:
                    yield order, []

    def fork(self, order: wire.Enter, streams: list[int]) -> None:
        """A worker of its own session that serves the client at the other end of `streams`."""
        gc.freeze()
        child = os.fork()
        if child == 0:
            self._become_worker(order, streams)
        for stream in streams:
            os.close(stream)
        self._living.add(child)

    def _become_worker(self, order: wire.Enter, streams: list[int]) -> NoReturn:
        try:
            os.setsid()
            stand_back_in_session(sys.orig_argv)
            lifeline.hold()
            self._channel.send(wire.Forked(os.getpid()))
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            strays.adopt()
            self._control.detach()
            self._channel.close()
            messages, printed = streams
            for stream, descriptor in ((messages, 0), (messages, 1), (printed, 2)):
                os.dup2(stream, descriptor)
            os.close(messages)
            os.close(printed)
            enter(order)
            serve_as_fork()
            os._exit(0)
        except BaseException:  # noqa: BLE001  (this process must not return into the template's loop)
            traceback.print_exc()
        finally:
            os._exit(_LOST)

    def _bury(self) -> None:
        for child in list(self._living):
            over, status = os.waitpid(child, os.WNOHANG)
            if over:
                self._living.remove(child)
                end_group(child)
                strays.end(but=self._living)
                self._channel.send(wire.Gone(child, os.waitstatus_to_exitcode(status)))

    def disband(self) -> None:
        """The client is gone. Forks notice that too and leave, unless they are deep in a test
        module; nothing may stay.
        """
        end = time.monotonic() + _FAREWELL
        while self._living and (left := end - time.monotonic()) > 0:
            if select.select([self._woken], [], [], left)[0]:
                os.read(self._woken, _CHUNK)
            with suppress(OSError):  # nobody hears that they are gone
                self._bury()
        for child in self._living:
            end_group(child)
        strays.end(but=set())
