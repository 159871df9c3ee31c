"""A report in a line of words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from redfirst.cli.formats.told import findings_not_told, is_told_by_a_gate
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from redfirst.workflow.report import Finding, Report, SpecReport, TestReport


_COLOURS: Final = {"passed": "green", "skipped": "skipped"}
_WORSE: Final = ("green", "skipped", "red")


def count(number: int, noun: str) -> str:
    """`count(2, "spec")` is "2 specs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(report: Report) -> str:
    """What a report comes to: "3 specs: 17 tests red verified, 1 vacuous"."""
    said = _join(_written(report), _judged(report.specs), _problems(_still_to_tell(report)))
    return f"{count(len(report.specs), 'spec')}: {said}"


def spec_summary(spec: SpecReport) -> str:
    """The same of one spec: "17 tests red verified; 16 cases green; the gate holds"."""
    return _join(_judged((spec,)), _problems(_not_told(spec)))


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part) or "no problems"


def _judged(specs: Sequence[SpecReport]) -> str:
    parts = (_verdicts(specs), _cases(specs), _gates(specs), _strength(specs))
    return "; ".join(part for part in parts if part)


def case_colours(tests: Iterable[TestReport]) -> Mapping[str, str]:
    """Case by case "green", "skipped" or "red", as the worst of its tests ended on the
    implementation; a test without a case stands for itself.
    """
    colours: dict[str, str] = {}
    for test in tests:
        if test.outcome is not None:
            key = test.case or test.id
            colour = _COLOURS.get(test.outcome, "red")
            colours[key] = max(colours.get(key, colour), colour, key=_WORSE.index)
    return colours


def _written(report: Report) -> str:
    if report.command != "generate":
        return ""
    written = sum(spec.written for spec in report.specs)
    return f"{count(written, 'test module')} written"


def _verdicts(specs: Sequence[SpecReport]) -> str:
    verdicts = Counter(
        test.verdict for spec in specs for test in spec.tests if test.verdict is not None
    )
    if not verdicts:
        return ""
    red = f"{count(verdicts[Verdict.RED], 'test')} red verified"
    others = (one for one in Verdict if one is not Verdict.RED and verdicts[one])
    return ", ".join((red, *(f"{verdicts[one]} {one.value}" for one in others)))


def _cases(specs: Sequence[SpecReport]) -> str:
    colours = Counter(colour for spec in specs for colour in case_colours(spec.tests).values())
    if not colours:
        return ""
    others = (f"{colours[one]} {one}" for one in ("red", "skipped") if colours[one])
    return ", ".join((f"{count(colours['green'], 'case')} green", *others))


def _gates(specs: Sequence[SpecReport]) -> str:
    results = [spec.coverage.holds for spec in specs if spec.coverage is not None]
    if not results:
        return ""
    failing = results.count(False)
    if not failing:
        return "the gate holds"
    return "the gate fails" if len(results) == 1 else f"the gate fails for {count(failing, 'spec')}"


def _strength(specs: Sequence[SpecReport]) -> str:
    results = [spec.strength for spec in specs if spec.strength is not None]
    if not results:
        return ""
    noticed = sum(result.share.reached for result in results)
    total = sum(result.share.total for result in results)
    said = f"{noticed} of {count(total, 'change')} noticed"
    failing = sum(not result.holds for result in results)
    if not failing:
        return said
    which = "" if len(results) == 1 else f" for {count(failing, 'spec')}"
    return f"{said}, the strength gate fails{which}"


def _problems(findings: Iterable[Finding]) -> str:
    severities = Counter(finding.severity for finding in findings)
    errors, warnings = severities[Severity.ERROR], severities[Severity.WARNING]
    parts = (
        count(errors, "error") if errors else "",
        count(warnings, "warning") if warnings else "",
    )
    return ", ".join(part for part in parts if part)


def _still_to_tell(report: Report) -> Iterator[Finding]:
    yield from report.findings
    for spec in report.specs:
        yield from _not_told(spec)


def _not_told(spec: SpecReport) -> Iterator[Finding]:
    for finding in findings_not_told(spec):
        if not is_told_by_a_gate(finding, spec):
            yield finding
