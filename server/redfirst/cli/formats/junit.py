"""JUnit XML: one suite per spec, one test case per test, and one per finding that no test tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from redfirst.cli.formats.told import Standing, findings_not_told, standing
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.workflow.report import Finding, Report, SpecReport, TestReport

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNDECIDED: Final = {Verdict.INCONCLUSIVE, Verdict.UNSTABLE, Verdict.BROKEN}


def render(report: Report, sources: Mapping[str, str]) -> str:  # noqa: ARG001  # one shape for all formats
    """The report as a `testsuites` document."""
    suites = [_spec_suite(spec) for spec in report.specs]
    if report.findings or not suites:
        suites.insert(0, _suite("project", [_finding_case(one) for one in report.findings]))
    root = Element("testsuites", name=f"redfirst {report.command}")
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    root.extend(suites)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def _spec_suite(spec: SpecReport) -> Element:
    cases = [_test_case(spec, test) for test in spec.tests]
    cases += [_finding_case(finding) for finding in findings_not_told(spec)]
    cases += [_finding_case(one) for one in spec.findings if one.code is Code.SURVIVOR]
    if not cases:
        cases.append(_case(spec.function or spec.path, "the spec", spec.path))
    return _suite(spec.path, cases)


def _suite(name: str, cases: list[Element]) -> Element:
    failures = sum(case.find("failure") is not None for case in cases)
    errors = sum(case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    suite = Element(
        "testsuite",
        name=_clean(name),
        tests=str(len(cases)),
        failures=str(failures),
        errors=str(errors),
        skipped=str(skipped),
    )
    suite.extend(cases)
    return suite


def _test_case(spec: SpecReport, test: TestReport) -> Element:
    element = _case(spec.function or spec.path, test.id, spec.test_path or spec.path)
    if test.range is not None:
        element.set("line", str(test.range.start.line + 1))
    how = standing(test, spec.findings)
    if test.outcome == "skipped":
        _add_result(element, "skipped", "skipped", test.reason)
    elif how is Standing.WAIVED:
        SubElement(element, "system-out").text = _clean(f"waived: {test.reason}")
    elif test.verdict is not None and test.verdict is not Verdict.RED:
        kind = "error" if test.verdict in _UNDECIDED else "failure"
        _add_result(element, kind, test.verdict.value, test.reason)
    elif test.outcome is not None and test.outcome != "passed":
        _add_result(element, "failure", test.outcome, test.reason)
    return element


def _finding_case(finding: Finding) -> Element:
    line = "" if finding.range is None else f":{finding.range.start.line + 1}"
    code = finding.code.value
    element = _case(code, f"{code} {finding.path}{line}", finding.path)
    if finding.severity is Severity.ERROR:
        kind = "error" if code.startswith("RF9") else "failure"
        _add_result(element, kind, code, finding.message)
    else:
        note = f"{finding.severity.value}: {finding.message}"
        SubElement(element, "system-out").text = _clean(note)
    return element


def _case(class_name: str, name: str, file: str) -> Element:
    return Element(
        "testcase", classname=_clean(class_name), name=_clean(name), file=_clean(file), time="0"
    )


def _add_result(element: Element, kind: str, what: str, message: str) -> None:
    result = SubElement(element, kind, type=what, message=_clean(message))
    result.text = _clean(message)


def _clean(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold at all."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
