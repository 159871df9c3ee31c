"""The person's project: its root, what it asks for, and the interpreter that runs its tests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.configuration import Configuration, has_table, read_configuration
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.files import read_text
from redfirst.project.interpreter import Interpreter, InterpreterMissing, find_interpreter
from redfirst.project.sandbox import Sandbox
from redfirst.project.sandbox.choose import choose
from redfirst.project.scratch import scratch_view
from redfirst.spec.codes import Code
from redfirst.spec.ranges import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from redfirst.project.warm import Warmth

__all__ = ["PYPROJECT", "Project", "ProjectError", "open_project", "open_project_of"]

PYPROJECT: Final = "pyproject.toml"


@dataclass(frozen=True)
class Project:
    """A project whose root is an absolute path without symbolic links.

    `faults` say which settings of pyproject.toml could not be used; defaults stand for them.
    `warmth` keeps processes ready for runs, where somebody cares for it. `unsandboxed`: the person
    said, for this once, that tests may do what the person can do; no file of the project can.
    """

    root: Path
    configuration: Configuration
    faults: tuple[Fault, ...] = ()
    warmth: Warmth | None = None
    unsandboxed: bool = False

    @cached_property
    def interpreter(self) -> Interpreter:
        """The interpreter that runs the tests, looked for when it is first needed.

        `ProjectError` (RF901) when the settings name one that does not exist.
        """
        try:
            return find_interpreter(self.root, self.configuration.python)
        except InterpreterMissing as error:
            raise ProjectError(Fault(Code.NO_INTERPRETER, str(error), PYPROJECT)) from error

    def view(self, test_path: str, source: str) -> AbstractContextManager[Path]:
        """A folder that shows the project with `source` in its file `test_path`."""
        show = scratch_view if self.warmth is None else self.warmth.view
        return show(self.root, test_path, source)

    def sandbox(self, folder: Path) -> Sandbox:
        """What keeps tests that work in `folder` from this machine, as well as it can.

        `ProjectError` (RF909) when it cannot at all.
        """
        if self.unsandboxed:
            return Sandbox()
        choice = choose()
        if choice.level is None:
            words = (
                f"Tests are verified in a sandbox, and this machine gives none. {choice.advice} "
                "Or let these tests do whatever you can do: add `--unsandboxed`."
            )
            raise ProjectError(Fault(Code.SANDBOX_MISSING, words, ""))
        return Sandbox(choice.level, folder, self.root)

    def relative(self, path: Path) -> str:
        """`path` as reports show it: from the root, with forward slashes; absolute when outside."""
        absolute = Path(os.path.normpath(self.root / path))
        for candidate in (absolute, absolute.resolve()):
            if candidate.is_relative_to(self.root):
                return candidate.relative_to(self.root).as_posix()
        return absolute.as_posix()


def open_project(start: Path) -> Project:
    """The project that the folder or file `start` belongs to.

    Its root is the nearest folder, from there up to the root of the repository, whose
    pyproject.toml has a table `[tool.redfirst]`; else the nearest with a pyproject.toml or a
    `.git`; else `start` itself. `ProjectError` when that pyproject.toml cannot be read.
    """
    folder = start.resolve()
    if not folder.is_dir():
        folder = folder.parent
    return project_at(_find_root(folder))


def open_project_of(named: Iterable[Path]) -> Project:
    """The project of the first of those paths that is there; of the current folder, if none is."""
    there = (path for path in named if os.path.exists(path))  # noqa: PTH110  # may be no name at all
    return open_project(next(there, Path.cwd()))


def project_at(root: Path) -> Project:
    """The project whose root is known; `ProjectError` when its pyproject.toml cannot be read."""
    root = root.resolve()
    if not (root / PYPROJECT).is_file():
        return Project(root, Configuration())
    text = read_text(root / PYPROJECT, PYPROJECT).text
    configuration, problems = read_configuration(text)
    lines = LineIndex(text)
    faults = tuple(
        Fault(problem.code, problem.message, PYPROJECT, lines.range(problem.span))
        for problem in problems
    )
    return Project(root, configuration, faults)


def _find_root(folder: Path) -> Path:
    marked: Path | None = None
    for candidate in (folder, *folder.parents):
        if is_configured(candidate):
            return candidate
        repository = (candidate / ".git").exists()
        if marked is None and (repository or (candidate / PYPROJECT).is_file()):
            marked = candidate
        if repository:
            break
    return marked or folder


def is_configured(folder: Path) -> bool:
    """Whether its pyproject.toml has a table `[tool.redfirst]`; no, if it cannot be read."""
    pyproject = folder / PYPROJECT
    if not pyproject.is_file():
        return False
    try:
        return has_table(read_text(pyproject).text)
    except ProjectError:
        return False
