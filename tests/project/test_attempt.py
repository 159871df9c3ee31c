"""The promises of the client, message by message: one end for each test, one for each run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.probe import wire
from redfirst.project.attempt import Attempts

if TYPE_CHECKING:
    from collections.abc import Iterable

LOST = wire.Ended("r", None, lost_with=0)
CUT = wire.Ended("r", None, timed_out=True)
DONE = wire.Ended("r", 0)


def test_a_run_without_trouble() -> None:
    attempts = Attempts(wire.Run("r", "t.py"))
    said = perform(attempts, [collected("a", "b"), *passes("a"), *passes("b")], DONE)
    assert said == [collected("a", "b"), *passes("a"), *passes("b"), DONE]
    assert attempts.is_over


def test_the_rest_is_asked_for_without_the_culprit() -> None:
    attempts = Attempts(wire.Run("r", "t.py", skip=["z"]))
    said = perform(attempts, [collected("a", "b", "c"), *passes("a"), started("b")], LOST)
    assert [ends(message) for message in said[-2:]] == [None, ("b", "lost")]
    assert not attempts.is_over
    assert attempts.next_run().skip == ["z", "a", "b"]
    said = perform(attempts, [collected("c"), *passes("c")], DONE)
    assert said == [*passes("c"), LOST]


def test_coverage_asks_for_all_but_the_culprit_again() -> None:
    measure = wire.Measure("m", "m.py", contexts=False, data_folder="d")
    attempts = Attempts(wire.Run("r", "t.py", measure=measure))
    perform(attempts, [collected("a", "b", "c"), *passes("a"), started("b")], CUT)
    assert attempts.next_run().skip == ["b"]
    said = perform(attempts, [collected("a", "c"), *passes("a"), *passes("c")], DONE)
    assert said == [*passes("c"), CUT]


def test_no_test_is_accused_of_what_happened_between_tests() -> None:
    attempts = Attempts(wire.Run("r", "t.py"))
    said = perform(attempts, [collected("a", "b"), *passes("a")], LOST)
    assert said == [collected("a", "b"), *passes("a")]
    said = perform(attempts, [collected("b"), *passes("b")], DONE)
    assert said == [*passes("b"), LOST]


def test_it_comes_to_an_end_when_nothing_moves() -> None:
    attempts = Attempts(wire.Run("r", "t.py"))
    said = perform(attempts, [collected("a", "b")], LOST)
    assert [ends(message) for message in said[1:]] == [("a", "lost"), ("b", "lost"), None]
    assert attempts.is_over


def test_a_run_lost_before_anything_was_collected() -> None:
    attempts = Attempts(wire.Run("r", "t.py"))
    assert perform(attempts, [], CUT) == [CUT]
    assert attempts.is_over


def perform(
    attempts: Attempts, messages: Iterable[wire.Message], ended: wire.Ended
) -> list[wire.Message]:
    attempts.next_run()
    said = [news for message in messages for news in attempts.see(message)]
    return [*said, *attempts.end(ended)]


def collected(*tests: str) -> wire.Collected:
    return wire.Collected("r", list(tests), [])


def started(test: str) -> wire.Started:
    return wire.Started("r", test)


def passes(test: str) -> list[wire.Message]:
    end = wire.Finished("r", test, "passed", 1, None, False, False, None, "", None, False, 0.1)
    return [started(test), end]


def ends(message: wire.Message) -> tuple[str, str] | None:
    return (message.test, message.outcome) if isinstance(message, wire.Finished) else None
