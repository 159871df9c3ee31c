"""Progress of work whose length nobody knows: a model may be asked once, or several times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.lsp.work.progress_bars import ProgressBar

_WHOLE = 100


@dataclass
class Stages:
    """Says at which stage the work is, and how far in it: never how much of all is done."""

    bar: ProgressBar
    _last: tuple[str, int] = ("", 0)

    def report(self, label: str, done: int, total: int) -> None:
        """`done` of `total` steps of the stage are over. Told once for each percent of it."""
        now = (label, _WHOLE * done // total if total else 0)
        if now != self._last:
            self._last = now
            self.bar.say(f"{label}, {done} of {total}")
