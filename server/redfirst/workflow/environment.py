"""When the interpreter or its pytest keeps something from being judged: what is missing, and the
command that would help. Nothing is ever installed by us.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.probe import wire

_LOCKED_BY: Final = (
    ("uv.lock", "uv add --dev"),
    ("poetry.lock", "poetry add --group dev"),
    ("pdm.lock", "pdm add --dev"),
)
_CODES: Final = {"pytest": Code.NO_PYTEST, "coverage": Code.NO_COVERAGE}
_PYTEST_FAULTS: Final = {3: "an internal error", 4: "a usage error"}
_ERRORS: Final = ("E ", "ERROR: ")
_LINES_SHOWN: Final = 3
_MISSING: Final = ("ModuleNotFoundError", "ImportError")


def unavailable(message: wire.Unavailable, python: Path, root: Path, path: str) -> Finding:
    """RF902 or RF903: in the interpreter `python`, what a run needs is missing or does not work.

    `path` is the file that could not be judged, relative to the project at `root`.
    """
    what = message.what
    if message.message.startswith(_MISSING):
        words = (
            f"`{python}` cannot import {what} ({message.message}). Install it there with "
            f"`{install_command(what, python, root)}`, or set `python` in `[tool.redfirst]`."
        )
    else:
        words = f"The {what} of `{python}` does not work here: {message.message}."
    return Finding(_CODES[what], Severity.ERROR, words, path)


def install_command(package: str, python: Path, root: Path) -> str:
    """The command by which this project gets a development package."""
    for lock, command in _LOCKED_BY:
        if (root / lock).is_file():
            return f"{command} {package}"
    return f"{shlex.quote(str(python))} -m pip install {package}"


def pytest_unusable(ended: wire.Ended, path: str) -> Finding | None:
    """RF905 when pytest itself gave up (a conftest that raises, an option that it does not know).

    `None` when the run said something about tests.
    """
    fault = _PYTEST_FAULTS.get(ended.exit_code) if ended.exit_code is not None else None
    if fault is None:
        return None
    words = (
        f"pytest ended with {fault} before it ran a test{quoted_tail(ended.output)} "
        f"Mend this until `python -m pytest {path}` starts."
    )
    return Finding(Code.PYTEST_UNUSABLE, Severity.ERROR, words, path)


def quoted_tail(output: str) -> str:
    """What a process said last, as the end of a sentence: pytest's errors where it names some."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("E ").strip() for line in lines if line.startswith(_ERRORS)]
    shown = " / ".join((errors or lines)[-_LINES_SHOWN:]).rstrip(".")
    return f": {shown}." if shown else "."


def runner_died(words: str, path: str) -> Finding:
    """RF908: the interpreter could not be started, or ended before it said a word."""
    message = f"The tests could not be run: {words}."
    return Finding(Code.RUNNER_DIED, Severity.ERROR, message, path)
