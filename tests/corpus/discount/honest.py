import pytest

from shop.discount import make_discount


def test_off():  # verdict: red
    """EC-off: discount -> taken off the price"""
    assert make_discount(20)(1000) == 800


def test_two_at_once():  # verdict: red
    """EC-off: discount -> taken off the price"""
    small, big = make_discount(10), make_discount(percent=50)
    assert [small(200), big(200), small(100)] == [180, 100, 90]


def test_rounded():  # verdict: red
    """EC-rounded: discount is rounded down -> the customer pays the cent"""
    discount = make_discount(33)
    assert callable(discount)
    assert discount(10) == 7


def test_floor():  # verdict: red
    """EC-floor: price falls below the floor -> the floor"""
    assert make_discount(90, floor_cents=500)(1000) == 500


def test_nothing():  # verdict: red
    """EC-nothing: no discount -> the price itself"""
    discount = make_discount(0)
    assert list(map(discount, [0, 1, 999])) == [0, 1, 999]


@pytest.mark.parametrize("percent", [101, 1000])
def test_high(percent):  # verdict: red
    """ER-high: percent above one hundred -> raise ValueError("percent out of range")"""
    with pytest.raises(ValueError, match="percent out of range"):
        make_discount(percent)


def test_price():  # verdict: red
    """ER-price: negative price given to the function -> raise ValueError("negative price")"""
    discount = make_discount(10)
    with pytest.raises(ValueError, match="negative price"):
        discount(-1)
