"""`redfirst demo`: watch the loop."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.text import Text

from redfirst.cli.console import output
from redfirst.cli.demo.changes import set_the_stage
from redfirst.cli.demo.play import Player, UnexpectedTurn
from redfirst.cli.demo.story import story_here
from redfirst.cli.main import main
from redfirst.project.sandbox.choose import choose
from redfirst.project.temporary import prefix

if TYPE_CHECKING:
    from argparse import Namespace

    from redfirst.cli.command import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    subparsers.add_parser(
        "demo",
        help="watch the whole loop on a worked example",
        description="Play the loop in a scratch folder with the commands that you would type: "
        "spec, tests, red, a vacuous test, the implementation, green, a forgotten case. No key, "
        "no network; your files are not touched.",
    )


def run(arguments: Namespace) -> int:
    """Play the story; 0 only when each step did what it says."""
    del arguments
    began = time.monotonic()
    console = output()
    story = story_here(sandboxed=choose().level is not None)
    with TemporaryDirectory(prefix=prefix("demo")) as name:
        folder = Path(name).resolve()
        set_the_stage(folder)
        console.print(Text(f"In a scratch folder, {folder}", "dim"), soft_wrap=True)
        try:
            Player(folder, console, main).play(story)
        except UnexpectedTurn as turn:
            console.print(Text(f"The story went wrong: {turn}.", "bold red"), soft_wrap=True)
            return 1
    took = f"That was the loop, in {time.monotonic() - began:.0f} seconds."
    console.print(Text(took, "bold green"), soft_wrap=True)
    console.print(Text("Your turn: redfirst init, then redfirst new NAME --module MODULE"))
    return 0
