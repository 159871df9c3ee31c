"""What runs measured of each implementation, pinned to the text that was measured."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redfirst.coverage.file_coverage import file_coverage
from redfirst.coverage.moving import moved, moved_to
from redfirst.lsp.state.verdicts import text_hash
from redfirst.spec.ranges import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from redfirst.coverage.file_coverage import FileCoverage, SpecRun
    from redfirst.coverage.marks import Marks
    from redfirst.spec.problem import Problem
    from redfirst.spec.ranges import Span


@dataclass(frozen=True, slots=True)
class Measured:
    """What the tests of `specs` reached of an implementation, when it was `source`."""

    run: int
    specs: tuple[Path, ...]
    source: str
    coverage: FileCoverage

    @property
    def digest(self) -> str:
        """The hash of the text."""
        return text_hash(self.source)


@dataclass(frozen=True, slots=True)
class Shown:
    """The newest measurement, and its marks as they stand in a text: moved, and maybe fewer."""

    measured: Measured
    marks: Marks

    def edited(self, before: LineIndex, after: str, replaced: Span) -> Shown:
        """The same in the next version of the text, where `replaced` became something else."""
        if after == self.measured.source:
            return replace(self, marks=self.measured.coverage.marks)
        marks = moved(self.marks, before, LineIndex(after), replaced)
        return replace(self, marks=marks)

    def rewritten(self, before: str, after: str) -> Shown:
        """The same where the client did not tell what it replaced."""
        if after == self.measured.source:
            return replace(self, marks=self.measured.coverage.marks)
        return replace(self, marks=moved_to(self.marks, LineIndex(before), LineIndex(after)))


class Coverages:
    """The newest runs of each implementation. Changed on the event loop only.

    What is measured of one file by several specs is shown together, and only once all that is
    under way has ended: else what one of them reaches would look like a gap for a moment.
    """

    def __init__(self) -> None:
        self._runs: dict[Path, dict[Path, tuple[str, SpecRun]]] = {}
        self._specs: dict[Path, frozenset[Path]] = {}
        self._under_way: dict[Path, dict[Path, int]] = {}
        self._settled: dict[Path, asyncio.Event] = {}
        self._newest: dict[Path, str] = {}
        self._unseen: set[Path] = set()
        self._measured: dict[Path, Measured] = {}
        self._broken: dict[Path, tuple[str, Problem]] = {}
        self._last = 0

    def expect(self, path: Path, specs: Iterable[Path]) -> None:
        """These are the specs that name the implementation at `path`."""
        self._specs[path] = frozenset(specs)
        known = self._runs.get(path, {})
        self._runs[path] = {spec: run for spec, run in known.items() if spec in self._specs[path]}

    def begin(self, path: Path, spec: Path) -> int:
        """A run of the spec's tests on `path` is about to begin; its number."""
        self._last += 1
        self._under_way.setdefault(path, {})[spec] = self._last
        self._settled.setdefault(path, asyncio.Event()).clear()
        return self._last

    def end(self, path: Path, spec: Path, number: int) -> bool:
        """That run has ended, whatever came of it; whether more is to be shown now."""
        under_way = self._under_way.get(path, {})
        if under_way.get(spec) != number:
            return False
        del under_way[spec]
        if under_way:
            return False
        self._settled[path].set()
        if path not in self._unseen:
            return False
        self._unseen.discard(path)
        return self._sum_up(path)

    async def settled(self, path: Path) -> None:
        """Wait until no run of any spec is under way on `path`."""
        while self._under_way.get(path):
            await self._settled[path].wait()

    def is_under_way(self, path: Path, spec: Path) -> bool:
        """Whether a run of the spec's tests has begun on `path`, and has not ended."""
        return spec in self._under_way.get(path, {})

    def remember(self, path: Path, spec: Path, source: str, run: SpecRun) -> None:
        """What a run measured of `path`, which was `source` all the time."""
        self._runs.setdefault(path, {})[spec] = (source, run)
        self._specs[path] = self._specs.get(path, frozenset()) | {spec}
        self._newest[path] = source
        self._unseen.add(path)

    def remember_broken(self, path: Path, source: str, broken: Problem | None) -> None:
        """Whether `path`, which was `source` all the time, could be read at all."""
        if broken is None:
            self._broken.pop(path, None)
        else:
            self._broken[path] = (source, broken)

    def broken(self, path: Path, text: str) -> Problem | None:
        """Why the file cannot be run as long as it is `text`."""
        known = self._broken.get(path)
        return known[1] if known is not None and known[0] == text else None

    def knows(self, path: Path, spec: Path, source: str | None) -> bool:
        """Whether the tests of the spec were run on this text."""
        known = self._runs.get(path, {}).get(spec)
        return known is not None and known[0] == source

    def known(self) -> dict[Path, Measured]:
        """The newest measurement of each implementation."""
        return dict(self._measured)

    def shown(self, path: Path, text: str) -> Shown | None:
        """What is known of the file, as it stands in `text`."""
        measured = self._measured.get(path)
        if measured is None:
            return None
        first = Shown(measured, measured.coverage.marks)
        return first.rewritten(measured.source, text)

    def _sum_up(self, path: Path) -> bool:
        """Put together what the runs found of the newest text that they were given."""
        source = self._newest.get(path)
        known = self._runs.get(path, {}).items()
        runs = {spec: run for spec, (text, run) in known if text == source}
        if source is None or not runs:
            return False
        self._last += 1
        coverage = file_coverage(source, tuple(runs.values()), len(self._specs[path]))
        self._measured[path] = Measured(self._last, tuple(runs), source, coverage)
        return True
