import operator

import pytest

from flow.grouping import group_by


def test_none():  # verdict: red
    """EC-none: no items -> no groups"""
    assert group_by([], len) == {}


def test_one():  # verdict: red
    """EC-one: items of one key -> one group, in order"""
    assert group_by(iter(["b", "a"]), key=len) == {1: ["b", "a"]}


def test_order():  # verdict: red
    """EC-order: several keys -> groups in order of first appearance"""
    groups = group_by(["bb", "a", "cc"], len)
    assert list(groups) == [2, 1]
    assert groups[2] == ["bb", "cc"]
    assert groups[1] == ["a"]


def test_order_keys_fit():  # verdict: red
    """EC-order: several keys -> groups in order of first appearance"""
    for size, words in group_by(["bb", "a", "cc"], len).items():
        assert all(len(word) == size for word in words)


def test_order_of_pairs():  # verdict: red
    """EC-order: several keys -> groups in order of first appearance"""
    groups = group_by([("x", 1), ("y", 2), ("x", 3)], operator.itemgetter(0))
    assert list(groups.items()) == [("x", [("x", 1), ("x", 3)]), ("y", [("y", 2)])]


def test_error():  # verdict: red
    """EC-error: key raises -> its error is passed on"""
    with pytest.raises(ZeroDivisionError):
        group_by([0], lambda item: 1 // item)


def test_hash():  # verdict: red
    """ER-hash: key cannot be hashed -> raise TypeError("key cannot be hashed")"""
    with pytest.raises(TypeError, match="key cannot be hashed"):
        group_by([1], lambda item: [item])
