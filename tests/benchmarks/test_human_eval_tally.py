"""The benchmark's figures: verdicts against what the syntax trees say."""

from __future__ import annotations

from benchmarks.human_eval.tally import Judged, Tally
from redfirst.verification.verdict import Verdict


def judged(*, constant: bool, verdict: Verdict | None) -> Judged:
    return Judged("HumanEval/7", "test_1", constant, verdict)


def test_promises_hold_when_only_the_constant_assertions_are_vacuous() -> None:
    tally = Tally(
        (
            judged(constant=True, verdict=Verdict.VACUOUS),
            judged(constant=False, verdict=Verdict.RED),
            judged(constant=False, verdict=Verdict.WEAK),
        )
    )
    assert tally.holds
    assert [one.verdict for one in tally.doubted] == [Verdict.WEAK]


def test_a_legitimate_assertion_called_vacuous_breaks_them() -> None:
    accused = judged(constant=False, verdict=Verdict.VACUOUS)
    tally = Tally((accused,))
    assert tally.false_accusations == (accused,)
    assert not tally.holds


def test_a_constant_assertion_that_is_trusted_or_never_judged_breaks_them() -> None:
    trusted = judged(constant=True, verdict=Verdict.RED)
    unjudged = judged(constant=True, verdict=None)
    tally = Tally((trusted, unjudged))
    assert tally.missed == (trusted, unjudged)
    assert not tally.holds


def test_figures_with_an_assertion_left_out_prove_nothing() -> None:
    unjudged = judged(constant=False, verdict=None)
    tally = Tally((judged(constant=False, verdict=Verdict.RED), unjudged))
    assert tally.unjudged == (unjudged,)
    assert not tally.holds


def test_the_table_counts_verdicts_for_both_kinds() -> None:
    tally = Tally(
        (
            judged(constant=True, verdict=Verdict.VACUOUS),
            judged(constant=False, verdict=Verdict.RED),
            judged(constant=False, verdict=Verdict.RED),
            judged(constant=False, verdict=None),
        )
    )
    assert tally.table().splitlines() == [
        "                constant  legitimate",
        "red                    0           2",
        "vacuous                1           0",
        "weak                   0           0",
        "broken                 0           0",
        "contradictory          0           0",
        "inconclusive           0           0",
        "unstable               0           0",
        "not judged             0           1",
        "all                    1           3",
    ]
