"""A tiny project, and the real command run on it in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, Any
from unittest import mock

from redfirst.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
function: half
module: maths
signature: "half(number: int) -> int"
behavior: >
  Half of an even number. Odd numbers are refused, since their half is no integer.
edge_cases:
  - case: zero -> zero
    id: EC-zero
    examples:
      - {call: half(0), returns: 0}
  - case: negative number -> negative half
    id: EC-negative
    examples:
      - {call: half(-4), returns: -2}
errors:
  - case: odd number -> raise ValueError("odd number")
    id: ER-odd
    examples:
      - {call: half(3), raises: ValueError("odd number")}
"""
CODE = """\
def half(number: int) -> int:
    if number % 2:
        raise ValueError("odd number")
    return number // 2
"""


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def redfirst(folder: Path, *words: str, **environment: str) -> Said:
    """Run `redfirst`; whatever happens, nobody may see a traceback of ours."""
    done = subprocess.run(
        [sys.executable, "-m", "redfirst", *words],
        cwd=folder,
        env=_environment(environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def redfirst_here(folder: Path, *words: str, **environment: str) -> Said:
    """The same without a process of its own, for tests that are not about the process."""
    variables = _environment(environment)
    out, err = (TextIOWrapper(BytesIO(), variables["PYTHONIOENCODING"]) for _ in range(2))
    with (
        mock.patch.dict(os.environ, variables, clear=True),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            code = main(words)
        except SystemExit as ended:
            code = ended.code
    said = Said(int(code or 0), _written(out), _written(err))
    assert "Traceback" not in said.out + said.err, said.err
    return said


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def make_project(folder: Path) -> Path:
    """A spec and its implementation; the tests are yet to be generated."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(f"[tool.redfirst]\npython = {sys.executable!r}\n")
    (folder / "specs").mkdir()
    (folder / "specs" / "half.yml").write_text(SPEC)
    (folder / "maths.py").write_text(CODE)
    return folder


def _environment(extra: dict[str, Any]) -> dict[str, str]:
    unwanted = ("VIRTUAL_ENV", "FORCE_COLOR", "GITHUB_WORKSPACE", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONIOENCODING": "utf-8", **extra}
