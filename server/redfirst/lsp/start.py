"""How the server starts."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Final

from redfirst.lsp.connection.endpoint import Endpoint
from redfirst.lsp.state.client_log import belongs_to_stderr

if TYPE_CHECKING:
    from redfirst.lsp.connection.endpoint import Register

_SOON: Final = 1.0  # seconds
_ASKED_FOR: Final = (
    "redfirst.lsp.methods.hover",
    "redfirst.lsp.methods.completion",
    "redfirst.lsp.methods.code_action",
    "redfirst.lsp.work.background",
    "redfirst.lsp.methods.execute_command",
    "redfirst.lsp.commands.verify",
    "redfirst.project.warm",
)
_TURN: Final = 0.001  # seconds that a thread may compute while the event loop waits for its turn
_VALUES_BETWEEN_COLLECTIONS: Final = 20_000

_log = logging.getLogger(__name__)


def serve(tcp: tuple[str, int] | None) -> int:
    """Serve one client on standard input and output, or on a port; return the exit code.

    It is 1 when the client left without `shutdown`.
    """
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=sys.stderr)
    for handler in logging.getLogger().handlers:
        handler.addFilter(belongs_to_stderr)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sys.setswitchinterval(_TURN)
    endpoint = Endpoint(_register)
    if tcp is None:
        messages = sys.stdout.buffer
        sys.stdout = sys.stderr  # a `print` anywhere would break the stream of messages
        endpoint.start_io(sys.stdin.buffer, messages)
    else:
        _serve_tcp(endpoint, *tcp)
    return 0 if endpoint.ended else 1


def _register(endpoint: Endpoint) -> None:
    """Import what the first answer did not need. A server that cannot go on says why, and ends."""
    try:
        register: Register = import_module("redfirst.lsp.server").register
        register(endpoint)
        _spare_what_stays()
        asyncio.get_running_loop().call_later(_SOON, _prepare_aside)
    except Exception as error:
        _log.exception("The server cannot go on.")
        raise SystemExit(1) from error


def _prepare_aside() -> None:
    """Prepare for what the person will ask for, in a thread, once the first texts were read."""
    Thread(target=_prepare, daemon=True).start()


def _prepare() -> None:
    for name in _ASKED_FOR:
        import_module(name)
    from redfirst.project.temporary import remove_orphans  # noqa: PLC0415

    remove_orphans()


def _spare_what_stays() -> None:
    """Keep the collector from walking through what was imported, and from running too often: each
    text that is read makes some ten thousand values, and few of them in cycles.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(_VALUES_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])


def _serve_tcp(endpoint: Endpoint, host: str, port: int) -> None:
    logging.getLogger("pygls.server").setLevel(logging.INFO)  # says the port, also for port 0
    try:
        endpoint.start_tcp(host, port)
    except SystemExit:
        return
