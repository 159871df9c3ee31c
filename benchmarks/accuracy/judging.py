"""Lets `verify` judge the modules of the corpus, and sets its words beside the labels."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.accuracy.corpus import labels
from redfirst.project.project import Project, open_project
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import Verdict
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.accuracy.corpus import Entry, Label
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import Finding, SpecReport

_GATE = "RF2"


@dataclass(frozen=True)
class Judged:
    """One test, or one row of it, with what it should be called and what it was called.

    `verdict` is `None` when verification did not reach it. `gate` are the codes of the errors that
    the static gate found in the function.
    """

    entry: str
    test: str
    kind: str
    expected: Verdict
    verdict: Verdict | None
    reason: str
    gate: tuple[str, ...]

    @property
    def is_bad(self) -> bool:
        """Whether its label says that it cannot be trusted."""
        return self.expected is not Verdict.RED

    @property
    def verified_away(self) -> bool:
        """Whether verification alone does not trust it."""
        return self.verdict is not Verdict.RED

    @property
    def caught(self) -> bool:
        """Whether verification or the gate speaks against it."""
        return self.verified_away or bool(self.gate)


async def judge_all(
    folder: Path, chosen: Sequence[Entry], progress: Progress
) -> tuple[Judged, ...]:
    """Every labelled test of the entries, with its verdict; `folder` keeps the modules."""
    project = make_project(folder)
    slots = asyncio.Semaphore(2)
    done = 0

    async def one(entry: Entry, name: str, source: str) -> tuple[Judged, ...]:
        nonlocal done
        async with slots:
            judged = await judge(project, entry, name, source)
        done += 1
        progress.report(f"{entry.name} {name}", done, 2 * len(chosen))
        return judged

    jobs = [
        one(e, name, text) for e in chosen for name, text in (("honest", e.honest), ("zoo", e.zoo))
    ]
    return tuple(judged for group in await asyncio.gather(*jobs) for judged in group)


def make_project(folder: Path) -> Project:
    """An empty project in `folder` whose tests run in the interpreter of this process."""
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "tests").mkdir(exist_ok=True)
    python = json.dumps(sys.executable)
    (folder / "pyproject.toml").write_text(f"[tool.redfirst]\npython = {python}\n")
    return open_project(folder)


async def judge(project: Project, entry: Entry, name: str, source: str) -> tuple[Judged, ...]:
    """All tests of one module, `name` saying which of the entry's it is."""
    report = await verify_module(project, entry, name, source)
    return tuple(_judged(entry, source, report))


async def verify_module(project: Project, entry: Entry, name: str, source: str) -> SpecReport:
    """The report on `source` as a test module of the entry's spec."""
    spec_path = project.root / "specs" / f"{entry.name}.yml"
    test_path = project.root / "tests" / f"test_{entry.name}_{name}.py"
    if not spec_path.exists():  # another module of the entry may be under way
        spec_path.write_text(entry.spec, encoding="utf-8")
    test_path.write_text(source, encoding="utf-8")
    return await verify(project, spec_path, test_path, Silent())


def split_id(node_id: str) -> tuple[str, str]:
    """`tests/test_x.py::TestX::test_y[row]` as `("test_y", "row")`."""
    name, _, row = node_id.partition("::")[2].rpartition("::")[2].partition("[")
    return name, row.removesuffix("]")


def _judged(entry: Entry, source: str, report: SpecReport) -> Iterator[Judged]:
    missing = labels(source)
    gate = {name: gate_codes(report.findings, label) for name, label in missing.items()}
    known = dict(missing)
    for test in report.tests:
        name, row = split_id(test.id)
        label = known[name]
        missing.pop(name, None)
        shown = f"{name}[{row}]" if row else name
        expected = label.of_row(row)
        yield Judged(entry.name, shown, label.kind, expected, test.verdict, test.reason, gate[name])
    for name, label in missing.items():
        reason = next((one.message for one in report.findings), "not reported")
        yield Judged(entry.name, name, label.kind, label.verdict, None, reason, gate[name])


def gate_codes(findings: Iterable[Finding], label: Label) -> tuple[str, ...]:
    """The codes of the gate's errors whose place is inside the labelled function."""
    first, last = label.lines
    return tuple(
        one.code.value
        for one in findings
        if one.code.value.startswith(_GATE)
        and one.severity is Severity.ERROR
        and one.range is not None
        and first <= one.range.start.line + 1 <= last
    )
