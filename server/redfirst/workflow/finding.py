"""From what the rooms below say to what a report shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.spec.problem import Severity
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from redfirst.project.fault import Fault
    from redfirst.spec.problem import Problem
    from redfirst.spec.ranges import LineIndex


def from_problem(problem: Problem, path: str, lines: LineIndex) -> Finding:
    """The finding of a problem in the text of `lines`, which is the file at `path`."""
    return Finding(
        code=problem.code,
        severity=problem.severity,
        message=problem.message,
        path=path,
        range=lines.range(problem.span),
        case=problem.case,
        fix=problem.fix.title if problem.fix else None,
        edits=problem.fix.edits if problem.fix else (),
    )


def from_fault(fault: Fault) -> Finding:
    """The finding of a fault of the project: always an error."""
    return Finding(fault.code, Severity.ERROR, fault.message, fault.path, fault.range)
