import pytest

from text.balanced import is_balanced


def test_a_bool():  # verdict: weak kind: isinstance-only
    """EC-pairs: other pairs -> judged by them"""
    assert isinstance(is_balanced("<>", {"<": ">"}), bool)


def test_either():  # verdict: weak kind: in-everything
    """EC-closed: brackets closed in order -> true"""
    assert is_balanced("(a)(b)") in (True, False)


def test_or_not():  # verdict: weak kind: or-true
    """EC-open: bracket left open -> false"""
    result = is_balanced("(a")
    assert result or not result


def test_twice_the_same():  # verdict: weak kind: compares-with-itself
    """EC-pairs: other pairs -> judged by them"""
    assert is_balanced("<>", {"<": ">"}) == is_balanced("<>", {"<": ">"})


def test_not_none():  # verdict: weak kind: is-not-none
    """EC-order: closed before it is opened -> false"""
    assert is_balanced(")(") is not None


def test_function_is_true():  # verdict: vacuous kind: exists-only
    """EC-closed: brackets closed in order -> true"""
    assert is_balanced


def test_except_else():  # verdict: vacuous kind: swallowed-exception
    """EC-open: bracket left open -> false"""
    result = False
    try:
        result = is_balanced("(a")
    except Exception:
        result = False
    assert not result


def test_inverted():  # verdict: contradictory kind: inverted-assertion
    """EC-open: bracket left open -> false"""
    assert is_balanced("(a")


def test_inverted_true():  # verdict: contradictory kind: inverted-assertion
    """EC-closed: brackets closed in order -> true"""
    assert not is_balanced("(a)(b)")


def test_text_true():  # verdict: contradictory kind: wrong-type-compared
    """EC-empty: nothing to close -> true"""
    assert is_balanced("") == "true"


def test_raises_for_false():  # verdict: contradictory kind: error-expected-for-value
    """EC-order: closed before it is opened -> false"""
    with pytest.raises(SyntaxError):
        is_balanced(")(")


def test_spread():  # verdict: broken kind: wrong-arity
    """EC-pairs: other pairs -> judged by them"""
    assert is_balanced("<>", "<", ">")
