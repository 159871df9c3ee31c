"""One test file, run cold by pytest and coverage.py alone and warm by the probe."""

from __future__ import annotations

import json
import subprocess
import tempfile
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.speed.environments import clean_environment
from redfirst.probe import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.project.probe_client import Probe

# A plugin for the cold run: every test's worst phase, written down at the end.
_WITNESS = """
import json, os
worst = {}
ranks = ["passed", "xpassed", "xfailed", "skipped", "error", "failed"]

def pytest_runtest_logreport(report):
    outcome = report.outcome
    if outcome == "failed" and report.when != "call":
        outcome = "error"
    if hasattr(report, "wasxfail"):
        outcome = "xfailed" if outcome == "skipped" else "xpassed"
        if report.when != "call" and outcome == "xpassed":
            outcome = "passed"
    before = worst.get(report.nodeid, "passed")
    worst[report.nodeid] = max(before, outcome, key=ranks.index)

def pytest_unconfigure():
    with open(os.environ["OUTCOMES"], "w") as file:
        json.dump(worst, file)
"""


@dataclass(frozen=True)
class Said:
    """What a run said of its tests and of one source file."""

    outcomes: dict[str, str]
    missing: tuple[int, ...]
    missing_branches: tuple[tuple[int, int], ...]

    def differences(self, other: Said) -> Iterator[str]:
        """One line each."""
        for test in sorted(self.outcomes.keys() | other.outcomes.keys()):
            ours, theirs = self.outcomes.get(test), other.outcomes.get(test)
            if ours != theirs:
                yield f"{test}: {ours}, not {theirs}"
        for line in sorted(set(self.missing) ^ set(other.missing)):
            yield f"line {line}: missing on one side"
        for branch in sorted(set(self.missing_branches) ^ set(other.missing_branches)):
            yield f"branch {branch}: missing on one side"


def cold(python: Path, root: Path, test: str, target: Path) -> Said | None:
    """A new process, with coverage.py's own command; `None` when the project omits the file."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "outcome_witness.py").write_text(_WITNESS, encoding="utf-8")
        data, report, seen = (str(folder / name) for name in ("data", "report.json", "seen.json"))
        environment = {**clean_environment(), "PYTHONPATH": made, "OUTCOMES": seen}
        run = ("run", "--branch", f"--data-file={data}", f"--include={target}", "-m", "pytest")
        plugin = ("-q", "-p", "outcome_witness", "-p", "no:cacheprovider", test)
        for command in ((*run, *plugin), ("json", f"--data-file={data}", "-o", report)):
            call = (str(python), "-m", "coverage", *command)
            subprocess.run(call, cwd=root, env=environment, capture_output=True, check=False)
        files = json.loads(Path(report).read_text())["files"]
        # A project's own `source` setting makes coverage.py ignore what to include.
        file = next((said for name, said in files.items() if root / name == target), None)
        outcomes = json.loads(Path(seen).read_text())
    if file is None:
        return None
    return Said(outcomes, tuple(file["missing_lines"]), _pairs(file["missing_branches"]))


async def warm(probe: Probe, test: str, target: Path) -> Said:
    """A run from the prepared process of `probe`."""
    outcomes: dict[str, str] = {}
    measured: wire.Measured | None = None
    with tempfile.TemporaryDirectory() as made:
        measure = wire.Measure(target.stem, str(target), contexts=True, data_folder=made)
        run = wire.Run("warm", test, timeout=120.0, measure=measure)
        async with aclosing(probe.execute([run])) as messages:
            async for message in messages:
                if isinstance(message, wire.Finished):
                    outcomes[message.test] = message.outcome
                elif isinstance(message, wire.Measured):
                    measured = message
    if measured is None:
        return Said(outcomes, (), ())
    return Said(outcomes, tuple(measured.missing), _pairs(measured.missing_branches))


def _pairs(branches: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((line, to) for line, to in branches)
