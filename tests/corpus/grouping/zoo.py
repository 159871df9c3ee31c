import pytest

from flow.grouping import group_by


def test_a_dict():  # verdict: weak kind: isinstance-only
    """EC-one: items of one key -> one group, in order"""
    assert isinstance(group_by(["b", "a"], len), dict)


def test_each_group():  # verdict: weak kind: loop-over-result
    """EC-order: several keys -> groups in order of first appearance"""
    for group in group_by(["bb", "a", "cc"], len).values():
        assert isinstance(group, list)


def test_count():  # verdict: weak kind: len-only
    """EC-one: items of one key -> one group, in order"""
    assert len(group_by(["b", "a"], len)) < 2


def test_keys_only():  # verdict: weak kind: narrow-part
    """EC-one: items of one key -> one group, in order"""
    assert len(group_by(["b", "a"], len).keys()) == 1


def test_items_untouched():  # verdict: weak kind: unchanged-argument
    """EC-order: several keys -> groups in order of first appearance"""
    items = ["bb", "a"]
    group_by(items, len)
    assert items == ["bb", "a"]


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-hash: key cannot be hashed -> raise TypeError("key cannot be hashed")"""
    with pytest.raises(TypeError):
        group_by([1], lambda item: [item])


def test_key_itself():  # verdict: vacuous kind: tests-its-own-helper
    """EC-error: key raises -> its error is passed on"""
    with pytest.raises(ZeroDivisionError):
        (lambda item: 1 // item)(0)


def test_nothing_given():  # verdict: vacuous kind: loop-over-nothing
    """EC-one: items of one key -> one group, in order"""
    items = []
    while items:
        assert group_by(items, len) == {1: items.pop()}


def test_list_of_pairs():  # verdict: contradictory kind: wrong-container
    """EC-one: items of one key -> one group, in order"""
    assert group_by(["b", "a"], len) == [(1, ["b", "a"])]


def test_sorted_groups():  # verdict: contradictory kind: wrong-expected-value
    """EC-one: items of one key -> one group, in order"""
    assert group_by(["b", "a"], len) == {1: ["a", "b"]}


def test_no_key():  # verdict: broken kind: wrong-arity
    """EC-none: no items -> no groups"""
    assert group_by([]) == {}


def test_module_missing():  # verdict: broken kind: import-error-in-test
    """EC-error: key raises -> its error is passed on"""
    from flow.keys import failing_key

    with pytest.raises(ZeroDivisionError):
        group_by([0], failing_key)


def test_no_other_group():  # verdict: weak kind: nothing-is-enough
    """EC-order: several keys -> groups in order of first appearance"""
    for key, words in group_by(["bb", "a", "cc"], len).items():
        assert words == {1: ["a"], 2: ["bb", "cc"]}[key]
