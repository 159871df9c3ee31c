"""One question to a server that speaks `/v1/messages`, through the SDK."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

import anthropic
import httpx2

from . import wire
from .answering import answered
from .client import client_of
from .failures import Begun, Unusable, failure_of

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE: Final = 0.5  # seconds before the second attempt, twice as many before the third
_MODELS_NAMED: Final = 20
# What may go another way the next time, once the answer has begun. What goes wrong before that is
# tried again by the SDK, which heeds the pause that the server asks for.
_PASSING: Final = frozenset({"limit", "overloaded", "server", "cut", "unfinished"})


async def ask(order: wire.Ask, tell: Callable[[wire.Message], None]) -> None:
    """Tell how the answer grows, and in the end either `Answered` or `Failed`."""
    async with client_of(order.access) as client:
        attempt = 0
        while True:
            attempt += 1
            try:
                async with asyncio.timeout(order.access.timeout):
                    message = await _stream(client, order.request, tell)
                tell(answered(message, attempt))
            except Exception as error:  # noqa: BLE001  (whatever it is, the person is told)
                failed = failure_of(error, attempt)
                begun = isinstance(error, Begun)
                if begun and failed.reason in _PASSING and attempt <= order.access.retries:
                    await asyncio.sleep(_PAUSE * attempt)
                    continue
                if failed.reason == "not_found":
                    failed = await _with_models(client, failed)
                tell(failed)
            return


async def reach(order: wire.Reach, tell: Callable[[wire.Message], None]) -> None:
    """Tell `Reached` or `Failed`; no token is spent."""
    async with client_of(order.access) as client:
        try:
            async with asyncio.timeout(order.access.timeout):
                await client.models.retrieve(order.model)
            tell(wire.Reached(listed=True))
        except Exception as error:  # noqa: BLE001
            failed = failure_of(error, 1)
            if failed.reason == "not_found":
                failed = await _with_models(client, failed)
                if not failed.models:
                    tell(await _counted(client, order.model))
                    return
            tell(failed)


async def _stream(
    client: anthropic.AsyncAnthropic, request: dict[str, Any], tell: Callable[[wire.Message], None]
) -> anthropic.types.Message:
    """The complete message. `Begun` around what interrupts an answer."""
    async with client.messages.stream(**request) as stream:
        tell(wire.Written(0))
        written, messages = 0, 0
        try:
            async for event in stream:
                messages += event.type == "message_start"
                if event.type == "text":
                    written += len(event.text)
                    tell(wire.Written(written))
                _stop_beyond(written)
            _stop_without(messages)
            message = await stream.get_final_message()
        except (TimeoutError, asyncio.CancelledError):
            raise
        except Exception as error:
            raise Begun from error
    if message.stop_reason is None:  # a clean end in the middle raises nothing
        raise Begun from Unusable("unfinished")
    return message


def _stop_without(messages: int) -> None:
    """A page for people has no events, and the SDK has nothing to say about that."""
    if not messages:
        raise Unusable("unreadable")


def _stop_beyond(written: int) -> None:
    if written > wire.LARGEST:
        raise Unusable("huge")


async def _with_models(client: anthropic.AsyncAnthropic, failed: wire.Failed) -> wire.Failed:
    """The same, with the models that there are; a server that lists none changes nothing."""
    try:
        page = await client.models.list(limit=_MODELS_NAMED)
        names = [model.id for model in page.data]
    except (anthropic.AnthropicError, httpx2.HTTPError, json.JSONDecodeError, TimeoutError):
        return failed
    return wire.Failed(failed.reason, failed.message, failed.attempts, names)


async def _counted(client: anthropic.AsyncAnthropic, model: str) -> wire.Message:
    """Servers of other makers may know no list of models, but count tokens."""
    try:
        await client.messages.count_tokens(
            model=model, messages=[{"role": "user", "content": "Are you there?"}]
        )
    except Exception as error:  # noqa: BLE001
        failed = failure_of(error, 1)
        return wire.Reached(listed=False) if failed.reason == "not_found" else failed
    return wire.Reached(listed=True)
