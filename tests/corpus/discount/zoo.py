import pytest

from shop.discount import make_discount


def test_makes_a_callable():  # verdict: weak kind: isinstance-only
    """EC-off: discount -> taken off the price"""
    assert callable(make_discount(20))


def test_calls_it():  # verdict: weak kind: call-only
    """EC-off: discount -> taken off the price"""
    make_discount(20)(1000)


def test_number():  # verdict: weak kind: isinstance-only
    """EC-rounded: discount is rounded down -> the customer pays the cent"""
    assert isinstance(make_discount(33)(10), int)


def test_not_more():  # verdict: weak kind: loose-bound
    """EC-off: discount -> taken off the price"""
    assert make_discount(20)(1000) <= 1000


def test_made_twice():  # verdict: weak kind: compares-with-itself
    """EC-nothing: no discount -> the price itself"""
    assert make_discount(0)(999) == make_discount(0)(999)


def test_same_object():  # verdict: weak kind: compares-with-itself
    """EC-nothing: no discount -> the price itself"""
    discount = make_discount(0)
    assert discount is discount


def test_not_none():  # verdict: weak kind: is-not-none
    """EC-floor: price falls below the floor -> the floor"""
    assert make_discount(90, 500) is not None


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-high: percent above one hundred -> raise ValueError("percent out of range")"""
    with pytest.raises(ValueError):
        make_discount(101)


def test_made_in_a_lambda():  # verdict: vacuous kind: lambda-never-called
    """EC-floor: price falls below the floor -> the floor"""
    discount = lambda price: make_discount(90, 500)(price) == 500
    assert callable(discount)


def test_any_error():  # verdict: vacuous kind: raises-exception
    """ER-high: percent above one hundred -> raise ValueError("percent out of range")"""
    with pytest.raises(Exception):
        make_discount(101)


def test_message():  # verdict: contradictory kind: wrong-message
    """ER-high: percent above one hundred -> raise ValueError("percent out of range")"""
    with pytest.raises(ValueError, match="above 100"):
        make_discount(101)


def test_both_at_once():  # verdict: broken kind: wrong-arity
    """EC-off: discount -> taken off the price"""
    assert make_discount(20, 0, 1000) == 800
