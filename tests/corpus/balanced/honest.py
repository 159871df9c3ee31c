import pytest

from text.balanced import is_balanced

ANGLES = {"<": ">", "[": "]"}


@pytest.mark.parametrize("text", ["", "abc"])
def test_empty(text):  # verdict: red
    """EC-empty: nothing to close -> true"""
    assert is_balanced(text) is True


def test_closed():  # verdict: red
    """EC-closed: brackets closed in order -> true"""
    assert is_balanced("(a)(b)")
    assert is_balanced("((a))")


def test_open():  # verdict: red
    """EC-open: bracket left open -> false"""
    assert not is_balanced("(a")


def test_order():  # verdict: red
    """EC-order: closed before it is opened -> false"""
    assert is_balanced(")(") == False  # noqa: E712


def test_pairs():  # verdict: red
    """EC-pairs: other pairs -> judged by them"""
    assert is_balanced("<[]>(", ANGLES)
    assert not is_balanced("<[>]", pairs=ANGLES)


def test_no_pairs():  # verdict: red
    """ER-pairs: no pairs -> raise ValueError("no pairs")"""
    with pytest.raises(ValueError, match="no pairs"):
        is_balanced("()", {})
