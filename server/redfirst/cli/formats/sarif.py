"""SARIF 2.1.0, the form that code scanning services read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from redfirst import __version__
from redfirst.cli.formats.edits import PlacedEdit, placed_edits
from redfirst.cli.formats.titles import name, title
from redfirst.spec.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redfirst.spec.codes import Code
    from redfirst.spec.ranges import TextRange
    from redfirst.workflow.report import Finding, Report

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}


def render(report: Report, sources: Mapping[str, str]) -> str:
    """The report as one SARIF run; places are relative to `%SRCROOT%`, columns UTF-16 units."""
    findings = (*report.findings, *(one for spec in report.specs for one in spec.findings))
    codes = sorted({finding.code for finding in findings})
    run = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(report)],
        "results": [_result(finding, codes, sources) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver(codes: Sequence[Code]) -> dict[str, Any]:
    return {
        "name": "redfirst",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.value,
        "name": name(code),
        "shortDescription": {"text": title(code)},
        "help": {"text": f"`redfirst explain {code.value}` shows a bad and a good example."},
        "helpUri": help_uri(code),
    }


def help_uri(code: Code) -> str:
    """Where the page of a finding stands below the documentation that redfirst ships."""
    return f"redfirst:docs/findings/{code.value}.md"


def _invocation(report: Report) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.unusable,
        "properties": {"command": report.command, "ok": report.ok, "sandbox": report.sandbox},
    }


def _result(finding: Finding, codes: Sequence[Code], sources: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code.value,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
    }
    if finding.path:
        result["locations"] = [_location(finding)]
    if finding.case is not None:
        result["properties"] = {"case": finding.case}
    edits = placed_edits(finding, sources)
    if finding.fix is not None and edits:
        result["fixes"] = [_fix(finding, finding.fix, edits)]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(finding.path)}
    if finding.range is not None:
        physical["region"] = _region(finding.range)
    return {"physicalLocation": physical}


def _fix(finding: Finding, fix: str, edits: Sequence[PlacedEdit]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.new_text}}
        for edit in edits
    ]
    change = {"artifactLocation": _artifact(finding.path), "replacements": replacements}
    return {"description": {"text": fix}, "artifactChanges": [change]}


def _artifact(path: str) -> dict[str, str]:
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _region(text_range: TextRange) -> dict[str, int]:
    return {
        "startLine": text_range.start.line + 1,
        "startColumn": text_range.start.character + 1,
        "endLine": text_range.end.line + 1,
        "endColumn": text_range.end.character + 1,
    }
