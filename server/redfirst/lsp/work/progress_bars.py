"""Work-done progress: what the client shows while something runs, and its cancel button."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from lsprotocol.types import ProgressToken

    Create = Callable[[types.WorkDoneProgressCreateParams], Awaitable[Any]]
    Notify = Callable[[types.ProgressParams], None]

_WHOLE = 100


@dataclass
class ProgressBar:
    """One piece of work. It is shown from the moment that the client agrees to its token."""

    title: str
    token: ProgressToken
    notify: Notify
    _has_begun: bool = False
    _has_ended: bool = False
    _percentage: int = 0
    result: str | None = None

    def report(self, label: str, done: int, total: int) -> None:
        """`done` of `total` steps are over; what is shown never goes back."""
        self.part(0, _WHOLE).report(label, done, total)

    def part(self, first: int, last: int) -> PartOfBar:
        """For one of several pieces of the work: it leads from `first` percent to `last`."""
        return PartOfBar(self, first, last)

    def advance(self, message: str, percentage: int) -> None:
        """So much of the whole is done."""
        if self._has_begun and percentage > self._percentage:
            self._percentage = percentage
            self._say(types.WorkDoneProgressReport(message=message, percentage=percentage))

    def say(self, message: str) -> None:
        """What is done now; how much of all that is remains unknown."""
        if self._has_begun:
            self._say(types.WorkDoneProgressReport(message=message))

    def begin(self) -> None:
        """The client shows it from now on."""
        if not self._has_ended:
            self._has_begun = True
            self._say(types.WorkDoneProgressBegin(self.title, cancellable=True, percentage=0))

    def end(self) -> None:
        """The work is over, however it ended."""
        self._has_ended = True
        if self._has_begun:
            self._say(types.WorkDoneProgressEnd(message=self.result))

    def _say(self, value: object) -> None:
        self.notify(types.ProgressParams(self.token, value))


@dataclass(frozen=True)
class PartOfBar:
    """What is done of this piece of work moves the bar from one percentage to another."""

    bar: ProgressBar
    first: int
    last: int

    def report(self, label: str, done: int, total: int) -> None:
        """`done` of `total` steps of this piece are over."""
        share = (self.last - self.first) * done // total if total else 0
        self.bar.advance(f"{label}, {done} of {total}", self.first + share)


class ProgressBars:
    """The bars that the client shows. A client that cannot is not asked to.

    The work never waits for the client: one that does not answer sees nothing.
    """

    def __init__(self, create: Create, notify: Notify) -> None:
        self._create = create
        self._notify = notify
        self._works: dict[ProgressToken, asyncio.Task[Any]] = {}

    @contextmanager
    def shown(
        self, title: str, token: ProgressToken | None, *, may_create: bool
    ) -> Generator[ProgressBar]:
        """Progress of the current task, at the client's own `token` where there is one.

        Else one is created if the client takes that (`may_create`).
        """
        bar = ProgressBar(title, secrets.token_hex(8) if token is None else token, self._notify)
        work = asyncio.current_task()
        if work is not None:
            self._works[bar.token] = work
        if token is not None:
            bar.begin()
        elif may_create:
            params = types.WorkDoneProgressCreateParams(bar.token)
            asyncio.ensure_future(self._create(params)).add_done_callback(_when_agreed(bar))
        try:
            yield bar
        finally:
            self._works.pop(bar.token, None)
            bar.end()

    def cancel(self, token: ProgressToken) -> None:
        """Stop the work that the bar belongs to; one that is unknown is over already."""
        work = self._works.get(token)
        if work is not None:
            work.cancel()


def _when_agreed(bar: ProgressBar) -> Callable[[asyncio.Future[Any]], None]:
    def begin(answer: asyncio.Future[Any]) -> None:
        if not answer.cancelled() and answer.exception() is None:
            bar.begin()

    return begin
