"""The SDK's client, made from an order."""

from __future__ import annotations

from typing import Final

import anthropic
import httpx2

from . import wire

_CONNECTING: Final = 15.0  # seconds


def client_of(access: wire.Access) -> anthropic.AsyncAnthropic:
    """A client with the key of `access`, which asks again where that can help."""
    base_url = access.base_url
    if base_url is not None:
        base_url = base_url.rstrip("/").removesuffix("/v1")
    silence = access.timeout / wire.SILENCE
    return anthropic.AsyncAnthropic(
        api_key=access.key,
        base_url=base_url,
        timeout=httpx2.Timeout(silence, connect=min(silence, _CONNECTING)),
        max_retries=access.retries,
    )
