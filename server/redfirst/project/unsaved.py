"""Texts that nobody has saved, in files of their own: nothing in the project changes."""

from __future__ import annotations

import io
import shutil
import tokenize
from typing import TYPE_CHECKING

from redfirst.project.temporary import temporary_folder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self


class UnsavedFiles:
    """One file for each that the person edits, in the same place every time: whatever was prepared
    to measure it finds it there. A context manager; leaving it removes them all.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._files: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, path: Path, text: str) -> Path:
        """A file that holds the text which the person sees of the Python file `path`."""
        if self._folder is None or not self._folder.is_dir():  # somebody may tidy up
            self._folder, self._files = temporary_folder("unsaved"), {}
        if path not in self._files:
            folder = self._folder / str(len(self._files))
            folder.mkdir()
            self._files[path] = folder / f"unsaved-{path.name}"
        self._files[path].write_bytes(_encoded(text))
        return self._files[path]

    def close(self) -> None:
        """Remove all that was written."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder, self._files = None, {}


def _encoded(text: str) -> bytes:
    """As the text itself says; UTF-8 where that cannot be."""
    data = text.encode(errors="surrogatepass")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return text.encode(encoding)
    except (SyntaxError, LookupError, UnicodeError):
        return data
