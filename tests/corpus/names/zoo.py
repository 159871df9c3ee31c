import pytest

from text.names import join_names


def test_text():  # verdict: weak kind: isinstance-only
    """EC-title: title given -> stands before its name"""
    assert isinstance(join_names("Ann", Ann="Dr."), str)


def test_empty_in_all():  # verdict: weak kind: in-everything
    """EC-empty: empty name -> left out"""
    assert "" in join_names("", "Ann")


def test_starts_with_nothing():  # verdict: weak kind: loose-property
    """EC-title: title given -> stands before its name"""
    assert join_names("Ann", Ann="Dr.").startswith("")


def test_any_text():  # verdict: weak kind: truthiness
    """EC-three: three names -> separator, and last before the last one"""
    assert join_names("Ann", "Bob", "Cid")


def test_short():  # verdict: weak kind: len-only
    """EC-empty: empty name -> left out"""
    assert len(join_names("", "Ann")) < 10


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-title: title of an absent name -> raise KeyError("no such name")"""
    with pytest.raises(KeyError):
        join_names("Ann", Bob="Dr.")


def test_join_does_it():  # verdict: vacuous kind: constant-arithmetic
    """EC-separator: other separators -> used"""
    assert "/".join(["a", "b"]) + "+" + "c" == "a/b+c"


@pytest.mark.parametrize("names", [pytest.param(("Ann", "Bob", "Cid"), marks=pytest.mark.skip)])
def test_row_skipped(names):  # verdict: vacuous kind: skip
    """EC-three: three names -> separator, and last before the last one"""
    assert join_names(*names) == "Ann, Bob and Cid"


@pytest.mark.parametrize("names", [pytest.param(("Ann",), id="strong"), pytest.param((), id="nothing")])
def test_row_without_assertion(names):  # verdict: red rows: nothing=vacuous kind: one-vacuous-row
    """EC-one: one name -> the name"""
    for name in names:
        assert join_names(name) == name


def test_oxford():  # verdict: contradictory kind: wrong-expected-value
    """EC-three: three names -> separator, and last before the last one"""
    assert join_names("Ann", "Bob", "Cid") == "Ann, Bob, and Cid"


def test_no_names_is_none():  # verdict: contradictory kind: wrong-type-compared
    """EC-none: no names -> empty text"""
    assert join_names() is None


def test_title_ignored():  # verdict: contradictory kind: value-expected-for-error
    """ER-title: title of an absent name -> raise KeyError("no such name")"""
    assert join_names("Ann", Bob="Dr.") == "Ann"


def test_unpacks_a_number():  # verdict: broken kind: dies-before-call
    """EC-empty: empty name -> left out"""
    assert join_names(*None) == ""


def test_end_only():  # verdict: weak kind: one-end-only
    """EC-three: three names -> separator, and last before the last one"""
    assert join_names("Ann", "Bob", "Cid").endswith("Ann, Bob and Cid")


@pytest.mark.parametrize("names, expected", [(("", "Ann"), "Ann"), (("Bob", ""), "Bob")])
def test_empty_gives_text(names, expected):  # verdict: weak kind: expectation-unread
    """EC-empty: empty name -> left out"""
    assert isinstance(join_names(*names), str)
