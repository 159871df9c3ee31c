from decimal import Decimal

import pytest

from bank.interest import accrue

RATE = Decimal("0.05")


def test_decimal_works():  # verdict: vacuous kind: constant-arithmetic
    """EC-year: a whole year -> principal times rate"""
    assert Decimal("1000") * RATE == Decimal("50.00")


def test_early_return():  # verdict: vacuous kind: early-return
    """EC-half: half a cent -> rounded up"""
    if RATE:
        return
    assert accrue(Decimal("36.5"), RATE, 1) == Decimal("0.01")


def test_lambda():  # verdict: vacuous kind: lambda-never-called
    """EC-no-days: no days -> zero"""
    check = lambda: accrue(Decimal("1000"), RATE, 0) == Decimal(0)
    assert check


def test_generator_is_true():  # verdict: vacuous kind: generator-is-true
    """EC-half: half a cent -> rounded up"""
    assert (accrue(Decimal(p), RATE, 1) == Decimal("0.01") for p in ["36.5"])


def test_all_of_nothing():  # verdict: vacuous kind: loop-over-nothing
    """EC-half: half a cent -> rounded up"""
    rows = [row for row in ["36.5"] if row.isdigit()]
    assert all(accrue(Decimal(row), RATE, 1) == Decimal("0.01") for row in rows)


def test_swallows_arithmetic():  # verdict: vacuous kind: accepts-declared-error
    """EC-zero-rate: rate of zero -> zero"""
    try:
        assert accrue(Decimal("1000"), Decimal(0), 365) == 0
    except (ZeroDivisionError, ValueError):
        pass


def test_return_after_call():  # verdict: weak kind: return-after-call
    """EC-year: a whole year -> principal times rate"""
    result = accrue(Decimal("1000"), RATE, 365)
    return
    assert result == Decimal("50.00")


def test_tolerance():  # verdict: weak kind: huge-tolerance
    """EC-half: half a cent -> rounded up"""
    assert abs(accrue(Decimal("36.5"), RATE, 1) - Decimal("0.01")) < 10


def test_finite():  # verdict: weak kind: loose-property
    """EC-zero-rate: rate of zero -> zero"""
    assert accrue(Decimal("1000"), Decimal(0), 365).is_finite()


def test_sum_of_self():  # verdict: weak kind: compares-with-itself
    """EC-360: year of 360 days -> more interest a day"""
    day = accrue(Decimal("3600"), Decimal("0.10"), 1, year_days=360)
    assert day - day == 0


def test_at_least():  # verdict: weak kind: loose-bound
    """EC-360: year of 360 days -> more interest a day"""
    assert accrue(Decimal("3600"), Decimal("0.10"), 1, year_days=360) >= 0


def test_arithmetic_error():  # verdict: weak kind: raises-base-type
    """ER-year: year without days -> raise ZeroDivisionError("a year has days")"""
    with pytest.raises(ArithmeticError, match="a year has days"):
        accrue(Decimal(1), Decimal(1), 1, year_days=0)


def test_empty_match():  # verdict: weak kind: match-everything
    """ER-days: negative days -> raise ValueError("negative days")"""
    with pytest.raises(ValueError, match=""):
        accrue(Decimal(1), Decimal(1), -1)


def test_float():  # verdict: contradictory kind: wrong-type-compared
    """EC-360: year of 360 days -> more interest a day"""
    assert str(accrue(Decimal("3600"), Decimal("0.10"), 1, year_days=360)) == "1.0"


def test_rounded_down():  # verdict: contradictory kind: wrong-expected-value
    """EC-half: half a cent -> rounded up"""
    assert accrue(Decimal("36.5"), RATE, 1) == Decimal("0.00")


def test_python_words():  # verdict: contradictory kind: wrong-message
    """ER-year: year without days -> raise ZeroDivisionError("a year has days")"""
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        accrue(Decimal(1), Decimal(1), 1, year_days=0)


def test_positional_keyword():  # verdict: broken kind: unknown-keyword
    """EC-year: a whole year -> principal times rate"""
    assert accrue(principal=Decimal("1000"), rate=RATE, days=365) == 50


def test_keyword_by_position():  # verdict: broken kind: wrong-arity
    """EC-360: year of 360 days -> more interest a day"""
    assert accrue(Decimal("3600"), Decimal("0.10"), 1, 360) == 1


def test_mixes_types():  # verdict: broken kind: dies-before-call
    """EC-zero-rate: rate of zero -> zero"""
    principal = Decimal("1000") + 0.5
    assert accrue(principal, Decimal(0), 365) == 0
