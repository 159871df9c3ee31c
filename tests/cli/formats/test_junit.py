"""JUnit XML parses, and counts what it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pytest

from redfirst.cli.formats.junit import render
from redfirst.workflow.report import Report
from tests.cli.formats.sample import (
    COVERED,
    EVERY_REPORT,
    FINE,
    SPEC_PATH,
    STRENGTHENED,
    TYPO,
    UNUSABLE,
    VERIFIED,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("report", EVERY_REPORT, ids=lambda report: report.command)
def test_the_counts_are_those_of_the_test_cases(report: Report) -> None:
    root = fromstring(render(report, {}))
    for element in (root, *root.iter("testsuite")):
        assert element.get("tests") == str(len(list(element.iter("testcase"))))
        assert element.get("failures") == str(len(list(element.iter("failure"))))
        assert element.get("errors") == str(len(list(element.iter("error"))))


def test_verdicts() -> None:
    assert list(_results(VERIFIED)) == [
        ("tests/test_pay.py::test_once", None),
        ("tests/test_pay.py::test_pays_twice", "failure vacuous"),
        (f"RF136 {SPEC_PATH}:2", None),
    ]


def test_outcomes_and_the_gate() -> None:
    assert list(_results(COVERED)) == [
        ("tests/test_pay.py::test_once", None),
        ("tests/test_pay.py::test_pays_twice", "failure failed"),
        ("RF404 payments/pay.py", "failure RF404"),
    ]


def test_changes_that_no_test_noticed_and_their_gate() -> None:
    assert list(_results(STRENGTHENED)) == [
        ("tests/test_pay.py::test_once", None),
        ("RF409 payments/pay.py", "failure RF409"),
        ("RF408 payments/pay.py:69", None),
    ]


def test_what_could_not_be_judged_is_an_error() -> None:
    assert list(_results(UNUSABLE)) == [("RF902 ", "error RF902")]


def test_a_spec_without_findings_passes() -> None:
    assert [result for _, result in _results(FINE)] == [None, None]


def test_characters_that_xml_cannot_hold() -> None:
    nasty = replace(TYPO, message="a\x00b\x1b[31m\ud800 <&> ]]>")
    text = render(Report("validate", (), (nasty,)), {})
    note = fromstring(text.encode()).find(".//system-out")
    assert note is not None
    assert note.text == "warning: a\ufffdb\ufffd[31m\ufffd <&> ]]>"


def _results(report: Report) -> Iterator[tuple[str, str | None]]:
    for case in fromstring(render(report, {})).iter("testcase"):
        name = case.get("name")
        assert name is not None
        result = next((one for one in case if one.tag in {"failure", "error"}), None)
        yield name, None if result is None else f"{result.tag} {result.get('type')}"
