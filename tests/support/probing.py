"""Small projects on disk, and what the probe says of them."""

from __future__ import annotations

import asyncio
import textwrap
from typing import TYPE_CHECKING, TypeVar

from redfirst.probe import wire
from redfirst.project.probe_client import Probe

if TYPE_CHECKING:
    from pathlib import Path

M = TypeVar("M")


def write(root: Path, files: dict[str, str]) -> Path:
    """Files of a project; texts may be indented."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def perform(
    python: Path, root: Path, *runs: wire.Run, jobs: int = 1, kind: type[Probe] = Probe
) -> list[wire.Message]:
    """Everything that the probe says of these runs."""

    async def collect() -> list[wire.Message]:
        return [message async for message in kind(python, root, jobs=jobs).execute(runs)]

    return asyncio.run(collect())


def only(kind: type[M], messages: list[wire.Message]) -> M:
    """The one message of that kind."""
    (message,) = every(kind, messages)
    return message


def every(kind: type[M], messages: list[wire.Message]) -> list[M]:
    """The messages of that kind, in order."""
    return [message for message in messages if isinstance(message, kind)]


def outcomes(messages: list[wire.Message]) -> dict[str, str]:
    """How each test ended, by its name without the file; a test that ends twice is an error."""
    ends = [(end.run, end.test) for end in every(wire.Finished, messages)]
    assert len(ends) == len(set(ends))
    return {end.test.partition("::")[2]: end.outcome for end in every(wire.Finished, messages)}


def end_of(messages: list[wire.Message], test: str) -> wire.Finished:
    """How the test of that name ended."""
    (end,) = [end for end in every(wire.Finished, messages) if end.test.endswith(f"::{test}")]
    return end
