"""What an exception says of a test file: its type, its words and the line it came through."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from traceback import walk_tb
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import FrameType, TracebackType

_LONGEST_MESSAGE = 8000  # characters
_MACHINERY = tuple(f"{os.sep}{package}{os.sep}" for package in ("_pytest", "pluggy"))


@dataclass(frozen=True)
class Failure:
    """An exception, in the terms of `wire.Finished`."""

    exception: str | None
    message: str
    line: int | None
    in_test: bool
    refused: int | None = None


def describe(error: BaseException, test_file: str) -> Failure:
    """`test_file` is an absolute path."""
    frames = _outer_frames(error.__traceback__)
    here = [line for frame, line in frames if _is_file(frame, test_file)]
    last = bool(frames) and _is_file(frames[-1][0], test_file)
    line = here[-1] if here else _line_of_syntax_error(error, test_file)
    return Failure(type_name(error), words(error), line, last, _refused(error))


def _refused(error: BaseException) -> int | None:
    """The number of the operating system's error in the chain of causes that ends with `error`."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if isinstance(cause, OSError) and isinstance(cause.errno, int):
            return cause.errno
        cause = cause.__cause__ or cause.__context__
    return None


def type_name(error: BaseException) -> str:
    """The dotted name of the type; a builtin's has no dot."""
    kind = type(error)
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def words(error: BaseException) -> str:
    """The text of the error, which may be code of the project."""
    try:
        if isinstance(error, pytest.FixtureLookupError):
            return f"fixture {error.argname!r} not found"
        return clip(str(error))
    except Exception as second:  # noqa: BLE001
        return f"its message cannot be read: {type(second).__name__}"


def clip(text: str) -> str:
    """A message of a length that a person may read."""
    if len(text) <= _LONGEST_MESSAGE:
        return text
    return f"{text[:_LONGEST_MESSAGE]}… ({len(text)} characters)"


def _outer_frames(traceback: TracebackType | None) -> list[tuple[FrameType, int]]:
    """The frames without pytest's own at the end: `pytest.fail` is raised where it is called."""
    frames = list(walk_tb(traceback))
    while frames and _is_machinery(frames[-1][0]):
        frames.pop()
    return frames


def _is_machinery(frame: FrameType) -> bool:
    file = frame.f_code.co_filename
    return any(part in file for part in _MACHINERY)


def _is_file(frame: FrameType, path: str) -> bool:
    file = frame.f_code.co_filename
    return file == path or _real_path(file) == _real_path(path)


@functools.cache
def _real_path(file: str) -> str:
    return os.path.realpath(file)


def _line_of_syntax_error(error: BaseException, test_file: str) -> int | None:
    if isinstance(error, SyntaxError) and error.filename:
        same = os.path.realpath(error.filename) == os.path.realpath(test_file)
        return error.lineno if same else None
    return None
