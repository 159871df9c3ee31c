"""The process that stands ready with pytest imported and has each run performed in a child."""

from __future__ import annotations

import importlib
import os
from typing import NoReturn

from . import wire
from .channel import Channel
from .nursery import flush
from .serving import look_around, look_around_for_packages, perform, serve


def main(arguments: list[str]) -> None:
    """Announce what this interpreter has, then serve runs until the client hangs up.

    With `--once` (where there is no `fork`) the first run is performed in this process, and
    the process ends with it. `--standby` has it import all that runs need before it is needed.
    With `--template` it forks for each client instead.
    """
    channel = Channel()
    greeting = look_around()
    if isinstance(greeting, wire.Unavailable):
        channel.send(greeting)
    elif "--template" in arguments:
        importlib.import_module(".template", __package__).serve(channel)
    else:
        if "--standby" in arguments:
            importlib.import_module(".rehearsal", __package__).rehearse()
            greeting = look_around_for_packages()
        channel.send(greeting)
        if "--once" in arguments:
            _perform_here(channel)
        serve(channel, None)


def _perform_here(channel: Channel) -> NoReturn:
    for message in channel.messages():
        if isinstance(message, wire.Enter):
            importlib.import_module(".place", __package__).enter(message)
        elif isinstance(message, wire.Run):
            channel.send(wire.Spawned(message.run, os.getpid()))
            code = perform(message, channel)
            flush()
            channel.conclude(wire.Ended(message.run, code))
            break
    os._exit(0)
