"""Play a story, and notice when it does not go as told."""

from __future__ import annotations

import shlex
import sys
from contextlib import chdir, redirect_stdout
from functools import singledispatchmethod
from textwrap import fill
from typing import TYPE_CHECKING, Final

from rich.text import Text

from redfirst.cli.demo.steps import Change, Run, Say, Show
from redfirst.cli.demo.tee import Tee
from redfirst.cli.formats.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rich.console import Console

    from redfirst.cli.demo.steps import Step


_READABLE: Final = 88  # cells


class UnexpectedTurn(Exception):  # noqa: N818  # the story's word for it
    """A step did not do what it says; the message says what was expected."""


class Player:
    """Plays steps in `folder`, telling them on `console`; `command` is redfirst itself."""

    def __init__(
        self, folder: Path, console: Console, command: Callable[[Sequence[str]], int]
    ) -> None:
        self._folder = folder
        self._console = console
        self._command = command
        self._chapter = 0

    def play(self, story: Iterable[Step]) -> None:
        """All of it; raises `UnexpectedTurn` at the first step that goes another way."""
        with chdir(self._folder):
            for step in story:
                self._step(step)

    @singledispatchmethod
    def _step(self, step: Step) -> None:
        raise TypeError(f"no step of a story: {step}")

    @_step.register
    def _say(self, step: Say) -> None:
        self._chapter += 1
        title = f"{self._chapter}. {step.title}"
        self._tell(Text.assemble("\n", (title, "bold"), f"\n{'-' * len(title)}"))
        self._tell(Text(f"{fill(step.text, _READABLE)}\n"))

    @_step.register
    def _change(self, step: Change) -> None:
        step.act(self._folder)
        self._tell(Text(f"({step.what})\n", "italic"))

    @_step.register
    def _show(self, step: Show) -> None:
        lines = (self._folder / step.path).read_text("utf-8").splitlines()
        first = next(at for at, line in enumerate(lines) if step.begin in line)
        rest = range(first + 1, len(lines))
        last = next((at for at in rest if step.end in lines[at]), len(lines))
        shown = "\n".join(f"    {visible(line)}" for line in lines[first:last])
        self._tell(Text(f"{shown.rstrip()}\n", "dim"))

    @_step.register
    def _run(self, step: Run) -> None:
        self._tell(Text(f"$ redfirst {shlex.join(step.command)}", "bold cyan"))
        tee = Tee(sys.stdout)
        with redirect_stdout(tee):
            code = self._command(step.command)
        self._console.print()
        if code != step.code:
            raise UnexpectedTurn(f"it should have ended with {step.code}, not with {code}")
        for words in step.words:
            if words not in tee.said:
                raise UnexpectedTurn(f"it should have said “{words}”")

    def _tell(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)
