"""What redfirst finds on this machine and in this project."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from redfirst import __version__
from redfirst.cli.formats.words import count
from redfirst.probe import wire
from redfirst.project.fault import ProjectError
from redfirst.project.index import find_specs
from redfirst.project.model_access import KEY
from redfirst.project.probe_client import ProbeFailed
from redfirst.project.project import is_configured, open_project
from redfirst.project.sandbox.choose import Choice, choose
from redfirst.workflow.environment import install_command
from redfirst.workflow.greeting import greeting
from redfirst.workflow.reaching import reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.project.project import Project


class State(StrEnum):
    """Whether the loop can run with what was found."""

    OK = "ok"
    WARN = "warn"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the diagnosis; `hint` says what to do when it is not ok."""

    name: str
    state: State
    text: str
    hint: str = ""


def diagnose(start: Path) -> Iterator[Check]:
    """Everything about the project that `start` belongs to, one after the other."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("redfirst", State.OK, f"{__version__} on Python {version} ({sys.executable})")
    try:
        project = open_project(start)
    except ProjectError as error:
        yield Check("project", State.MISSING, error.fault.message)
        return
    yield _project(project)
    yield from _tools(project)
    yield _sandbox(choose())
    yield _specs(project)
    yield from _provider(project)


def _project(project: Project) -> Check:
    if project.faults:
        return Check("project", State.MISSING, f"{project.root}", project.faults[0].message)
    if not is_configured(project.root):
        hint = "It has no [tool.redfirst], so defaults are used. `redfirst init` adds it."
        return Check("project", State.WARN, f"{project.root}", hint)
    return Check("project", State.OK, f"{project.root}")


def _tools(project: Project) -> Iterator[Check]:
    try:
        found = project.interpreter
    except ProjectError as error:
        yield Check("interpreter", State.MISSING, "none", error.fault.message)
        return
    try:
        said = asyncio.run(greeting(found.path))
    except ProbeFailed as error:
        yield Check("interpreter", State.MISSING, f"{found.path}: {found.reason}", str(error))
        return
    python = f"Python {said.python}, " if isinstance(said, wire.Ready) else ""
    yield Check("interpreter", State.OK, f"{python}{found.path}: {found.reason}")
    yield from _libraries(said, found.path, project.root)


def _libraries(said: wire.Ready | wire.Unavailable, python: Path, root: Path) -> Iterator[Check]:
    if isinstance(said, wire.Unavailable):
        hint = f"Install it: {install_command(said.what, python, root)}"
        yield Check(said.what, State.MISSING, said.message, hint)
        return
    yield Check("pytest", State.OK, said.pytest)
    if said.coverage is None:
        hint = f"`cover` needs it: {install_command('coverage', python, root)}"
        yield Check("coverage", State.MISSING, "not installed", hint)
    else:
        yield Check("coverage", State.OK, said.coverage)


def _sandbox(choice: Choice) -> Check:
    if choice.level is None:
        hint = f"{choice.advice} Without one, tests are verified only with `--unsandboxed`."
        return Check("sandbox", State.WARN, "none", hint)
    state = State.WARN if choice.missing else State.OK
    return Check("sandbox", state, choice.level, choice.advice)


def _specs(project: Project) -> Check:
    folders = ", ".join(f"{folder}/" for folder in project.configuration.specs)
    try:
        found = find_specs(project)
    except ProjectError as error:
        return Check("specs", State.WARN, f"none in {folders}", error.fault.message)
    return Check("specs", State.OK, f"{count(len(found), 'spec')} in {folders}")


def _provider(project: Project) -> Iterator[Check]:
    """A key is enough to look for the model: `--provider` may name it for once."""
    provider = project.configuration.provider
    is_wanted = provider != "examples"
    if is_wanted:
        yield Check("provider", State.OK, f"{provider}: a model writes tests from the specs alone")
    else:
        yield Check("provider", State.OK, "examples: tests come from the specs alone")
    if not is_wanted and not os.environ.get(KEY):
        return
    found = asyncio.run(reach(project))
    state = State.WARN if found.obstacle else State.OK
    yield Check("model", state, found.words, found.obstacle)
