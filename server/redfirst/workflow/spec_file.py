"""A spec as a file of the project: read once, reported under one path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.project.files import read_text
from redfirst.spec.document import SpecDocument, read_spec
from redfirst.spec.ranges import LineIndex
from redfirst.workflow.finding import from_problem
from redfirst.workflow.report import Finding, SpecReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem


@dataclass(frozen=True, slots=True)
class SpecFile:
    """A spec and where it stands; `path` is relative to the project."""

    path: str
    document: SpecDocument
    lines: LineIndex

    @property
    def spec(self) -> Spec | None:
        """The contract, when the file holds one."""
        return self.document.spec

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the spec itself."""
        return self.located(self.document.problems)

    def located(self, problems: Iterable[Problem]) -> tuple[Finding, ...]:
        """Problems whose spans are in this file, as findings."""
        return tuple(from_problem(problem, self.path, self.lines) for problem in problems)

    def report(self, *findings: Finding) -> SpecReport:
        """A report of the spec's own findings and `findings`."""
        head = self.document.head
        function = head.function.value if head else None
        return SpecReport(self.path, function, findings=(*self.findings, *findings))


def read_spec_file(project: Project, path: Path) -> SpecFile:
    """The spec at `path`; `ProjectError` (RF906) when the file cannot be read."""
    shown = project.relative(path)
    return spec_file(shown, read_text(path, shown).text)


def spec_file(shown: str, text: str, document: SpecDocument | None = None) -> SpecFile:
    """The spec that stands at `shown`, as the text that a person sees; it may be unsaved.

    `document` is what was read from that text already.
    """
    return SpecFile(shown, document or read_spec(text), LineIndex(text))
