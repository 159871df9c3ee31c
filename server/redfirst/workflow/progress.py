"""How a verb tells what it is doing, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A listener. `done` of `total` steps of the work named `label` are over."""

    def report(self, label: str, done: int, total: int) -> None:
        """Called from the event loop, cheaply and often."""
        ...


class Silent:
    """Listens to nothing."""

    def report(self, label: str, done: int, total: int) -> None:
        """Say nothing."""
