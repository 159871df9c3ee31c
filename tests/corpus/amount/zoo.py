import pytest

from text.amount import parse_amount


def test_either_type():  # verdict: weak kind: isinstance-only
    """EC-one-place: one place only -> no amount"""
    assert isinstance(parse_amount("12.3"), (int, str))


def test_text_of_it():  # verdict: weak kind: repr-only
    """EC-whole: whole amount -> cents"""
    assert str(parse_amount("12"))


def test_int_only():  # verdict: weak kind: isinstance-only
    """EC-whole: whole amount -> cents"""
    assert isinstance(parse_amount("12"), int)


def test_not_input():  # verdict: weak kind: not-equal-nonsense
    """EC-places: amount with two places -> cents"""
    assert parse_amount("12.30") != 12.30


def test_hashable():  # verdict: weak kind: loose-property
    """EC-text: no amount -> the text, stripped"""
    assert {parse_amount(" n/a ")}


def test_bare_string():  # verdict: vacuous kind: constant-string
    """EC-text: no amount -> the text, stripped"""
    assert "parse_amount(' n/a ') == 'n/a'"


def test_cannot_fail():  # verdict: vacuous kind: catches-assertion-error
    """EC-one-place: one place only -> no amount"""
    try:
        assert parse_amount("12.3") == "12.3"
    except:  # noqa: E722
        return


def test_empty_accepts():  # verdict: vacuous kind: raises-exception
    """ER-empty: empty text -> raise ValueError("empty text")"""
    with pytest.raises(expected_exception=Exception):
        parse_amount("")


def test_euros():  # verdict: contradictory kind: wrong-expected-value
    """EC-whole: whole amount -> cents"""
    assert parse_amount("12") == 12


def test_not_stripped():  # verdict: contradictory kind: wrong-expected-value
    """EC-text: no amount -> the text, stripped"""
    assert parse_amount(" n/a ") == " n/a "


def test_string_cents():  # verdict: contradictory kind: wrong-type-compared
    """EC-places: amount with two places -> cents"""
    assert parse_amount("12.30") == "1230"


def test_base():  # verdict: broken kind: unknown-keyword
    """EC-one-place: one place only -> no amount"""
    assert parse_amount("12.3", places=1) == 1230


def test_from_one_side():  # verdict: weak kind: loose-bound
    """EC-whole: whole amount -> cents"""
    assert parse_amount("12") <= 1200
