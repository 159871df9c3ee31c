import pytest

from text.names import join_names


def test_none():  # verdict: red
    """EC-none: no names -> empty text"""
    assert join_names() == ""


def test_one():  # verdict: red
    """EC-one: one name -> the name"""
    assert join_names("Ann") == "Ann"


def test_three():  # verdict: red
    """EC-three: three names -> separator, and last before the last one"""
    names = ["Ann", "Bob", "Cid"]
    phrase = join_names(*names)
    assert phrase == "Ann, Bob and Cid"
    assert phrase.count(",") == 1


def test_three_end():  # verdict: red
    """EC-three: three names -> separator, and last before the last one"""
    assert join_names("Ann", "Bob", "Cid").endswith(" and Cid")


@pytest.mark.parametrize(
    ("options", "expected"),
    [({"separator": "/", "last": "+"}, "a/b+c"), ({"last": " or "}, "a, b or c")],
)
def test_separator(options, expected):  # verdict: red
    """EC-separator: other separators -> used"""
    assert join_names("a", "b", "c", **options) == expected


def test_title():  # verdict: red
    """EC-title: title given -> stands before its name"""
    assert join_names("Ann", "Bob", Bob="Dr.") == "Ann and Dr. Bob"


def test_empty():  # verdict: red
    """EC-empty: empty name -> left out"""
    assert join_names("", "Ann", "", "Bob") == "Ann and Bob"


def test_absent():  # verdict: red
    """ER-title: title of an absent name -> raise KeyError("no such name")"""
    with pytest.raises(KeyError, match="no such name"):
        join_names("Ann", Bob="Dr.")


@pytest.mark.parametrize(
    ("place", "names", "expected"),
    [("first", ("", "Ann"), "Ann"), ("last", ("Ann", "Bob", ""), "Ann and Bob")],
)
def test_empty_anywhere(place, names, expected):  # verdict: red
    """EC-empty: empty name -> left out"""
    assert join_names(*names) == expected
