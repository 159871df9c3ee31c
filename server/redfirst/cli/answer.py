"""Print a report in the form that was asked for, and say with which code the command ends."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.cli.console import glyphs_for, output, show
from redfirst.cli.formats.text.report import TextStyle, render
from redfirst.cli.rebase import rebase
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_source, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.workflow.report import Finding, Report

HOLDS: Final = 0
FINDINGS: Final = 1
UNUSABLE: Final = 2

_MODULES: Final = {"json": "json_report", "sarif": "sarif", "junit": "junit", "github": "github"}


def answer(report: Report, root: Path, form: str, *, stub_table: bool = False) -> int:
    """Print `report` about the project at `root` and return the command's exit code."""
    base = _base(root, form)
    report = rebase(report, root, base)
    sources = _sources(report, base)
    if form == "text":
        console = output()
        style = TextStyle(glyphs_for(console), stub_table)
        show(console, render(report, sources, style))
    else:
        module = import_module(f"redfirst.cli.formats.{_MODULES[form]}")
        sys.stdout.write(module.render(report, sources) + "\n")
    return exit_code(report)


def exit_code(report: Report) -> int:
    """0: it holds, 1: there are findings, 2: nothing can be said."""
    if report.unusable:
        return UNUSABLE
    return HOLDS if report.ok else FINDINGS


def _base(root: Path, form: str) -> Path:
    """The folder that paths are printed from: that of the project in documents, for a person the
    current one, for GitHub's services the root of the repository.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if form in {"github", "sarif"} and workspace and root.is_relative_to(Path(workspace).resolve()):
        return Path(workspace).resolve()
    return Path.cwd() if form in {"text", "github"} else root


def _sources(report: Report, base: Path) -> dict[str, str]:
    """The texts of the files that the report is about, as far as they can be read."""
    found = {finding.path for finding in _findings(report) if finding.path}
    shown = (spec for spec in report.specs if spec.draft or spec.offered)
    drafted = {spec.test_path for spec in shown if spec.test_path}
    changed = {spec.change.path for spec in report.specs if spec.change}
    return dict(_read_all(found | drafted | changed, base))


def _read_all(paths: set[str], base: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(paths):
        read = read_source if path.endswith(".py") else read_text
        try:
            yield path, read(base / path).text
        except ProjectError:
            continue  # a finding says so, or the file is yet to be written


def _findings(report: Report) -> Iterator[Finding]:
    yield from report.findings
    for spec in report.specs:
        yield from spec.findings
