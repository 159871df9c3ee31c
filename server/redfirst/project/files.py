"""Reading and replacing files of the project without ever leaving half of one behind."""

from __future__ import annotations

import os
import secrets
import tokenize
from codecs import BOM_UTF8
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from redfirst.project.fault import Fault, ProjectError
from redfirst.spec.codes import Code
from redfirst.spec.ranges import LineIndex, TextRange


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as text and as the bytes it was read from.

    The text is what an editor shows: a byte order mark is not part of it, line breaks are as
    they stand in the file.
    """

    text: str
    data: bytes


def read_text(path: Path, shown: str | None = None) -> FileText:
    """A UTF-8 file; `ProjectError` (RF906), naming it as `shown`, when it cannot be read."""
    shown = shown or path.as_posix()
    data = _read(path, shown)
    return FileText(_decoded(data, "utf-8", shown), data)


def read_source(path: Path, shown: str | None = None) -> FileText:
    """A Python file, in the encoding that it declares; fails as `read_text` does."""
    shown = shown or path.as_posix()
    data = _read(path, shown)
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
    except SyntaxError:
        # No declaration that can be used: what remains is the default, and its error has a place.
        encoding = "utf-8"
    return FileText(_decoded(data, encoding.removesuffix("-sig"), shown), data)


def replace_file(
    path: Path, text: str, *, expected: bytes | None, shown: str | None = None
) -> None:
    """Write `text`, as given, in the place of the file that held `expected` (`None`: no file).

    Readers see the old file or the new one, never a part. The mode of the old file is kept, a
    symbolic link keeps pointing where it points, missing folders are made. `ProjectError` (RF906)
    when the file is no longer what was expected, or cannot be written.
    """
    shown = shown or path.as_posix()
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_beside(target, text.encode())
        try:
            if _current(target) != expected:
                message = f"`{shown}` changed meanwhile, so it was left alone. Try again."
                raise ProjectError(Fault(Code.UNREADABLE_FILE, message, shown))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _settle(target.parent)
    except (OSError, UnicodeEncodeError) as error:
        message = f"`{shown}` cannot be written: {_words(error)}."
        raise ProjectError(Fault(Code.UNREADABLE_FILE, message, shown)) from error


def make_folder(path: Path) -> None:
    """Make the folder, with those around it, where there is none yet. `ProjectError` (RF906) when
    that cannot be done.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        shown = path.as_posix()
        message = f"The folder `{shown}` cannot be made: {_words(error)}."
        raise ProjectError(Fault(Code.UNREADABLE_FILE, message, shown)) from error


def _read(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        reason = f"There is no file `{shown}`."
        raise ProjectError(Fault(Code.UNREADABLE_FILE, reason, shown)) from error
    except (OSError, ValueError) as error:
        reason = f"`{shown}` cannot be read: {_words(error)}."
        raise ProjectError(Fault(Code.UNREADABLE_FILE, reason, shown)) from error


def _decoded(data: bytes, encoding: str, shown: str) -> str:
    body = data.removeprefix(BOM_UTF8)
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, errors="replace")
        place = LineIndex(before).position(len(before))
        message = (
            f"`{shown}` is not {encoding.upper()}: line {place.line + 1} holds the byte "
            f"0x{body[error.start]:02X}. Save the file as UTF-8."
        )
        fault = Fault(Code.UNREADABLE_FILE, message, shown, TextRange(place, place))
        raise ProjectError(fault) from error


def _write_beside(target: Path, data: bytes) -> Path:
    """A new file in the folder of `target`, with its mode, safely on the disk."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    with temporary.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileNotFoundError):
                temporary.chmod(target.stat().st_mode & 0o7777)
        except BaseException:
            file.close()
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def _current(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _settle(folder: Path) -> None:
    """Have the new name itself on the disk, where the system can do that for a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _words(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said[:1].lower() + said[1:]
