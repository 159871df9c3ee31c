"""SARIF as code scanning services take it: the official schema is large and not shipped, so the
structure is checked by hand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from redfirst.cli.formats.sarif import render
from tests.cli.formats.sample import EVERY_REPORT, FINE, SOURCES, UNUSABLE, VERIFIED

if TYPE_CHECKING:
    from redfirst.workflow.report import Report


@pytest.mark.parametrize("report", EVERY_REPORT, ids=lambda report: report.command)
def test_structure(report: Report) -> None:
    log = json.loads(render(report, SOURCES))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "utf16CodeUnits"
    for rule in rules:
        assert rule.keys() >= {"id", "name", "shortDescription", "help", "helpUri"}
        assert urlsplit(rule["helpUri"]).scheme
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]


def test_a_result_points_to_its_place() -> None:
    typo, vacuous = _run(VERIFIED)["results"]
    assert typo["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "specs/pay%20ment.yml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 19, "endLine": 2, "endColumn": 24},
            }
        }
    ]
    assert vacuous["level"] == "error"
    assert vacuous["properties"] == {"case": "EC-twice"}


def test_a_fix_replaces_the_stretch() -> None:
    (fix,) = _run(VERIFIED)["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert fix["description"] == {"text": "Write `twice`"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 19, "endLine": 2, "endColumn": 24},
            "insertedContent": {"text": "twice"},
        }
    ]


def test_each_rule_once() -> None:
    rules = _run(VERIFIED)["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [
        ("RF136", "ThinBehavior"),
        ("RF301", "Vacuous"),
    ]


def test_a_finding_about_no_file_has_no_location() -> None:
    run = _run(UNUSABLE)
    assert "locations" not in run["results"][0]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_nothing_found_is_an_empty_list() -> None:
    assert _run(FINE)["results"] == []


def _run(report: Report) -> dict[str, Any]:
    return json.loads(render(report, SOURCES))["runs"][0]
