import pytest

from shop.price import find_price


def test_none_or_number():  # verdict: weak kind: isinstance-only
    """EC-spelling: other case and white space -> found all the same"""
    price = find_price({"A1": 250}, "a1")
    assert price is None or isinstance(price, int)


def test_if_found():  # verdict: weak kind: conditional-assertion
    """EC-known: known code -> its price"""
    price = find_price({"A1": 250}, "A1")
    if price is not None:
        assert price > 0


def test_falsy():  # verdict: weak kind: loose-bound
    """EC-zero: price of zero -> zero, not None"""
    assert (find_price({"A1": 0}, "A1") or 0) >= 0


def test_catalog_unchanged():  # verdict: weak kind: unchanged-argument
    """EC-spelling: other case and white space -> found all the same"""
    catalog = {"A1": 250}
    find_price(catalog, "a1")
    assert catalog == {"A1": 250}


def test_any_key_error():  # verdict: weak kind: raises-without-match
    """ER-empty: empty code -> raise KeyError("empty code")"""
    with pytest.raises(KeyError):
        find_price({"A1": 250}, "")


def test_lookup():  # verdict: weak kind: raises-base-type
    """ER-empty: empty code -> raise KeyError("empty code")"""
    with pytest.raises(LookupError, match="empty code"):
        find_price({"A1": 250}, "")


def test_dict_does_it():  # verdict: vacuous kind: tests-its-own-helper
    """EC-unknown: unknown code -> None"""
    assert {"A1": 250}.get("B2") is None


def test_default_on_error():  # verdict: vacuous kind: swallowed-exception
    """EC-unknown: unknown code -> None"""
    try:
        price = find_price({"A1": 250}, "B2")
    except Exception:
        price = None
    assert price is None


def test_zero_is_none():  # verdict: contradictory kind: wrong-expected-value
    """EC-zero: price of zero -> zero, not None"""
    assert find_price({"A1": 0}, "A1") is None


def test_unknown_is_zero():  # verdict: contradictory kind: wrong-expected-value
    """EC-unknown: unknown code -> None"""
    assert find_price({"A1": 250}, "B2") == 0


def test_anchored_key_error():  # verdict: contradictory kind: wrong-message
    """ER-empty: empty code -> raise KeyError("empty code")"""
    with pytest.raises(KeyError, match="^empty code$"):
        find_price({"A1": 250}, "")


def test_code_first():  # verdict: broken kind: wrong-arity
    """EC-spelling: other case and white space -> found all the same"""
    assert find_price("a1", A1=250) == 250
