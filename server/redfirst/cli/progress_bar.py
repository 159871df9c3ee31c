"""Progress on a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bars

from redfirst.cli.console import errors, shows_progress
from redfirst.cli.formats.text.visible import visible
from redfirst.workflow.progress import Progress, Silent

if TYPE_CHECKING:
    from collections.abc import Generator

    from rich.progress import TaskID


class BarProgress:
    """One bar per piece of work; a bar goes away when its work is done."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def report(self, label: str, done: int, total: int) -> None:
        """Move the bar of `label`."""
        if label not in self._tasks:
            self._tasks[label] = self._bars.add_task(visible(label), total=total)
        self._bars.update(self._tasks[label], completed=done, total=total)
        if done >= total > 0:
            self._bars.remove_task(self._tasks.pop(label))


@contextmanager
def progress_on_terminal() -> Generator[Progress]:
    """Bars on standard error while a person watches, else silence."""
    if not shows_progress():
        yield Silent()
        return
    bars = Bars(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        console=errors(),
        transient=True,
    )
    with bars:
        yield BarProgress(bars)
