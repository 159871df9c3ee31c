"""Puts converted problems into a project of their own and lets `verify` judge them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.human_eval.tally import Judged
from benchmarks.human_eval.to_spec import spec_text
from benchmarks.human_eval.to_tests import pytest_module
from redfirst.project.project import Project, open_project
from redfirst.spec.problem import Severity
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.human_eval.problems import HumanEvalProblem
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


@dataclass(frozen=True)
class Material:
    """A problem's files in the benchmark's project."""

    problem: HumanEvalProblem
    spec_path: Path
    test_path: Path


async def judge_all(
    folder: Path, problems: Sequence[HumanEvalProblem], progress: Progress
) -> tuple[Judged, ...]:
    """Every assertion of `problems` with its verdict; `folder` keeps specs and test modules."""
    project = make_project(folder)
    slots = asyncio.Semaphore(os.cpu_count() or 1)
    done = 0

    async def one(problem: HumanEvalProblem) -> tuple[Judged, ...]:
        nonlocal done
        async with slots:
            judged = await judge(project, write(folder, problem))
        done += 1
        progress.report(problem.task_id, done, len(problems))
        return judged

    groups = await asyncio.gather(*(one(problem) for problem in problems))
    return tuple(judged for group in groups for judged in group)


def make_project(folder: Path) -> Project:
    """An empty project in `folder` whose tests run in the interpreter of this process."""
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "tests").mkdir(exist_ok=True)
    python = json.dumps(sys.executable)
    (folder / "pyproject.toml").write_text(f"[tool.redfirst]\npython = {python}\n")
    return open_project(folder)


def write(folder: Path, problem: HumanEvalProblem) -> Material:
    """The problem as spec and test module."""
    spec_path = folder / "specs" / f"{problem.module}.yml"
    test_path = folder / "tests" / f"test_{problem.module}.py"
    spec_path.write_text(spec_text(problem), encoding="utf-8")
    test_path.write_text(pytest_module(problem).source, encoding="utf-8")
    return Material(problem, spec_path, test_path)


async def judge(project: Project, material: Material) -> tuple[Judged, ...]:
    """All assertions of one problem, judged in one module."""
    report = await verify(project, material.spec_path, material.test_path, Silent())
    tests = {test.id.rpartition("::")[2]: test for test in report.tests}
    task_id = material.problem.task_id
    return tuple(
        Judged(task_id, one.test, one.constant, tests[one.test].verdict, tests[one.test].reason)
        if one.test in tests
        else Judged(task_id, one.test, one.constant, None, _why(report))
        for one in pytest_module(material.problem).assertions
    )


def _why(report: SpecReport) -> str:
    """The last error: what stops a module from being judged is found after what its text shows."""
    errors = [one.message for one in report.findings if one.severity is Severity.ERROR]
    return errors[-1] if errors else "verify did not report it"
