from decimal import Decimal

import pytest

from bank.interest import accrue

FIVE_PERCENT = Decimal("0.05")


def interest(principal: str, days: int, **options: int) -> Decimal:
    """Five percent, to keep the tests short."""
    return accrue(Decimal(principal), FIVE_PERCENT, days, **options)


def test_year():  # verdict: red
    """EC-year: a whole year -> principal times rate"""
    assert interest("1000", 365) == Decimal("50.00")


def test_two_places():  # verdict: red
    """EC-year: a whole year -> principal times rate"""
    assert str(interest("1000", 365)) == "50.00"


def test_no_days():  # verdict: red
    """EC-no-days: no days -> zero"""
    result = interest("1000", 0)
    assert isinstance(result, Decimal)
    assert result == 0


@pytest.mark.parametrize(
    ("principal", "expected"), [("36.5", "0.01"), ("36.4", "0.00"), ("109.5", "0.02")]
)
def test_half(principal, expected):  # verdict: red
    """EC-half: half a cent -> rounded up"""
    assert interest(principal, 1) == Decimal(expected)


def test_360():  # verdict: red
    """EC-360: year of 360 days -> more interest a day"""
    short = accrue(Decimal("3600"), Decimal("0.10"), 1, year_days=360)
    long = accrue(Decimal("3600"), Decimal("0.10"), 1)
    assert short == Decimal("1.00")
    assert long == Decimal("0.99")


def test_zero_rate():  # verdict: red
    """EC-zero-rate: rate of zero -> zero"""
    assert accrue(Decimal("1000"), Decimal(0), 365) == Decimal("0.00")


def test_days():  # verdict: red
    """ER-days: negative days -> raise ValueError("negative days")"""
    with pytest.raises(ValueError, match="negative days"):
        interest("1000", -1)


def test_year_days():  # verdict: red
    """ER-year: year without days -> raise ZeroDivisionError("a year has days")"""
    with pytest.raises(ZeroDivisionError, match="^a year has days$"):
        accrue(Decimal(1), Decimal(1), 1, year_days=0)
