"""Requests to the client that it can be told to forget."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lsprotocol import types

if TYPE_CHECKING:
    from pygls.protocol import LanguageServerProtocol


async def request(protocol: LanguageServerProtocol, method: str, params: object) -> Any:  # noqa: ANN401
    """The client's answer, of whatever kind. `JsonRpcException` when it is an error.

    Whoever is cancelled while waiting takes the request back: `$/cancelRequest`.
    """
    number = str(uuid4())
    answer = protocol.send_request_async(method, params, msg_id=number)
    answer.add_done_callback(_take_notice)
    try:
        return await asyncio.shield(answer)  # the client answers also what was taken back
    except asyncio.CancelledError:
        protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id=number))
        raise


def _take_notice(answer: asyncio.Future[Any]) -> None:
    """An error that nobody waits for any more is nothing to log."""
    if not answer.cancelled():
        answer.exception()
