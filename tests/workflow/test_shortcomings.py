"""What a model is told of its draft speaks of cases and stubs; what a run printed stays here."""

from __future__ import annotations

import pytest

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import VERDICT_CODES, Verdict
from redfirst.workflow.report import Finding, TestReport
from redfirst.workflow.shortcomings import shortcomings, unspoilt
from redfirst.workflow.verify import Verification

SECRET = "canary_of_conftest"
STUB = "passes when the function returns None; compare the result with the expected one"


def verified(verdict: Verdict, reason: str) -> Verification:
    """A good test, and one with that verdict, as verification would report them."""
    tests = (
        TestReport("t::a", "EC-good", Verdict.RED, "fails for the right reason"),
        TestReport("t::b", "EC-bad", verdict, reason),
    )
    words = f"`b` is {verdict.value}: it {reason}."
    found = Finding(VERDICT_CODES[verdict], Severity.ERROR, words, "t", case="EC-bad")
    return Verification(tests, (found,))


@pytest.mark.parametrize("verdict", [Verdict.VACUOUS, Verdict.WEAK])
def test_the_stub_that_a_test_passes_on_is_told(verdict: Verdict) -> None:
    assert shortcomings(verified(verdict, STUB)) == {"EC-bad": (f"it {STUB}.",)}


@pytest.mark.parametrize("verdict", sorted(set(VERDICT_CODES) - {Verdict.VACUOUS, Verdict.WEAK}))
def test_what_a_test_raised_is_not_told(verdict: Verdict) -> None:
    reason = f"ends before the function is called: ValueError: {SECRET}"
    said = shortcomings(verified(verdict, reason))
    assert list(said) == ["EC-bad"]
    assert len(said["EC-bad"]) == 1
    assert SECRET not in said["EC-bad"][0]
    assert unspoilt(verified(verdict, reason)) == {"EC-good"}


@pytest.mark.parametrize("code", [Code.MODULE_BROKEN, Code.DENIED, Code.PYTEST_UNUSABLE])
def test_what_an_import_raised_is_not_told(code: Code) -> None:
    """Nor what pytest itself said: that is about the project."""
    finding = Finding(code, Severity.ERROR, f"ImportError: {SECRET}", "t")
    assert SECRET not in str(shortcomings(Verification((), (finding,))))


def test_a_marker_is_told_without_those_of_the_project() -> None:
    finding = Finding(Code.UNDECLARED_MARKER, Severity.ERROR, SECRET, "t", case="EC-bad")
    assert SECRET not in str(shortcomings(Verification((), (finding,))))
