import pytest

from text.dedupe import remove_duplicates


def cleaned(words, *rest):
    remove_duplicates(words, *rest)
    return words


def test_twice():  # verdict: red
    """EC-twice: word twice -> the first stays"""
    words = ["a", "b", "a"]
    assert remove_duplicates(words) is None
    assert words == ["a", "b"]


def test_many():  # verdict: red
    """EC-twice: word twice -> the first stays"""
    assert cleaned(["x", "x", "x", "y", "x"]) == ["x", "y"]


def test_unique():  # verdict: red
    """EC-unique: no duplicates -> nothing changes"""
    words = ["b", "a"]
    remove_duplicates(words)
    assert words == ["b", "a"]


def test_unique_and_empty():  # verdict: red
    """EC-unique: no duplicates -> nothing changes"""
    assert cleaned([]) == []
    assert cleaned(["z", "y"]) == ["z", "y"]


def test_seen():  # verdict: red
    """EC-seen: word in seen -> removed"""
    assert cleaned(["a", "b"], {"a"}) == ["b"]


def test_added():  # verdict: red
    """EC-added: words that stay -> added to seen"""
    seen = {"x"}
    remove_duplicates(["a"], seen=seen)
    assert seen == {"a", "x"}


def test_error_changes_nothing():  # verdict: red
    """ER-empty: empty word -> raise ValueError("empty word")"""
    words = ["a", "", "a"]
    with pytest.raises(ValueError, match="empty word"):
        remove_duplicates(words)
    assert words == ["a", "", "a"]


def test_added_beside_what_was_there():  # verdict: red
    """EC-added: words that stay -> added to seen"""
    seen = {"x"}
    words = cleaned(["a", "b"], seen)
    assert seen >= {"a", "b", "x"}
    assert words == ["a", "b"]
