"""What the rooms that touch files say when something about the project is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.spec.codes import Code
    from redfirst.spec.ranges import TextRange


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of the project or its environment; always an error.

    `path` is as a person should see it: relative to the project with forward slashes, or absolute
    when it lies outside. `range` is `None` when the fault is about the file as a whole.
    """

    code: Code
    message: str
    path: str
    range: TextRange | None = None


class ProjectError(Exception):
    """Nothing can be said about the project, or about one of its files; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.path}: {fault.message}")
        self.fault = fault
