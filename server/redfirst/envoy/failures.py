"""What went wrong, as one word and what the server said about it."""

from __future__ import annotations

import json
from typing import Final

import anthropic
import httpx2

from . import wire

_OF_TYPE: Final = {
    "invalid_request_error": "bad_request",
    "authentication_error": "credentials",
    "billing_error": "forbidden",
    "permission_error": "forbidden",
    "not_found_error": "not_found",
    "request_too_large": "too_large",
    "rate_limit_error": "limit",
    "overloaded_error": "overloaded",
    "api_error": "server",
    "timeout_error": "server",
}
_OF_STATUS: Final = {
    400: "bad_request",
    401: "credentials",
    402: "forbidden",
    403: "forbidden",
    404: "not_found",
    413: "too_large",
    422: "bad_request",
    429: "limit",
    529: "overloaded",
}
_FIRST_OF_SERVER: Final = 500
_SHOWN: Final = 300
_LONGEST_WAIT: Final = 60.0  # seconds


class Unusable(Exception):  # noqa: N818
    """An answer came, but cannot be taken; `reason` is a word of `wire.FAILURES`."""

    def __init__(self, reason: str) -> None:
        super().__init__("")
        self.reason = reason


class Begun(Exception):  # noqa: N818
    """The answer had begun when its cause went wrong."""


def failure_of(error: BaseException, attempts: int) -> wire.Failed:
    """The failure that `error` stands for. Its words are the server's, cut to a line."""
    while isinstance(error, Begun) and error.__cause__ is not None:
        error = error.__cause__
    line = " ".join(_said(error).split())
    return wire.Failed(_reason(error), line[:_SHOWN], attempts)


def failure_of_type(kind: str, message: str) -> wire.Failed:
    """The failure of one entry of a batch, which has a type and no status."""
    return wire.Failed(_OF_TYPE.get(kind, "unknown"), " ".join(message.split())[:_SHOWN])


def wait_wished(error: BaseException) -> float:
    """How many seconds the server asks us to wait, 0 when it does not say."""
    if not isinstance(error, anthropic.APIStatusError):
        return 0.0
    for name, part in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            return min(float(error.response.headers[name]) / part, _LONGEST_WAIT)
        except (KeyError, ValueError):
            continue
    return 0.0


def _reason(error: BaseException) -> str:  # noqa: PLR0911  (one line for each kind)
    match error:
        case Unusable():
            return error.reason
        case anthropic.APIStatusError():
            return _of_status(error)
        case anthropic.APITimeoutError():
            return "stall"
        case anthropic.APIConnectionError():
            return "unreachable"
        case httpx2.TimeoutException():
            return "stall"
        case TimeoutError():
            return "slow"
        case httpx2.HTTPError():
            return "cut"
        case anthropic.AnthropicError() | json.JSONDecodeError() | ValueError():
            return "unreadable"
        case _:
            return "unknown"


def _of_status(error: anthropic.APIStatusError) -> str:
    """In the middle of an answer the status is still 200, so the type comes first."""
    by_type = _OF_TYPE.get(str(error.type))
    by_status = _OF_STATUS.get(error.status_code)
    if by_status is None and error.status_code >= _FIRST_OF_SERVER:
        by_status = "server"
    return by_status or by_type or "unknown"


def _said(error: BaseException) -> str:
    if isinstance(error, anthropic.APIStatusError):
        return error.api_message or error.message
    if isinstance(error, anthropic.APIConnectionError):
        return str(error.__cause__ or error)
    return str(error) or type(error).__name__
