"""Run the tests of a spec on its real implementation, and keep everything that the probe said."""

from __future__ import annotations

import tempfile
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redfirst.coverage.measurement import Measurement
from redfirst.probe import wire
from redfirst.project.temporary import prefix

if TYPE_CHECKING:
    from redfirst.project.probe_client import Probe
    from redfirst.workflow.progress import Progress


@dataclass
class ImplementationRun:
    """All that one run said. `tests` are node ids in the module's order."""

    tests: tuple[str, ...] = ()
    finished: dict[str, wire.Finished] = field(default_factory=dict[str, wire.Finished])
    measured: wire.Measured | None = None
    refusal: wire.CollectionFailed | None = None
    unavailable: wire.Unavailable | None = None
    ended: wire.Ended | None = None

    @property
    def is_green(self) -> bool:
        """The run came to its end, tests passed, and every test passed or was skipped."""
        outcomes = {
            self.finished[test].outcome if test in self.finished else "lost" for test in self.tests
        }
        ended_well = self.ended is not None and self.ended.exit_code == 0
        return ended_well and "passed" in outcomes and outcomes <= {"passed", "skipped"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What to run: a test file (relative to the probe's folder), and which module it is about.

    `target` is the path of the module's source, `timeout` is in seconds for each test. `html` is
    a folder for coverage.py's own pages, `stand_in` a file that is run in place of the target.
    `is_confined`: the tests can write to no folder of ours.
    """

    test_file: str
    module: str
    target: str
    timeout: float
    html: str | None = None
    stand_in: str | None = None
    is_confined: bool = False


async def run_on_implementation(
    probe: Probe, subject: Subject, progress: Progress
) -> ImplementationRun:
    """Run every test, measuring; what coverage.py must write goes to a temporary folder."""
    said = ImplementationRun()
    with tempfile.TemporaryDirectory(prefix=prefix("coverage")) as folder:
        run = wire.Run(
            run="implementation",
            test_file=subject.test_file,
            stand_ins={subject.target: subject.stand_in} if subject.stand_in else {},
            timeout=subject.timeout,
            measure=wire.Measure(
                module=subject.module,
                target=subject.stand_in or subject.target,
                contexts=True,
                data_folder="" if subject.is_confined else folder,
                html_folder=subject.html,
            ),
        )
        async with aclosing(probe.execute([run])) as messages:
            async for message in messages:
                _take(message, said)
                progress.report(subject.test_file, len(said.finished), len(said.tests))
    return said


def _take(message: wire.Message, said: ImplementationRun) -> None:
    match message:
        case wire.Collected(tests=tests):
            said.tests = tuple(tests)
        case wire.Finished():
            said.finished[message.test] = message
        case wire.Measured():
            said.measured = message
        case wire.CollectionFailed():
            said.refusal = message
        case wire.Unavailable():
            said.unavailable = message
        case wire.Ended():
            said.ended = message
        case _:
            pass


def measurement_of(measured: wire.Measured) -> Measurement:
    """The probe's words as coverage's value."""
    return Measurement(
        statements=frozenset(measured.statements),
        excluded=frozenset(measured.excluded),
        missing=frozenset(measured.missing),
        branches=frozenset((line, to) for line, to in measured.branches),
        missing_branches=frozenset((line, to) for line, to in measured.missing_branches),
        tests_by_line={int(line): frozenset(tests) for line, tests in measured.contexts.items()},
    )
