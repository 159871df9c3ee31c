"""The client's messages as they come on standard input, read by the event loop itself.

pygls has a thread read each line of them, and a thread of ours that computes would keep that one
waiting, again and again for one message.
"""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from typing import Self

_LONGEST_LINE: Final = 1 << 20
_NO_HEADER: Final = b"\n"


class StandardInput:
    """What is read is bytes, as from a file: fewer of them, or none, when no more will come."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream

    @classmethod
    async def connect(cls, stdin: BinaryIO) -> Self:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        stream = asyncio.StreamReader(_LONGEST_LINE)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), stdin)
        return cls(stream)

    async def readline(self) -> bytes:
        """The next line. What earlier messages have set off has begun before it is given."""
        await asyncio.sleep(0)
        try:
            return await self._stream.readline()
        except ValueError:  # a line so long is none of ours
            return _NO_HEADER

    async def readexactly(self, n: int) -> bytes:
        """`n` bytes."""
        try:
            return await self._stream.readexactly(n)
        except asyncio.IncompleteReadError as cut:
            return cut.partial


def can_be_awaited(stdin: BinaryIO, stdout: BinaryIO) -> bool:
    """Whether the event loop can listen to `stdin` without a change for anybody else: what is read
    without waiting, as the loop does, is also written without waiting where both are one socket.
    """
    if sys.platform == "win32":
        return False
    read, written = os.fstat(stdin.fileno()), os.fstat(stdout.fileno())
    is_pipe = stat.S_ISFIFO(read.st_mode) or stat.S_ISSOCK(read.st_mode)
    return is_pipe and (read.st_dev, read.st_ino) != (written.st_dev, written.st_ino)
