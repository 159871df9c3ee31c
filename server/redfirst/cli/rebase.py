"""A report with its paths seen from another folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redfirst.workflow.report import Finding, Report, SpecReport


def rebase(report: Report, root: Path, base: Path) -> Report:
    """`report` about the project at `root`, with its relative paths as they are from `base`."""
    if root == base:
        return report
    view = _View(root, base)
    return replace(
        report,
        findings=tuple(map(view.finding, report.findings)),
        specs=tuple(map(view.spec, report.specs)),
    )


@dataclass(frozen=True, slots=True)
class _View:
    root: Path
    base: Path

    def spec(self, spec: SpecReport) -> SpecReport:
        test, change = spec.test_path, spec.change
        coverage, strength = spec.coverage, spec.strength
        return replace(
            spec,
            path=self.path(spec.path),
            findings=tuple(map(self.finding, spec.findings)),
            test_path=test and self.path(test),
            coverage=coverage and replace(coverage, path=self.path(coverage.path)),
            strength=strength and replace(strength, path=self.path(strength.path)),
            change=change and replace(change, path=self.path(change.path)),
        )

    def finding(self, finding: Finding) -> Finding:
        return replace(finding, path=self.path(finding.path))

    def path(self, path: str) -> str:
        if not path or Path(path).is_absolute():
            return path
        place = self.root / path
        try:
            return Path(os.path.relpath(place, self.base)).as_posix()
        except ValueError:  # on another drive
            return place.as_posix()
