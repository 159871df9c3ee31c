import pytest

from text.dedupe import remove_duplicates


def test_none():  # verdict: weak kind: none-only
    """EC-twice: word twice -> the first stays"""
    assert remove_duplicates(["a", "b", "a"]) is None


def test_list_stays_a_list():  # verdict: weak kind: isinstance-only
    """EC-seen: word in seen -> removed"""
    words = ["a", "b"]
    remove_duplicates(words, {"a"})
    assert isinstance(words, list)


def test_not_longer():  # verdict: weak kind: len-only
    """EC-seen: word in seen -> removed"""
    words = ["a", "b"]
    remove_duplicates(words, {"a"})
    assert len(words) <= 2


def test_other_list():  # verdict: weak kind: asserts-on-a-copy
    """EC-added: words that stay -> added to seen"""
    seen = {"x"}
    copy = set(seen)
    remove_duplicates(["a"], seen)
    assert copy == {"x"}


def test_subset():  # verdict: weak kind: loose-property
    """EC-twice: word twice -> the first stays"""
    words = ["a", "b", "a"]
    remove_duplicates(words)
    assert set(words) <= {"a", "b"}


def test_swallowed():  # verdict: vacuous kind: swallowed-exception
    """EC-unique: no duplicates -> nothing changes"""
    words = ["b", "a"]
    try:
        remove_duplicates(words)
    except Exception:
        pass
    assert words == ["b", "a"]


def test_error_state_only():  # verdict: vacuous kind: raises-exception
    """ER-empty: empty word -> raise ValueError("empty word")"""
    words = ["a", ""]
    with pytest.raises(Exception):
        remove_duplicates(words)
    assert words == ["a", ""]


def test_returns_list():  # verdict: contradictory kind: wrong-expected-value
    """EC-twice: word twice -> the first stays"""
    assert remove_duplicates(["a", "b", "a"]) == ["a", "b"]


def test_last_stays():  # verdict: contradictory kind: wrong-expected-value
    """EC-twice: word twice -> the first stays"""
    words = ["a", "b", "a"]
    remove_duplicates(words)
    assert words == ["b", "a"]


def test_value_error_message():  # verdict: contradictory kind: wrong-message
    """ER-empty: empty word -> raise ValueError("empty word")"""
    with pytest.raises(ValueError, match="blank"):
        remove_duplicates([""])


def test_no_argument():  # verdict: broken kind: wrong-arity
    """EC-seen: word in seen -> removed"""
    remove_duplicates()


def test_typo_after():  # verdict: broken kind: misspelt-after
    """EC-seen: word in seen -> removed"""
    words = ["a", "b"]
    remove_duplicates(words, {"a"})
    assert word == ["b"]


def test_lists_in_order():  # verdict: weak kind: loose-bound
    """EC-twice: word twice -> the first stays"""
    words = ["a", "b", "a"]
    remove_duplicates(words)
    assert words <= ["a", "b"]


def test_unique_in_order():  # verdict: weak kind: lists-by-order
    """EC-unique: no duplicates -> nothing changes"""
    words = ["b", "a"]
    remove_duplicates(words)
    assert ["b", "a"] >= words
