"""`$/logTrace`: what was asked and how long the answer took, for whoever looks for a fault."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Callable

_HIDDEN: Final = "redfirst/key"  # a notification; a client that asks it must not tell it to the log


class Trace:
    """Follows requests from their arrival to their answer, once the client has asked for it."""

    def __init__(self, send: Callable[[types.LogTraceParams], None]) -> None:
        self._send = send
        self._asked: dict[str | int, tuple[str, float, str]] = {}

    def request(self, message: Any, level: types.TraceValue) -> None:  # noqa: ANN401
        """A request has arrived, whatever its method."""
        if level is not types.TraceValue.Off:
            is_told = level is types.TraceValue.Verbose and not _is_secret(message.method)
            params = repr(message.params) if is_told else ""
            self._asked[message.id] = (message.method, monotonic(), params)

    def answer(self, request: str | int, refusal: str | None) -> None:
        """Its answer is out; `refusal` says why it is none."""
        method, since, params = self._asked.pop(request, ("", 0.0, ""))
        if method:
            spent = f"{(monotonic() - since) * 1000:.0f} ms"
            end = "answered" if refusal is None else f"refused ({refusal.rstrip('.')})"
            self._send(types.LogTraceParams(f"{method} {end} after {spent}", params or None))


def _is_secret(method: object) -> bool:
    """However it is spelled."""
    return str(method).casefold().startswith(_HIDDEN)
