"""Coverage of several specs as one LCOV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.coverage.lcov import render_lcov
from redfirst.coverage.union import union
from redfirst.project.files import read_text, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from redfirst.coverage.measurement import Measurement
    from redfirst.workflow.cover import Covered


def write_lcov(covered: Iterable[Covered], path: Path) -> None:
    """Write what was measured to `path`, in place of what was there.

    Specs that share an implementation share its record: a line counts that any of them reaches.
    Paths in the file are relative to the project. `ProjectError` when it cannot be written.
    """
    merged: dict[str, list[Measurement]] = {}
    for each in covered:
        if each.measurement is not None and each.report.coverage is not None:
            merged.setdefault(each.report.coverage.path, []).append(each.measurement)
    write_records({file: union(measured) for file, measured in merged.items()}, path)


def write_records(measured: Mapping[str, Measurement], path: Path) -> None:
    """The same for files of which it is known already."""
    before = read_text(path).data if path.exists() else None
    replace_file(path, render_lcov(sorted(measured.items())), expected=before)
