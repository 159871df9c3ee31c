"""Many runs of one test file: its processes stand where pytest would collect, and fork there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.probe_process import CAN_FORK

if TYPE_CHECKING:
    from redfirst.project.probe_process import ProbeProcess

_PREPARING_LIMIT: Final = 60.0  # seconds


@dataclass(frozen=True)
class SeriesProbe(Probe):
    """Answers what a `Probe` would, sooner: configuration and conftest.py are loaded once for all
    runs where that is known to make no difference. For use outside of a sandbox.
    """

    async def start_process(self, run: wire.Run) -> ProbeProcess:
        """A process for the runs of that file. `OSError` when it cannot be started."""
        process = await self._start(run)
        if not CAN_FORK:
            return process
        try:
            if await process.prepare(wire.Prepare(run.test_file), _PREPARING_LIMIT):
                return process
        except TimeoutError:
            pass
        except BaseException:
            await process.close()
            raise
        await process.close()
        return await self._start(run)

    async def _start(self, run: wire.Run) -> ProbeProcess:
        if self.warmth is None:
            return await super().start_process(run)
        return await self.warmth.start_for_many(self.interpreter, self.root, run.test_file)
