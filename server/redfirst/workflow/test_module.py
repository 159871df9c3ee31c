"""Where the test module of a spec stands, and what to say when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.project.layout import test_path
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.spec_file import SpecFile


def own_test_path(project: Project, spec_path: Path, spec: Spec) -> Path:
    """The test module that belongs to the spec at `spec_path`, whether or not it exists."""
    return test_path(project, spec_path, spec.function.value, spec.module.value)


def missing_test(file: SpecFile, shown: str) -> Finding:
    """RF504: there is no test module at `shown`."""
    message = f"There is no `{shown}`. Write it with `redfirst generate {file.path}`."
    return Finding(Code.TEST_MISSING, Severity.ERROR, message, file.path)
