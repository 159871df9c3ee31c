"""Say whether a file is a spec, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.project.fault import ProjectError
from redfirst.workflow.finding import from_fault
from redfirst.workflow.report import SpecReport
from redfirst.workflow.spec_file import read_spec_file

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.project.project import Project


def validate(project: Project, spec_path: Path) -> SpecReport:
    """The problems of one spec. A file that cannot be read is a finding (RF906) too."""
    try:
        return read_spec_file(project, spec_path).report()
    except ProjectError as error:
        shown = project.relative(spec_path)
        return SpecReport(shown, None, findings=(from_fault(error.fault),))
