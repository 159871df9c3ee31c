import itertools

import pytest

from flow.batches import batches


def test_none():  # verdict: red
    """EC-none: no items -> no batch"""
    assert list(batches([], 2)) == []


def test_none_by_next():  # verdict: red
    """EC-none: no items -> no batch"""
    assert next(batches(iter(()), 5), "nothing") == "nothing"


def test_full():  # verdict: red
    """EC-full: a whole number of batches -> all full"""
    assert list(batches([1, 2, 3, 4], 2)) == [[1, 2], [3, 4]]


def test_full_from_an_iterator():  # verdict: red
    """EC-full: a whole number of batches -> all full"""
    stream = batches(iter(range(1, 5)), size=2)
    assert next(stream) == [1, 2]
    assert next(stream) == [3, 4]
    with pytest.raises(StopIteration):
        next(stream)


def test_full_one_by_one():  # verdict: red
    """EC-full: a whole number of batches -> all full"""
    for batch in batches([1, 2, 3, 4], 2):
        assert batch in ([1, 2], [3, 4])


@pytest.mark.parametrize(
    ("items", "size", "expected"),
    [([1, 2, 3], 2, [[1, 2], [3]]), ([1], 9, [[1]]), ([1, 2, 3], 1, [[1], [2], [3]])],
)
def test_rest(items, size, expected):  # verdict: red
    """EC-rest: items left over -> the last batch is shorter"""
    result = [batch for batch in batches(items, size)]
    assert result == expected
    assert sum(result, []) == items


def test_lazy():  # verdict: red
    """EC-lazy: endless iterator -> the first batch comes all the same"""
    numbers = itertools.count()
    assert next(iter(batches(numbers, 3))) == [0, 1, 2]
    assert next(numbers) == 3


def test_lazy_slice():  # verdict: red
    """EC-lazy: endless iterator -> the first batch comes all the same"""
    assert list(itertools.islice(batches(itertools.repeat(7), 2), 2)) == [[7, 7], [7, 7]]


@pytest.mark.parametrize("size", [0, -3])
def test_size(size):  # verdict: red
    """ER-size: size below one -> raise ValueError("size below one")"""
    with pytest.raises(ValueError, match="size below one"):
        list(batches([1], size))


def test_size_at_the_first_batch():  # verdict: red
    """ER-size: size below one -> raise ValueError("size below one")"""
    with pytest.raises(ValueError, match="size below one"):
        for _ in batches([1], 0):
            pytest.fail("a batch of no size")


WHOLE = [([1, 2, 3, 4], 2, [[1, 2], [3, 4]]), ([5, 6], 1, [[5], [6]])]


@pytest.mark.parametrize(("items", "size", "expected"), WHOLE)
def test_full_table(items, size, expected):  # verdict: red
    """EC-full: a whole number of batches -> all full"""
    assert list(batches(items, size)) == expected


@pytest.mark.parametrize(("items", "size", "expected"), WHOLE)
def test_full_loses_nothing(items, size, expected):  # verdict: red
    """EC-full: a whole number of batches -> all full"""
    assert sum(batches(items, size), []) == items
