"""The lines of a spec: halves, errors, ids."""

from __future__ import annotations

import pytest

from redfirst.spec.case_line import (
    CaseLine,
    generated_id,
    number_ids,
    parse_case_line,
    parse_raise,
    slug,
)
from redfirst.spec.model import CaseKind, ExpectedError


@pytest.mark.parametrize(
    ("text", "condition", "outcome"),
    [
        ("both empty -> nothing matched", "both empty", "nothing matched"),
        ("both  empty\n→ nothing", "both empty", "nothing"),
        ("n >= 3 => first n", "n >= 3", "first n"),
        ("a --> b -> c", "a", "b -> c"),
        ('the text "a -> b" -> two parts', 'the text "a -> b"', "two parts"),
        ("the text 'a -> b' -> two parts", "the text 'a -> b'", "two parts"),
        ('f"a -> b" -> c', 'f"a -> b"', "c"),
        ("a callback (int) -> str -> called", "a callback (int)", "str -> called"),
        ("Callable[[int] -> str] given -> called", "Callable[[int] -> str] given", "called"),
        ("the client's date -> it's kept", "the client's date", "it's kept"),
        ("all clients' dates -> 'x'", "all clients' dates", "'x'"),
        ('a 5" screen -> fits', 'a 5" screen', "fits"),
        ("an open ( bracket -> kept", "an open ( bracket", "kept"),
        ("a <-> b -> swapped", "a <-> b", "swapped"),
        ("-> nothing", "", "nothing"),
        ("empty ->", "empty", ""),
    ],
)
def test_the_first_arrow_outside_quotes_and_brackets_splits(
    text: str, condition: str, outcome: str
) -> None:
    assert parse_case_line(text) == CaseLine(condition, outcome)


def test_a_line_without_an_arrow_is_all_condition() -> None:
    assert parse_case_line("both  empty") == CaseLine("both empty", "", has_arrow=False)


@pytest.mark.parametrize(
    ("outcome", "error"),
    [
        ('raise ValueError("no people")', ExpectedError("ValueError", "no people")),
        ("raise ValueError('no people')", ExpectedError("ValueError", "no people")),
        ('raise errors.Locked("x")', ExpectedError("errors.Locked", "x")),
        ('raise ValueError("no " "people")', ExpectedError("ValueError", "no people")),
        ('raise ValueError("two  spaces")', ExpectedError("ValueError", "two  spaces")),
        ('raise ValueError("a -> b")', ExpectedError("ValueError", "a -> b")),
        ('raise ValueError("(")', ExpectedError("ValueError", "(")),
        ('raise ValueError("x"), nothing is written', ExpectedError("ValueError", "x")),
        ('raise ValueError("x") from None', ExpectedError("ValueError", "x")),
        ('raise ValueError(f"no {people}")', ExpectedError("ValueError", None)),
        ('raise KeyError("a", 1)', ExpectedError("KeyError", None)),
        ("raise StopIteration()", ExpectedError("StopIteration", None)),
        ("raise StopIteration", ExpectedError("StopIteration", None)),
        ("raise alarm", None),
        ("raise Alarm and stop", None),
        ('raises ValueError("x")', None),
        ('raise ValueError("x"', None),
        ('raise ValueError("x" "', None),
        ("raise", None),
        ("", None),
    ],
)
def test_the_error_of_an_outcome(outcome: str, error: ExpectedError | None) -> None:
    assert parse_raise(outcome) == error
    assert parse_case_line(f"a -> {outcome}").error == error


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("both empty", "both-empty"),
        ("Both  EMPTY!", "both-empty"),
        ("équal amounts", "equal-amounts"),
        ("don't round", "dont-round"),
        ("total < 0", "total-lt-0"),
        ("total > 0", "total-gt-0"),
        ("-5 given", "minus-5-given"),
        ("one two three four five six seven", "one-two-three-four-five-six"),
        ("an extraordinarily long circumstance indeed", "an-extraordinarily-long-circumstance"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_slug_is_short_and_says_the_same(text: str, short: str) -> None:
    assert slug(text) == short


def test_a_text_without_latin_letters_has_a_slug_of_its_own() -> None:
    assert slug("空") != slug("満")
    assert slug("空").isascii()
    assert slug("空")


def test_ids_tell_kinds_apart() -> None:
    ids = [generated_id(kind, "both empty") for kind in CaseKind]
    assert ids == ["EC-both-empty", "ER-both-empty", "EX-both-empty"]


def test_equal_ids_are_numbered_and_written_ones_left_alone() -> None:
    assert number_ids(["a", "a", "b", "a"], taken=["b", "a-2"]) == ("a", "a-3", "b-2", "a-4")


@pytest.mark.parametrize(
    "text", ["\0", "\ud800 -> \ud801", "'" * 999, "(" * 9999 + "->", "raise " * 99]
)
def test_no_text_makes_it_raise(text: str) -> None:
    line = parse_case_line(text)
    assert generated_id(CaseKind.ERROR, line.condition).isascii()
