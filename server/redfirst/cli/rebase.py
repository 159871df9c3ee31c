"""A report with its paths seen from another folder."""

from __future__ import annotations

from dataclasses import replace
from posixpath import isabs, join, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.workflow.report import Finding, Report, SpecReport


def rebase(report: Report, prefix: str) -> Report:
    """`report` with `prefix` (the project, seen from that folder) before every relative path."""
    if prefix in {"", "."}:
        return report
    return replace(
        report,
        findings=tuple(_finding(finding, prefix) for finding in report.findings),
        specs=tuple(_spec(spec, prefix) for spec in report.specs),
    )


def _spec(spec: SpecReport, prefix: str) -> SpecReport:
    return replace(
        spec,
        path=_path(spec.path, prefix),
        test_path=None if spec.test_path is None else _path(spec.test_path, prefix),
        findings=tuple(_finding(finding, prefix) for finding in spec.findings),
        coverage=None
        if spec.coverage is None
        else replace(spec.coverage, path=_path(spec.coverage.path, prefix)),
        strength=None
        if spec.strength is None
        else replace(spec.strength, path=_path(spec.strength.path, prefix)),
    )


def _finding(finding: Finding, prefix: str) -> Finding:
    return replace(finding, path=_path(finding.path, prefix))


def _path(path: str, prefix: str) -> str:
    return path if not path or isabs(path) else normpath(join(prefix, path))
