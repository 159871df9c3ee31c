"""Warm processes for as long as the editor is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from redfirst.probe.background import OPTION as BACKGROUND

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.project.warm import Warmth

_STANDING: Final = 4  # prepared processes: two modules can be verified again at once


class Warmths:
    """One for each project that something was run in."""

    def __init__(self) -> None:
        self._warmths: dict[Path, Warmth] = {}

    def of(self, root: Path) -> Warmth:
        """The warmth of the project at `root`, made when it is first asked for."""
        if root not in self._warmths:
            from redfirst.project.warm import Warmth  # noqa: PLC0415  # only what runs needs it

            self._warmths[root] = Warmth(root, standing=_STANDING, options=(BACKGROUND,))
        return self._warmths[root]

    async def close(self) -> None:
        """End every process."""
        warmths, self._warmths = self._warmths, {}
        await asyncio.gather(*(one.close() for one in warmths.values()))
