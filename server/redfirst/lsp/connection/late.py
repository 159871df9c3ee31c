"""Functions that are imported when they are called: what an editor asks for later, or never."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOM = "redfirst.lsp"


@dataclass(frozen=True, slots=True)
class Late:
    """The function `name`, such as `methods.hover.hover`, of a module of this room.

    A function that is named here cannot be asked whether it is a coroutine: what it gives can be
    awaited if what the function gives can.
    """

    name: str

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself. Raises `ImportError` or `AttributeError` when there is none."""
        module, _, function = self.name.rpartition(".")
        return getattr(import_module(f"{_ROOM}.{module}"), function)

    async def imported(self) -> Callable[..., Any]:
        """The function, from a thread: an import may take longer than the event loop may stand."""
        return await asyncio.to_thread(lambda: self.function)

    def __call__(self, *arguments: object) -> Any:  # noqa: ANN401  # whatever the function gives
        """Call the function."""
        return self.function(*arguments)
