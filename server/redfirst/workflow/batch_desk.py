"""Where the questions of many specs wait for each other, to travel together."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, TypeVar

from redfirst.envoy import wire
from redfirst.project.transcripts import digest_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
    from types import TracebackType

    from redfirst.workflow.batch_post import BatchPost, Outcome

T = TypeVar("T")


@dataclass
class _Waiting:
    """A question; `members` are the specs that have it, as a rule one."""

    order: wire.Ask
    outcome: asyncio.Future[Outcome | Exception]
    members: int = 0


@dataclass
class BatchDesk:
    """Carries the questions of `members` specs: a batch leaves when every spec that is not done
    has asked. As many specs as there are `places` are worked on at once.

    An asynchronous context manager; whoever leaves it waits for no answer any more.
    """

    post: BatchPost
    members: int
    places: asyncio.Semaphore
    _waiting: dict[str, _Waiting] = field(default_factory=dict[str, _Waiting])
    _round: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, trace: TracebackType | None) -> None:
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)
        for batch in self.post.waiting_for:
            self.post.tell(f"The batch `{batch}` is not over: the same command goes on with it.")
        self.post.settle()

    async def attend(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do the work for one of the specs, which may ask here."""
        try:
            async with self.places:
                return await work()
        except asyncio.CancelledError:
            self._waiting.clear()  # whoever stops the command orders nothing more
            raise
        finally:
            self.members -= 1
            self._leave_when_all_have_asked()

    async def ask(self, order: wire.Ask) -> AsyncGenerator[wire.Message]:
        """What came of it, after the whole batch is over."""
        name = digest_of(order.request)
        if name not in self._waiting:
            future = asyncio.get_running_loop().create_future()
            self._waiting[name] = _Waiting(order, future)
        waiting = self._waiting[name]
        waiting.members += 1
        self.members -= 1
        self.places.release()
        self._leave_when_all_have_asked()
        outcome = await asyncio.shield(waiting.outcome)
        await self.places.acquire()
        if isinstance(outcome, Exception):
            raise outcome
        yield outcome

    def _leave_when_all_have_asked(self) -> None:
        if self.members == 0 and self._waiting:
            waiting, self._waiting = self._waiting, {}
            self._round = asyncio.create_task(self._carry(waiting))

    async def _carry(self, waiting: Mapping[str, _Waiting]) -> None:
        outcomes: Mapping[str, Outcome | Exception]
        requests = {name: one.order.request for name, one in waiting.items()}
        access = next(iter(waiting.values())).order.access
        try:
            outcomes = await self.post.deliver(requests, access)
        except Exception as error:  # noqa: BLE001  (each of them would wait for ever)
            outcomes = dict.fromkeys(waiting, error)
        for name, one in waiting.items():
            self.members += one.members
            one.outcome.set_result(outcomes.get(name, wire.Failed("lost")))
