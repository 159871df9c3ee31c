"""The interpreter that a project's tests run in: found, never made, never added to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ASKING_LIMIT: Final = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An existing Python; `reason` completes "this one, because it is …"."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class _Tool:
    """A tool that keeps a project's environment, asked only where its mark stands."""

    name: str
    marks: tuple[str, ...]
    question: tuple[str, ...]


_TOOLS: Final = (
    _Tool("uv", ("uv.lock",), ("python", "find", "--no-python-downloads")),
    _Tool("poetry", ("poetry.lock",), ("env", "info", "--executable")),
    _Tool("pdm", ("pdm.lock", ".pdm-python"), ("info", "--python")),
)


class InterpreterMissing(Exception):  # noqa: N818
    """The interpreter that the configuration names does not exist; the text says what to do."""


def find_interpreter(
    root: Path, setting: str | None, environment: Mapping[str, str] = os.environ
) -> Interpreter:
    """The interpreter of the project at `root`.

    In this order: the setting, the active environment, `.venv` or `venv` in the root, what uv,
    poetry or pdm say, a conda environment in the root, and at last our own. Raises
    `InterpreterMissing` only when there is a setting and nothing stands behind it.
    """
    if setting is not None:
        python = _from_setting(root, setting, environment)
        return Interpreter(python, "named by `python` in the settings")
    return next(_candidates(root, environment))


def _candidates(root: Path, environment: Mapping[str, str]) -> Iterator[Interpreter]:
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if folder := environment.get(variable):
            yield from _in_environment(Path(folder), f"the active environment (`{variable}`)")
    for name in (".venv", "venv"):
        yield from _in_environment(root / name, f"the environment `{name}` of the project")
    for tool in _TOOLS:
        yield from _ask(tool, root, environment)
    for folder in ("env", ".conda"):
        if (root / folder / "conda-meta").is_dir():
            yield from _in_environment(root / folder, f"the conda environment `{folder}`")
    yield Interpreter(Path(sys.executable), "redfirst's own: the project has no environment")


def _in_environment(folder: Path, reason: str) -> Iterator[Interpreter]:
    if (python := python_of(folder)) is not None:
        yield Interpreter(python, reason)


def python_of(folder: Path) -> Path | None:
    """The interpreter inside an environment, as venv and conda lay it out on each system."""
    for parts in ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe"):
        python = folder / parts
        if python.is_file():
            return python
    return None


def _from_setting(root: Path, setting: str, environment: Mapping[str, str]) -> Path:
    """A path, from the root, of an interpreter or environment; or a command like `python3.12`."""
    path = root / Path(setting).expanduser()
    if path.is_dir() and (python := python_of(path)) is not None:
        return python
    if path.is_file():
        return path
    if (command := shutil.which(setting, path=environment.get("PATH"))) is not None:
        return Path(command)
    raise InterpreterMissing(
        f"`python = {setting!r}` names no interpreter: there is neither {path} nor such a command. "
        "Name a Python, or the folder of an environment."
    )


def _ask(tool: _Tool, root: Path, environment: Mapping[str, str]) -> Iterator[Interpreter]:
    if not any((root / mark).exists() for mark in tool.marks):
        return
    command = shutil.which(tool.name, path=environment.get("PATH"))
    if command is None:
        return
    answer = Path(_first_line((command, *tool.question), root, environment))
    if answer.is_absolute() and answer.is_file():
        yield Interpreter(answer, f"named by `{tool.name} {' '.join(tool.question)}`")


def _first_line(command: tuple[str, ...], root: Path, environment: Mapping[str, str]) -> str:
    """What a command says; nothing when it fails or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603  (a tool that the user has installed)
            command,
            cwd=root,
            env=dict(environment),
            capture_output=True,
            text=True,
            timeout=_ASKING_LIMIT,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout.partition("\n")[0].strip()
