"""From what a test did on each stub to its verdict; no process is needed to say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from redfirst.spec.document import read_spec
from redfirst.verification.expectations import Demand, expectations
from redfirst.verification.judge import Evidence, Judgement, judge, noticed_lies
from redfirst.verification.observation import Observation, Outcome
from redfirst.verification.stubs import make_stubs

if TYPE_CHECKING:
    from redfirst.spec.model import Spec

SPEC = """
function: total
module: shop.total
signature: "total(prices: list[int]) -> int"
behavior: Sum the prices, which are integer cents.
edge_cases:
  - case: two prices -> their sum
    id: EC-two
    examples: [{call: "total([100, 250])", returns: 350}]
errors:
  - case: negative price -> raise ValueError("negative price")
    id: ER-negative
  - case: very negative price -> raise ValueError("very negative price")
    id: ER-very
  - case: no list -> raise TypeError("no list")
    id: ER-list
  - case: anything else -> raise Exception
    id: ER-any
"""
RED = Observation(Outcome.FAILED, calls=1, exception="builtins.AssertionError")
GREEN = Observation(Outcome.PASSED, calls=1)


def spec() -> Spec:
    read = read_spec(SPEC).spec
    assert read is not None
    return read


def judged(
    case_id: str,
    noticed: frozenset[tuple[str, str]] = frozenset(),
    /,
    **seen: Observation,
) -> Judgement:
    """The verdict on a test of the case that fails on all wrong stubs, except as `seen` says.

    In the names of `seen`, `__` stands for `:` and `_` for `-`.
    """
    contract = spec()
    case = contract.case(case_id)
    expected = expectations(contract, case, make_stubs(contract))
    met = {
        one.stub.name: GREEN if one.demand is Demand.CONTROL else RED
        for one in expected
        if one.demand is not Demand.OPEN
    }
    named = {name.replace("__", ":").replace("_", "-"): one for name, one in seen.items()}
    return judge(Evidence(case, expected, {**met, **named}, noticed=noticed))


@pytest.mark.parametrize("case", ["EC-two", "ER-negative", "ER-very", "ER-list", "ER-any"])
def test_a_test_that_fails_wherever_it_must_is_red(case: str) -> None:
    assert judged(case).verdict == "red"


@pytest.mark.parametrize(
    ("case", "stub", "observation", "verdict", "words"),
    [
        ("EC-two", "unwritten", GREEN, "vacuous", "only raises a private error"),
        ("EC-two", "exact__ER_list", GREEN, "vacuous", 'TypeError("no list")'),
        ("ER-negative", "wrong_message__ER_negative", GREEN, "weak", "match="),
        ("ER-negative", "sibling__ER_negative", GREEN, "weak", "relative of ValueError"),
        ("ER-negative", "exact__ER_list", GREEN, "weak", "TypeError"),
        ("EC-two", "witness", RED, "contradictory", "answers as the examples say"),
        ("ER-negative", "exact__ER_negative", RED, "contradictory", "raises exactly"),
        ("EC-two", "unwritten", Observation(Outcome.TIMEOUT), "inconclusive", "time limit"),
        ("EC-two", "empty", Observation(Outcome.LOST, message="code 0"), "broken", "code 0"),
        ("EC-two", "unwritten", Observation(Outcome.SKIPPED), "vacuous", "skipped"),
        ("EC-two", "unwritten", Observation(Outcome.ERROR, message="no x"), "broken", "set-up"),
    ],
)
def test_each_stub_that_is_not_met_has_its_verdict(
    case: str, stub: str, observation: Observation, verdict: str, words: str
) -> None:
    judgement = judged(case, **{stub: observation})
    assert judgement.verdict == verdict
    assert words in judgement.reason
    assert not judgement.reason.startswith("it"), "a report writes `it` before the reason"


def test_passing_on_one_of_the_pair_is_legitimate_and_on_both_is_not() -> None:
    assert judged("EC-two", empty=GREEN).verdict == "red"
    assert judged("EC-two", filled=GREEN).verdict == "red"
    assert judged("EC-two", empty=GREEN, filled=GREEN).verdict == "weak"


def test_an_error_whose_message_holds_the_declared_one_is_not_used_against_its_test() -> None:
    """`match="negative price"` searches, so it honestly matches "very negative price" too."""
    assert judged("ER-negative", exact__ER_very=GREEN).verdict == "red"
    assert judged("ER-very", exact__ER_negative=GREEN).verdict == "weak"


def test_a_case_that_asks_for_any_error_is_satisfied_by_any_error() -> None:
    assert judged("ER-any", unwritten=GREEN).verdict == "red"


def test_a_witness_without_an_answer_accuses_nobody() -> None:
    silent = Observation(Outcome.FAILED, calls=1, unanswered=True)
    assert judged("EC-two", witness=silent).verdict == "red"


def test_only_a_lie_that_was_told_can_be_missed() -> None:
    heard = Observation(Outcome.PASSED, calls=1, lies=("a lie",))
    assert judged("EC-two", without__EC_two=GREEN).verdict == "red"
    assert judged("EC-two", without__EC_two=heard).verdict == "weak"


def test_a_lie_that_no_test_of_the_case_notices_makes_those_weak_that_heard_it() -> None:
    lie = "`total([100, 250])` returned `349` in place of `350`"
    deaf = Observation(Outcome.PASSED, calls=1, lies=(lie,))
    judgement = judged("EC-two", almost__EC_two=deaf)
    assert judgement.verdict == "weak"
    assert judgement.reason.startswith(f"passes when {lie};")
    assert judged("EC-two", almost__EC_two=GREEN).verdict == "red"


def test_a_test_may_look_at_one_side_when_another_of_its_case_looks_at_the_rest() -> None:
    deaf = Observation(Outcome.PASSED, calls=1, lies=("a lie", "another"))
    strict = {"almost:EC-two": Observation(Outcome.FAILED, calls=1, lies=("a lie",))}
    never_red = {**strict, "witness": RED}
    for neighbour, verdict in ((strict, "red"), (never_red, "weak")):
        noticed = noticed_lies([neighbour])
        told = replace(deaf, lies=("a lie",))
        assert judged("EC-two", noticed, almost__EC_two=told).verdict == verdict
    assert judged("EC-two", noticed_lies([strict]), almost__EC_two=deaf).verdict == "weak"


def test_a_link_is_proven_by_a_lie_that_was_noticed() -> None:
    noticed = Observation(Outcome.FAILED, calls=1, lies=("a lie",))
    assert judged("EC-two", without__EC_two=noticed).proven
    assert not judged("EC-two").proven


def test_an_error_that_escapes_from_a_first_harmless_call_is_no_contradiction() -> None:
    """An honest test may prepare its state with a call that is meant to succeed."""
    escaped = Observation(Outcome.FAILED, calls=1, exception="builtins.ValueError")
    twice = Observation(Outcome.FAILED, calls=2, exception="_pytest.outcomes.Failed")
    assert judged("ER-negative", exact__ER_negative=escaped).verdict == "contradictory"
    assert judged("ER-negative", exact__ER_negative=escaped, filled=twice).verdict == "red"


@pytest.mark.parametrize("missing", ["unwritten", "empty", "exact:ER-negative"])
def test_a_test_that_did_not_meet_a_stub_is_never_red(missing: str) -> None:
    contract = spec()
    case = contract.case("ER-negative")
    expected = expectations(contract, case, make_stubs(contract))
    seen = {
        one.stub.name: GREEN if one.demand is Demand.CONTROL else RED
        for one in expected
        if one.demand is not Demand.OPEN and one.stub.name != missing
    }
    assert judge(Evidence(case, expected, seen)).verdict == "inconclusive"


def test_a_field_that_the_spec_s_own_record_does_not_have_is_broken() -> None:
    contract = spec()
    case = contract.case("EC-two")
    expected = expectations(contract, case, make_stubs(contract))
    lacks = Observation(
        Outcome.FAILED,
        calls=1,
        exception="AttributeError",
        message="'Summary' object has no attribute 'totl'",
        in_test=True,
    )
    seen = {
        one.stub.name: GREEN if one.demand is Demand.CONTROL else lacks
        for one in expected
        if one.demand is not Demand.OPEN
    }
    known = judge(Evidence(case, expected, seen, frozenset({"Summary"})))
    assert known.verdict == "broken"
    assert "totl" in known.reason
    assert judge(Evidence(case, expected, seen)).verdict == "red", "its fields are not known"
