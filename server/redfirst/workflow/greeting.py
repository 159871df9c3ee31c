"""What an interpreter says of itself: its version, and those of pytest and coverage."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.probe_client import Probe, ProbeFailed
from redfirst.project.temporary import prefix

if TYPE_CHECKING:
    from collections.abc import Generator

_NO_TESTS: Final = "test_nothing.py"


async def greeting(python: Path) -> wire.Ready | wire.Unavailable:
    """The probe's first words in the interpreter `python`, away from the project's files.

    `ProbeFailed` when it cannot be started, or says nothing.
    """
    with _folder() as folder:
        runs = [wire.Run("doctor", _NO_TESTS)]
        said = [message async for message in Probe(python, folder).execute(runs)]
    for message in said:
        if isinstance(message, wire.Ready | wire.Unavailable):
            return message
    raise ProbeFailed(f"`{python}` ended before it said a word.")


@contextmanager
def _folder() -> Generator[Path]:
    with TemporaryDirectory(prefix=prefix("doctor")) as folder:
        Path(folder, _NO_TESTS).touch()
        yield Path(folder)
