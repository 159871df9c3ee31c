import pytest

from text.amount import parse_amount


def test_whole():  # verdict: red
    """EC-whole: whole amount -> cents"""
    assert parse_amount("12") == 1200


@pytest.mark.parametrize(("text", "cents"), [("12.30", 1230), ("0.05", 5), (" 1.00 ", 100)])
def test_places(text, cents):  # verdict: red
    """EC-places: amount with two places -> cents"""
    assert parse_amount(text) == cents


def test_text():  # verdict: red
    """EC-text: no amount -> the text, stripped"""
    result = parse_amount(" n/a ")
    assert isinstance(result, str)
    assert result == "n/a"


def test_one_place():  # verdict: red
    """EC-one-place: one place only -> no amount"""
    assert parse_amount("12.3") == "12.3"


@pytest.mark.parametrize("text", ["", "   "])
def test_empty(text):  # verdict: red
    """ER-empty: empty text -> raise ValueError("empty text")"""
    with pytest.raises(ValueError, match="empty text"):
        parse_amount(text)
