"""The private line to the client, apart from standard output and error."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDIN, _STDOUT, _STDERR = 0, 1, 2
_CHUNK = 65536


class Channel:
    """Requests in, events out, on descriptors that no child process inherits.

    Opening it points the process's standard input at nothing and its standard output at standard
    error, so that whatever the tests print can not be taken for a message.
    """

    def __init__(self) -> None:
        self._held = b""
        self.requests = os.dup(_STDIN)
        self._events = os.dup(_STDOUT)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, _STDIN)
        os.close(nothing)
        os.dup2(_STDERR, _STDOUT)

    def send(self, message: wire.Message) -> None:
        """Write one whole message."""
        self._write(wire.encode(message))

    def hold(self, message: wire.Message) -> None:
        """Write it with the next one: whoever reads is woken once, and takes no processor time
        from the tests twice.
        """
        self._held += wire.encode(message)

    def conclude(self, ended: wire.Ended) -> None:
        """Tell the end of a run; everything that it printed stands before this place.

        A process that was killed while it wrote may have left half a line.
        """
        self._write(b"\n")
        os.write(_STDERR, wire.OUTPUT_MARK)
        self.send(ended)

    def messages(self) -> Iterator[wire.Message]:
        """The requests, until the client hangs up."""
        buffer = b""
        while chunk := os.read(self.requests, _CHUNK):
            *lines, buffer = (buffer + chunk).split(b"\n")
            for line in lines:
                yield wire.decode(line)

    def flush(self) -> None:
        """Write what is held back."""
        self._write(b"")

    def close(self) -> None:
        """This process has no more to do with it."""
        os.close(self.requests)
        os.close(self._events)

    def _write(self, data: bytes) -> None:
        data, self._held = self._held + data, b""
        while data:
            data = data[os.write(self._events, data) :]
