"""`redfirst/complete`: a model that the client has, asked in the place of one behind a key."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from redfirst.envoy import wire

    Request = Callable[[str, object], Awaitable[object]]

COMPLETE: Final = "redfirst/complete"
_STOPPED: Final = (types.LSPErrorCodes.RequestCancelled, types.LSPErrorCodes.ServerCancelled)
_SHOWN: Final = 300
_COUNTED: Final = {"inputTokens": "input_tokens", "outputTokens": "output_tokens"}


@dataclass(frozen=True, slots=True)
class EditorModel:
    """Carries questions to the client. `request` asks it, and takes the question back when whoever
    waits for the answer is cancelled.
    """

    request: Request

    async def ask(self, order: wire.Ask) -> AsyncGenerator[wire.Message]:
        """`Written` when the client is asked, then `Answered` or `Failed`."""
        from redfirst.envoy import wire  # noqa: PLC0415  # only who asks a model needs it

        yield wire.Written(0)
        try:
            async with asyncio.timeout(order.access.timeout):
                said = await self.request(COMPLETE, question(order.request))
        except TimeoutError:
            yield wire.Failed("slow")
        except JsonRpcException as error:
            reason = "stopped" if error.code in _STOPPED else "refused"
            yield wire.Failed(reason, _line(str(error.message)))
        else:
            yield read_completion(said)


def question(request: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a request to `/v1/messages`, as the client is asked: these and no others."""
    return {
        "instructions": _text(request["system"]),
        "messages": [
            {"role": message["role"], "text": _text(message["content"])}
            for message in request["messages"]
        ],
        "schema": request.get("output_config", {}).get("format", {}).get("schema"),
        "maxTokens": request["max_tokens"],
    }


def read_completion(said: object) -> wire.Answered | wire.Failed:
    """What the client answered, which may be anything."""
    from redfirst.envoy import wire  # noqa: PLC0415

    told = cast(
        "dict[str, object]", said if isinstance(said, dict) else getattr(said, "__dict__", {})
    )
    text, stop, model = (told.get(name) for name in ("text", "stopReason", "model"))
    if not (isinstance(text, str) and isinstance(stop, str) and isinstance(model, str)):
        return wire.Failed("unreadable", "it lacks `text`, `model` or `stopReason`")
    if not model.strip():
        return wire.Failed("unreadable", "its `model` has no name")
    if len(text) > wire.LARGEST:
        return wire.Failed("huge")
    counts = {ours: told.get(theirs) for theirs, ours in _COUNTED.items()}
    usage = {name: count for name, count in counts.items() if type(count) is int and count >= 0}
    return wire.Answered(text, stop, usage, _line(model))


def _text(parts: object) -> str:
    """A text, or a list of parts with one each."""
    if isinstance(parts, str):
        return parts
    return "\n\n".join(part["text"] for part in cast("list[dict[str, str]]", parts))


def _line(words: str) -> str:
    return " ".join(words.split())[:_SHOWN]
