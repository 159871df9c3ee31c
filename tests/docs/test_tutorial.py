"""The tutorial does what it says: its files are written, its commands run, its output compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
FENCE = re.compile(r"^```(\w+) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: ```LANGUAGE ATTRIBUTE, for instance ```yaml file=specs/late_fee.yml."""

    language: str
    attribute: str
    text: str


def blocks(markdown: str) -> list[Block]:
    return [Block(*found) for found in FENCE.findall(markdown)]


def follow(block: Block, folder: Path) -> None:
    """Do what a reader does with the block."""
    what, _, path = block.attribute.partition("=")
    if what in {"file", "append"}:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w" if what == "file" else "a", encoding="utf-8") as file:
            file.write(block.text)
    elif block.language == "console":
        for command, shown in COMMAND.findall(block.text):
            run(command, shown, folder)


def run(command: str, shown: str, folder: Path) -> None:
    """Run one line in a shell; `...` in what is shown stands for anything."""
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    same = OutputChecker().check_output(shown, done.stdout, ELLIPSIS | NORMALIZE_WHITESPACE)
    assert same, f"$ {command}\n--- the tutorial shows\n{shown}\n--- but it says\n{done.stdout}"
    assert "Traceback" not in done.stdout


def environment() -> dict[str, str]:
    """What a reader's shell has once the virtual environment is active."""
    binaries = Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin")
    return {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": sys.prefix,
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }


def test_a_reader_can_follow_the_tutorial(tmp_path: Path) -> None:
    followed = blocks(TUTORIAL.read_text(encoding="utf-8"))
    assert any(block.language == "console" for block in followed)
    for block in followed:
        follow(block, tmp_path)
