import pytest

from shop.price import find_price

CATALOG = {"A1": 250, "b2": 0}


def test_known():  # verdict: red
    """EC-known: known code -> its price"""
    price = find_price(CATALOG, "A1")
    assert price is not None
    assert price == 250


def test_unknown():  # verdict: red
    """EC-unknown: unknown code -> None"""
    assert find_price(CATALOG, "C3") is None


def test_unknown_in_an_empty_catalog():  # verdict: red
    """EC-unknown: unknown code -> None"""
    assert find_price({}, code="A1") is None
    assert find_price({"A1": 250}, "B2") is None


@pytest.mark.parametrize("code", ["a1", " A1 ", "\ta1\n"])
def test_spelling(code):  # verdict: red
    """EC-spelling: other case and white space -> found all the same"""
    assert find_price(CATALOG, code) == 250


def test_zero():  # verdict: red
    """EC-zero: price of zero -> zero, not None"""
    price = find_price(CATALOG, "B2")
    assert price == 0
    assert price is not None


def test_empty():  # verdict: red
    """ER-empty: empty code -> raise KeyError("empty code")"""
    with pytest.raises(KeyError) as caught:
        find_price(CATALOG, "  ")
    assert caught.value.args[0] == "empty code"
