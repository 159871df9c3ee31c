"""Whether an error of the operating system came of the sandbox, and what the test wanted."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Final

_NUMBER: Final = re.compile(r"\[Errno (-?\d+)\]")
_PATH: Final = re.compile(r"'(/[^']+)'")
_NETWORK: Final = frozenset(
    {
        errno.ENETUNREACH,
        errno.EHOSTUNREACH,
        errno.EADDRNOTAVAIL,
        errno.EAFNOSUPPORT,
        errno.ECONNREFUSED,
        -2,  # a name that cannot be resolved: getaddrinfo has numbers of its own
        -3,
        -5,
    }
)
_FILES: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_LIMITS: Final = {
    errno.EAGAIN: "more processes or threads",
    errno.ENOMEM: "more memory",
    errno.EFBIG: "a larger file",
    errno.ENOSPC: "more room in the temporary folder",
    errno.EMFILE: "more open files",
}
_SQLITE: Final = ("attempt to write a readonly database", "unable to open database file")


def denied(number: int | None, exception: str | None, message: str) -> str | None:
    """What the test asked for and was not given, after "needs"; `None` when it was no denial.

    `number` is the operating system's, where it is known; else it is looked for in the message.
    """
    if number is None and (found := _NUMBER.search(message)):
        number = int(found[1])
    if number in _NETWORK:
        return "the network"
    if number in _FILES or any(words in message for words in _SQLITE):
        return "a right that it does not have (to write outside the temporary folder, to connect)"
    if number in _LIMITS:
        return _LIMITS[number]
    if exception == "MemoryError":
        return _LIMITS[errno.ENOMEM]
    if number == errno.ENOENT and (path := _PATH.search(message)) and Path(path[1]).exists():
        return f"`{path[1]}`, which is not shown to it"
    return None
