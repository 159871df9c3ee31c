"""Coverage of several specs as one LCOV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.coverage.lcov import render_lcov
from redfirst.coverage.measurement import Measurement
from redfirst.project.files import read_text, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from redfirst.workflow.cover import Covered


def write_lcov(covered: Iterable[Covered], path: Path) -> None:
    """Write what was measured to `path`, in place of what was there.

    Specs that share an implementation share its record: a line counts that any of them reaches.
    Paths in the file are relative to the project. `ProjectError` when it cannot be written.
    """
    merged: dict[str, Measurement] = {}
    for each in covered:
        if each.measurement is not None and each.report.coverage is not None:
            file = each.report.coverage.path
            known = merged.get(file)
            merged[file] = _union(known, each.measurement) if known else each.measurement
    before = read_text(path).data if path.exists() else None
    replace_file(path, render_lcov(sorted(merged.items())), expected=before)


def _union(first: Measurement, second: Measurement) -> Measurement:
    lines = first.tests_by_line.keys() | second.tests_by_line.keys()
    nothing = frozenset[str]()
    return Measurement(
        statements=first.statements | second.statements,
        excluded=first.excluded & second.excluded,
        missing=first.missing & second.missing,
        branches=first.branches | second.branches,
        missing_branches=first.missing_branches & second.missing_branches,
        tests_by_line={
            line: first.tests_by_line.get(line, nothing) | second.tests_by_line.get(line, nothing)
            for line in lines
        },
    )
