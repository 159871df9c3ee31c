"""The JSON document that schemas/report.schema.json describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from redfirst import __version__
from redfirst.cli.formats.edits import placed_edits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.coverage.measurement import CoverageResult, Gap, Share
    from redfirst.coverage.mutation.strength import StrengthResult, Tried
    from redfirst.spec.ranges import Position, TextRange
    from redfirst.workflow.report import Finding, Report, SpecReport, TestReport


def render(report: Report, sources: Mapping[str, str]) -> str:
    """The report as indented JSON; `sources` are the texts of the files that findings are about."""
    return json.dumps(document(report, sources), indent=2)


def document(report: Report, sources: Mapping[str, str]) -> dict[str, Any]:
    """The report as plain JSON values."""
    return {
        "redfirst": __version__,
        "command": report.command,
        "ok": report.ok,
        "problems": [_problem(finding, sources) for finding in report.findings],
        "specs": [_spec(spec, sources) for spec in report.specs],
        "sandbox": report.sandbox,
    }


def _spec(spec: SpecReport, sources: Mapping[str, str]) -> dict[str, Any]:
    return {
        "path": spec.path,
        "function": spec.function,
        "test_path": spec.test_path,
        "ok": spec.ok,
        "stale": spec.stale,
        "draft": spec.draft,
        "offered": spec.offered,
        "change": None if spec.change is None else asdict(spec.change),
        "written": spec.written,
        "problems": [_problem(finding, sources) for finding in spec.findings],
        "tests": [_test(test) for test in spec.tests],
        "coverage": None if spec.coverage is None else _coverage(spec.coverage),
        "strength": None if spec.strength is None else _strength(spec.strength),
    }


def _problem(finding: Finding, sources: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "range": _range(finding.range),
        "case": finding.case,
        "fix": _fix(finding, sources),
    }


def _fix(finding: Finding, sources: Mapping[str, str]) -> dict[str, Any] | None:
    if finding.fix is None:
        return None
    edits = [
        {"range": _range(edit.range), "new_text": edit.new_text}
        for edit in placed_edits(finding, sources)
    ]
    return {"title": finding.fix, "edits": edits}


def _test(test: TestReport) -> dict[str, Any]:
    return {
        "id": test.id,
        "case": test.case,
        "verdict": None if test.verdict is None else test.verdict.value,
        "reason": test.reason,
        "stubs": dict(test.stubs),
        "proven": test.proven,
        "outcome": test.outcome,
        "range": _range(test.range),
    }


def _coverage(result: CoverageResult) -> dict[str, Any]:
    return {
        "path": result.path,
        "lines": _share(result.lines),
        "branches": _share(result.branches),
        "threshold": result.threshold,
        "holds": result.holds,
        "gaps": [_gap(gap) for gap in result.gaps],
        "lines_by_case": {case: list(lines) for case, lines in result.lines_by_case.items()},
    }


def _strength(result: StrengthResult) -> dict[str, Any]:
    return {
        "path": result.path,
        "noticed": _share(result.share),
        "counts": {fate.value: count for fate, count in result.counts.items()},
        "threshold": result.threshold,
        "holds": result.holds,
        "mutants": [_tried(one) for one in result.tried],
        "sha256": {"implementation": result.implementation, "tests": result.tests},
    }


def _tried(one: Tried) -> dict[str, Any]:
    mutant = one.mutant
    return {
        "id": mutant.id,
        "fate": one.fate.value,
        "change": mutant.change,
        "line": mutant.line,
        "code": mutant.line_text,
        "range": _range(mutant.range),
        "before": mutant.before,
        "after": mutant.after,
        "tests": sorted(mutant.tests),
        "noticed_by": one.test,
        "reason": one.reason,
    }


def _share(share: Share) -> dict[str, Any]:
    return {"reached": share.reached, "total": share.total, "percent": share.percent}


def _gap(gap: Gap) -> dict[str, Any]:
    return {"kind": gap.kind.value, "first": gap.first, "last": gap.last, "text": gap.text}


def _range(text_range: TextRange | None) -> dict[str, Any] | None:
    if text_range is None:
        return None
    return {"start": _position(text_range.start), "end": _position(text_range.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}
