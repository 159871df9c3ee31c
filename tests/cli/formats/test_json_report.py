"""The JSON document keeps to its schema, and the schema explains every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from redfirst.cli.formats.json_report import render
from tests.cli.formats.sample import COVERED, EVERY_REPORT, FINE, SOURCES, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.workflow.report import Report

SCHEMA = json.loads(Path("schemas/report.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("report", EVERY_REPORT, ids=lambda report: report.command)
def test_every_report_keeps_to_the_schema(report: Report) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(render(report, SOURCES)))


def test_the_schema_refuses_what_it_does_not_know() -> None:
    document = json.loads(render(FINE, {}))
    document["specs"][0]["surprise"] = 1
    with pytest.raises(ValidationError, match="surprise"):
        Draft202012Validator(SCHEMA).validate(document)


def test_every_field_is_described() -> None:
    assert [name for name, field in _fields(SCHEMA) if not field.get("description")] == []


def test_a_finding_is_told_with_its_place_case_and_fix() -> None:
    problem = json.loads(render(VERIFIED, SOURCES))["specs"][0]["problems"][0]
    place = {"start": {"line": 1, "character": 18}, "end": {"line": 1, "character": 23}}
    assert problem == {
        "code": "RF136",
        "severity": "warning",
        "message": "100% unclear: say more,\nplease.",
        "path": "specs/pay ment.yml",
        "range": place,  # the emoji before it counts as two columns
        "case": "EC-twice",
        "fix": {
            "title": "Write `twice`",
            "edits": [{"range": place, "new_text": "twice"}],
        },
    }


def test_a_fix_has_no_edits_when_its_text_is_not_at_hand() -> None:
    problem = json.loads(render(VERIFIED, {}))["specs"][0]["problems"][0]
    assert problem["fix"] == {"title": "Write `twice`", "edits": []}


def test_coverage_is_told_exactly() -> None:
    coverage = json.loads(render(COVERED, {}))["specs"][0]["coverage"]
    assert coverage["branches"] == {"reached": 4, "total": 6, "percent": 400 / 6}
    assert coverage["holds"] is False
    assert coverage["gaps"][0] == {
        "kind": "branch",
        "first": 69,
        "last": 69,
        "text": "`else` of line 69 never taken",
    }


def _fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in (*schema.get("properties", {}).items(), *schema.get("$defs", {}).items()):
        yield name, field
        yield from _fields(field)
