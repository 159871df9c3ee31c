"""Many questions at once, at leisure and for half the price: `/v1/messages/batches`."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from anthropic.types import messages as types

from . import wire
from .answering import answered
from .client import client_of
from .failures import failure_of, failure_of_type, wait_wished

if TYPE_CHECKING:
    from collections.abc import Callable

    import anthropic
    from anthropic.types.messages import MessageBatch, MessageBatchIndividualResponse

    Tell = Callable[[wire.Message], None]

_LOOKED_AT: Final = 100  # batches: one that was lost on its way is among the newest
_FIRST_PAUSE: Final = 0.2  # seconds; each is twice as long as the one before
_LONGEST_PAUSE: Final = 30.0
# A batch takes up to a day, and a network that is gone for a while does not end it.
_MISSES: Final = 5
_NOT_NOW: Final = frozenset({"limit", "overloaded"})
_PASSING: Final = frozenset(
    {"limit", "overloaded", "server", "unreachable", "cut", "stall", "slow", "unreadable"}
)


async def look(order: wire.Look, tell: Tell) -> None:
    """Tell `Looked` or `Failed`."""
    async with client_of(order.access) as client:
        try:
            async with asyncio.timeout(order.access.timeout):
                page = await client.messages.batches.list(limit=_LOOKED_AT)
                newer = _newer(page.data, order.after)
                match = ""
                for batch in newer if order.names else ():
                    if await _may_be(client, batch, order.names):
                        match = batch.id
                        break
            tell(wire.Looked(page.data[0].id if page.data else "", match))
        except Exception as error:  # noqa: BLE001  (whatever it is, the person is told)
            tell(_without_batches(failure_of(error, 1)))


async def send(order: wire.Send, tell: Tell) -> None:
    """Tell `Sent` or `Failed`.

    Tried again is only what the server did not take for sure: an order whose answer was lost may
    have been taken.
    """
    async with client_of(replace(order.access, retries=0)) as client:
        attempt = 0
        while True:
            attempt += 1
            try:
                batch = await _create(client, order)
                tell(wire.Sent(batch.id))
            except Exception as error:  # noqa: BLE001
                failed = failure_of(error, attempt)
                if failed.reason in _NOT_NOW and attempt <= order.access.retries:
                    await asyncio.sleep(wait_wished(error) or attempt)
                    continue
                tell(_without_batches(failed))
            return


async def _create(client: anthropic.AsyncAnthropic, order: wire.Send) -> MessageBatch:
    async with asyncio.timeout(order.access.timeout):
        return await client.messages.batches.create(
            requests=[
                {"custom_id": name, "params": params}  # type: ignore[typeddict-item]  # pyright: ignore[reportArgumentType]
                for name, params in order.requests.items()
            ]
        )


async def collect(order: wire.Collect, tell: Tell) -> None:
    """Tell how many entries are over, in the end each answer, and then `Collected`; or `Failed`."""
    async with client_of(order.access) as client:
        misses, pause = 0, _FIRST_PAUSE
        counted = wire.Counted(0, len(order.names))
        while True:
            try:
                async with asyncio.timeout(order.access.timeout):
                    batch = await client.messages.batches.retrieve(order.batch)
                counted = _counted(batch)
                if batch.processing_status == "ended":
                    await _fetch(client, order, batch, tell)
                    return
                misses = 0
            except Exception as error:  # noqa: BLE001
                misses += 1
                failed = failure_of(error, misses)
                if failed.reason not in _PASSING or misses > _MISSES:
                    tell(_without_batch(failed))
                    return
            tell(counted)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


async def cancel(order: wire.Cancel, tell: Tell) -> None:
    """Tell `Canceled` or `Failed`."""
    async with client_of(order.access) as client:
        try:
            async with asyncio.timeout(order.access.timeout):
                await client.messages.batches.cancel(order.batch)
            tell(wire.Canceled(order.batch))
        except Exception as error:  # noqa: BLE001
            tell(_without_batch(failure_of(error, 1)))


async def _fetch(
    client: anthropic.AsyncAnthropic, order: wire.Collect, batch: MessageBatch, tell: Tell
) -> None:
    """What is asked for again after a cut is told again: an answer stays what it is."""
    missing = set(order.names)
    if batch.archived_at is None and batch.results_url is not None:
        async for one in await client.messages.batches.results(order.batch):
            if one.custom_id in missing:
                tell(_entry(order.batch, one))
                missing.discard(one.custom_id)
    for name in sorted(missing):
        tell(wire.Failed("lost", entry=name))
    tell(wire.Collected(order.batch))


def _entry(batch: str, one: MessageBatchIndividualResponse) -> wire.Message:
    match one.result:
        case types.MessageBatchSucceededResult() as result:
            said = answered(result.message, 1)
            if len(said.text) > wire.LARGEST:
                return wire.Failed("huge", entry=one.custom_id)
            return replace(said, batch=batch, entry=one.custom_id)
        case types.MessageBatchErroredResult() as result:
            error = result.error.error
            return replace(failure_of_type(error.type, error.message), entry=one.custom_id)
        case types.MessageBatchCanceledResult() | types.MessageBatchExpiredResult() as result:
            return wire.Failed(result.type, entry=one.custom_id)


def _newer(batches: list[MessageBatch], after: str) -> list[MessageBatch]:
    """They come with the newest first."""
    ids = [batch.id for batch in batches]
    return batches[: ids.index(after)] if after in ids else batches


async def _may_be(client: anthropic.AsyncAnthropic, batch: MessageBatch, names: list[str]) -> bool:
    """Only what is over says which entries it has; before that, their number must do."""
    if _counted(batch).total != len(names):
        return False
    if batch.processing_status != "ended" or batch.results_url is None:
        return batch.archived_at is None
    results = await client.messages.batches.results(batch.id)
    return {one.custom_id async for one in results} == set(names)


def _counted(batch: MessageBatch) -> wire.Counted:
    counts = batch.request_counts
    over = counts.succeeded + counts.errored + counts.canceled + counts.expired
    return wire.Counted(over, over + counts.processing)


def _without_batches(failed: wire.Failed) -> wire.Failed:
    """Servers of other makers may know no batches."""
    return replace(failed, reason="no_batches") if failed.reason == "not_found" else failed


def _without_batch(failed: wire.Failed) -> wire.Failed:
    return replace(failed, reason="no_batch") if failed.reason == "not_found" else failed
