"""How much of the machine the tests may use."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for each process, in bytes and seconds, but for `processes` and `temporary`.

    `processes` is how many more there may be than at the start, threads included. `temporary`
    bounds the sum of all temporary files, where a level can.
    """

    memory: int = 4096 * _MIB
    file: int = 64 * _MIB
    temporary: int = 256 * _MIB
    cpu: int = 600
    open_files: int = 1024
    processes: int = 128
