"""Orders come in on standard input, one line each; what becomes of them goes to standard output."""

from __future__ import annotations

import asyncio
import os
import sys
import threading

from . import wire


def main() -> None:
    """Serve until standard input ends, which is how redfirst says that nobody waits any more."""
    asyncio.run(_serve())


async def _serve() -> None:
    orders: asyncio.Queue[wire.Message] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_listen, args=(loop, orders), daemon=True).start()
    while True:
        order = await orders.get()
        if isinstance(order, wire.Order):
            await _perform(order)


def _listen(loop: asyncio.AbstractEventLoop, orders: asyncio.Queue[wire.Message]) -> None:
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(orders.put_nowait, wire.decode(line))
    os._exit(0)  # also in the middle of an answer


async def _perform(order: wire.Order) -> None:
    from . import asking, batches  # noqa: PLC0415  # the SDK takes seconds to import

    key = order.access.key

    def tell(message: wire.Message) -> None:
        # A server may quote the key in what it says.
        line = wire.encode(message).decode().replace(key, "(the key)")
        sys.stdout.buffer.write(line.encode())
        sys.stdout.buffer.flush()

    match order:
        case wire.Ask():
            await asking.ask(order, tell)
        case wire.Reach():
            await asking.reach(order, tell)
        case wire.Look():
            await batches.look(order, tell)
        case wire.Send():
            await batches.send(order, tell)
        case wire.Collect():
            await batches.collect(order, tell)
        case wire.Cancel():
            await batches.cancel(order, tell)
