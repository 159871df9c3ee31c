"""`redfirst demo` tells a true story, and notices when it is not."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from redfirst.cli.demo.changes import set_the_stage
from redfirst.cli.demo.play import Player, UnexpectedTurn
from redfirst.cli.demo.steps import Change, Run, Say, Show
from redfirst.cli.demo.story import story_here
from redfirst.cli.main import main
from tests.cli.project import redfirst

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from redfirst.cli.demo.steps import Step


def test_the_whole_story(tmp_path: Path) -> None:
    said = redfirst(tmp_path, "demo")
    assert said.code == 0, said.out[-2000:]
    assert "6. A case is forgotten" in said.out
    assert list(tmp_path.iterdir()) == []


def test_without_a_sandbox_the_story_says_so_and_goes_the_same_way(tmp_path: Path) -> None:
    set_the_stage(tmp_path)
    out = StringIO()
    Player(tmp_path, Console(file=out), main).play(story_here(sandboxed=False)[:6])
    assert "1. Without a sandbox" in out.getvalue()
    assert "$ redfirst generate specs/reconcile.yml --unsandboxed" in out.getvalue()


def test_steps_are_shown_and_done(tmp_path: Path) -> None:
    story = (
        Say("One", "Hear."),
        Change(
            "A file is written.", lambda folder: (folder / "a").write_text("x\ny\nz\n") and None
        ),
        Show("a", "y", "z"),
        Run(("greet",), 3, ("hello",)),
    )
    assert _play(story, tmp_path) == (
        "\n1. One\n------\nHear.\n\n(A file is written.)\n\n    y\n\n$ redfirst greet\n\n"
    )


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Run(("greet",), 0, ()), "should have ended with 0, not with 3"),
        (Run(("greet",), 3, ("bye",)), "should have said “bye”"),
    ],
)
def test_an_unexpected_turn_ends_the_story(tmp_path: Path, step: Run, said: str) -> None:
    with pytest.raises(UnexpectedTurn, match=said):
        _play((step,), tmp_path)


def _write_three_lines(folder: Path) -> None:
    (folder / "a").write_text("x\ny\nz\n")


def _play(story: Sequence[Step], folder: Path) -> str:
    file = StringIO()
    Player(folder, Console(file=file, width=80), _greet).play(story)
    return file.getvalue()


def _greet(words: Sequence[str]) -> int:
    assert list(words) == ["greet"]
    sys.stdout.write("hello\n")
    return 3
