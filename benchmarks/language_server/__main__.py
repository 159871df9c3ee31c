"""`python -m benchmarks.language_server`: ours beside yaml-language-server and three for Python."""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.language_server import servers
from benchmarks.language_server.memory import can_measure, memory
from benchmarks.language_server.stall import stall
from benchmarks.language_server.startup import startup
from benchmarks.language_server.texts import make_workspace
from benchmarks.language_server.typing import typing
from benchmarks.speed.table import head, row, spread
from benchmarks.speed.timing import Figure
from redfirst import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.language_server.servers import Server

_WORKSPACES: Final = {1: 70, 1_000: 100, 10_000: 200}  # specs, MiB aimed at
_LONG: Final = 2_000
_SHORT: Final = 40
_STALL_P99: Final = 0.050
_STALL_MOST: Final = 0.100


@dataclass(frozen=True)
class Field:
    """Who is compared. A rival that cannot be had is `None`."""

    ours: Server
    yaml: Server | None
    yaml_at_once: Server | None
    jedi: Server | None
    pylsp: Server | None
    ruff: Server | None

    def all(self) -> list[Server]:
        """Those that are there; the one without its wait is no server that anybody runs."""
        there = (self.ours, self.yaml, self.jedi, self.pylsp, self.ruff)
        return [server for server in there if server is not None]


def main() -> int:
    """Print the tables; 0 when every bound holds, else 1."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7, help="timed turns for each figure")
    options.add_argument("--keystrokes", type=int, default=40, help="in each turn")
    arguments = options.parse_args()
    print(f"redfirst {__version__}, {platform.platform()}, {os.cpu_count()} cores")
    print(
        f"load before: {os.getloadavg()[0]:.1f}; medians (least-most) of {arguments.rounds} turns"
    )
    field = _field()
    print(*(f"{server.name} {server.version}" for server in field.all()[1:]), sep=", ", end="\n\n")
    with tempfile.TemporaryDirectory(prefix="redfirst-language-server-") as made:
        folder = Path(made)
        print(head())
        holds = _show(_starting(field, folder / "start", arguments.rounds))
        for lines in (_SHORT, _LONG):
            place = folder / f"typing-{lines}"
            holds &= _show(_typing(field, place, lines, arguments.rounds, arguments.keystrokes))
        _show_memory(field, folder / "memory")
        holds &= _show_stall(field.ours, folder / "stall")
    return 0 if holds else 1


def _field() -> Field:
    return Field(
        servers.ours(),
        _had(servers.yaml_language_server),
        _had(servers.yaml_language_server_at_once),
        _had(servers.jedi_language_server),
        _had(servers.pylsp),
        _had(servers.ruff),
    )


def _had(install: Callable[[], Server]) -> Server | None:
    try:
        return install()
    except servers.MissingError as missing:
        print(f"cannot be had here, its figures are missing: {missing}")
        return None


def _starting(field: Field, folder: Path, rounds: int) -> list[Figure]:
    make_workspace(folder)
    rivals = [*field.all()[1:], *([field.yaml_at_once] if field.yaml_at_once else [])]
    answered, diagnosed = startup([field.ours, *rivals], folder, rounds)
    to_answer = {field.yaml: 0.6, field.jedi: 0.4}
    to_diagnostics = {field.yaml: 0.7}
    return [
        _figure(what, field.ours, rival, seconds, bounds.get(rival))
        for what, seconds, bounds in (
            ("start -> initialize answered", answered, to_answer),
            ("start -> first diagnostics", diagnosed, to_diagnostics),
        )
        for rival in rivals
    ]


def _typing(field: Field, folder: Path, lines: int, rounds: int, keystrokes: int) -> list[Figure]:
    rival = field.yaml_at_once
    if rival is None:
        return []
    make_workspace(folder)
    timed = typing([field.ours, rival], folder, lines, rounds, keystrokes)
    return [
        _figure(
            f"key -> diagnostics {lines} l. {name}",
            field.ours,
            rival,
            {server: [at(turn) for turn in turns] for server, turns in timed.items()},
            bound,
        )
        for name, at, bound in (("p50", statistics.median, None), ("p95", _p95, 0.5))
    ]


def _figure(
    what: str, ours: Server, rival: Server, seconds: dict[Server, list[float]], bound: float | None
) -> Figure:
    mine, its = tuple(seconds[ours]), tuple(seconds[rival])
    return Figure(what, rival.name, mine, its, bound, None)


def _show(figures: Sequence[Figure]) -> bool:
    for figure in figures:
        print(row(figure), flush=True)
    return all(figure.holds for figure in figures)


def _show_memory(field: Field, folder: Path) -> None:
    if not can_measure():
        print("\nmemory: this system does not tell")
        return
    print("\nMiB at rest with so many specs in the workspace and one open")
    counts = "".join(f"{count:>10,}" for count in _WORKSPACES)
    print(f"{'':<24}{counts}")
    for count in _WORKSPACES:
        make_workspace(folder / str(count), count)
    for server in field.all():
        sizes = _WORKSPACES if server.language == "yaml" else (1,)
        shown = "".join(f"{memory(server, folder / str(count)):>10.0f}" for count in sizes)
        print(f"{server.name:<24}{shown}", flush=True)
    print(f"{'aim of ours':<24}" + "".join(f"{aim:>10}" for aim in _WORKSPACES.values()))


def _show_stall(server: Server, folder: Path) -> bool:
    waited = [1000 * one for one in stall(server, folder, 8)]
    p99, most = _percentile(waited, 99), max(waited)
    print(f"\nanswers while eight verifications run: {spread(waited, 1)} ms, p99 {p99:.1f}", end="")
    print(f" of {len(waited)}; bounds 100 at most, p99 50")
    return p99 <= 1000 * _STALL_P99 and most <= 1000 * _STALL_MOST


def _p95(seconds: Sequence[float]) -> float:
    return _percentile(seconds, 95)


def _percentile(values: Sequence[float], part: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


if __name__ == "__main__":
    sys.exit(main())
