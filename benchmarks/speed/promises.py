"""What is promised of speed, each measured against its rival in the same run."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.speed.environments import HEAVY, PLAIN, python_with
from benchmarks.speed.rivals import cold_coverage, cold_pytest
from benchmarks.speed.sample import CODE, HEAVY_IMPORTS, SPEC, Sample, make_sample
from benchmarks.speed.timing import Figure, Way, compare
from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.warm import Warmth
from redfirst.spec.document import read_spec
from redfirst.verification.stubs import make_stubs
from redfirst.workflow.cover import cover
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.project.project import Project

_STANDING = 4  # prepared processes
_HANGS = """
import os, subprocess, sys, threading

def test_hangs():
    child = subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"])
    with open("pids.tmp", "w") as file:
        file.write(f"{os.getpid()} {child.pid}")
    os.rename("pids.tmp", "pids")
    while True: pass
"""


async def verification(folder: Path, rounds: int) -> list[Figure]:
    """Red verification of a whole module."""
    sample = make_sample(folder, python_with(PLAIN))
    async with _warmth(sample) as warmth:
        ours = Way("verify 12 tests, all stubs", lambda: _verify(sample, warmth), warmth.settled)
        once = Way("one cold pytest", lambda: cold_pytest(sample))
        stubs = _stubs()
        each = Way(f"{stubs} cold pytest, one a stub", lambda: _cold_each(sample, stubs))
        return [
            await compare(ours, once, bound=1.0, aim=0.6, rounds=rounds),
            await compare(ours, each, bound=0.12, aim=None, rounds=rounds, warm_up=0),
        ]


async def saving(folder: Path, rounds: int) -> list[Figure]:
    """From a saved edit to outcomes and coverage, on a light project and a heavy one."""
    light = make_sample(folder / "light", python_with(PLAIN))
    heavy = make_sample(folder / "heavy", python_with(HEAVY), HEAVY_IMPORTS)
    return [
        await _saving(light, "save -> coverage", 0.20, 0.12, rounds),
        await _saving(heavy, "the same, heavy imports", 0.10, None, rounds),
    ]


async def _saving(
    sample: Sample, name: str, bound: float, aim: float | None, rounds: int
) -> Figure:
    async with _warmth(sample) as warmth:
        ours = Way(name, lambda: _save_and_cover(sample, warmth), warmth.settled)
        rival = Way("cold pytest --cov --cov-branch", lambda: cold_coverage(sample))
        return await compare(ours, rival, bound, aim, rounds)


async def stale_answers(folder: Path, edits: int) -> tuple[int, int]:
    """After edits that leave the size alone: wrong answers, and edits within one second."""
    sample = make_sample(folder, python_with(PLAIN))
    wrong = same_second = 0
    before = 0
    async with _warmth(sample) as warmth:
        for number in range(edits):
            is_right = number % 2 == 0
            sample.code.write_text(CODE if is_right else CODE.replace("return low", "return LOW"))
            second = int(sample.code.stat().st_mtime)
            same_second += second == before
            before = second
            report = await cover(_warm(sample, warmth), sample.spec, Silent())
            wrong += report.ok != is_right
    return wrong, same_second


async def cancelling(folder: Path, rounds: int) -> list[float]:
    """Seconds from leaving a run that hangs to the death of the test and of what it started."""
    folder.mkdir()  # noqa: ASYNC240
    (folder / "test_hangs.py").write_text(_HANGS, encoding="utf-8")
    seconds: list[float] = []
    async with Warmth(folder) as warmth:
        for _ in range(rounds):
            probe = Probe(python_with(PLAIN), folder, warmth=warmth)
            seconds.append(await _cancel(probe, folder / "pids"))
    return seconds


async def _cancel(probe: Probe, pids: Path) -> float:
    _forget(pids)
    run = wire.Run("hangs", "test_hangs.py", timeout=60.0)
    async with aclosing(probe.execute([run])) as messages:
        async for message in messages:
            if isinstance(message, wire.Started):
                break
        await _until(lambda: _appeared(pids))
        begin = time.perf_counter()
    await _until(lambda: not _alive(pids))
    return time.perf_counter() - begin


async def _until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110  (another process makes it so)
        await asyncio.sleep(0.001)


def _forget(pids: Path) -> None:
    pids.unlink(missing_ok=True)


def _appeared(pids: Path) -> bool:
    return pids.exists()


def _alive(pids: Path) -> bool:
    return any(Path(f"/proc/{pid}").exists() for pid in pids.read_text().split())


async def _verify(sample: Sample, warmth: Warmth) -> None:
    report = await verify(_warm(sample, warmth), sample.spec, None, Silent())
    if len(report.tests) != 12 or not report.ok:
        raise RuntimeError(f"the sample is not red: {report.findings}")


async def _cold_each(sample: Sample, stubs: int) -> None:
    for _ in range(stubs):
        await cold_pytest(sample)


async def _save_and_cover(sample: Sample, warmth: Warmth) -> None:
    sample.code.write_text(sample.code.read_text() + "\n")
    report = await cover(_warm(sample, warmth), sample.spec, Silent())
    if report.coverage is None or not report.ok:
        raise RuntimeError(f"the sample is not green: {report.findings}")


def _warmth(sample: Sample) -> Warmth:
    """As the language server has it: between two saves there is time to prepare for the next."""
    return Warmth(sample.project.root, standing=_STANDING)


def _warm(sample: Sample, warmth: Warmth) -> Project:
    return replace(sample.project, warmth=warmth)


def _stubs() -> int:
    spec = read_spec(SPEC).spec
    return 0 if spec is None else len(make_stubs(spec))
