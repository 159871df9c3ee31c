import collections.abc

import pytest

from flow.batches import batches


@pytest.mark.parametrize("items", [])
def test_no_rows(items):  # verdict: vacuous kind: no-parameter-rows
    """EC-full: a whole number of batches -> all full"""
    assert list(batches(items, 2)) == [[1, 2], [3, 4]]


def test_lazily_never_asked():  # verdict: vacuous kind: generator-never-iterated
    """EC-rest: items left over -> the last batch is shorter"""
    result = (batch for items in ([1, 2, 3],) for batch in batches(items, 2))
    assert result


def test_error_generator():  # verdict: vacuous kind: swallowed-exception
    """ER-size: size below one -> raise ValueError("size below one")"""
    try:
        list(batches([1], 0))
    except:  # noqa: E722
        assert True
    else:
        assert False


def test_never_iterated():  # verdict: weak kind: generator-never-iterated
    """EC-full: a whole number of batches -> all full"""
    stream = batches([1, 2, 3, 4], 2)
    assert stream is not None


def test_is_an_iterator():  # verdict: weak kind: isinstance-only
    """EC-lazy: endless iterator -> the first batch comes all the same"""
    assert isinstance(batches([1], 2), collections.abc.Iterator)


def test_inner_loop():  # verdict: weak kind: loop-over-result
    """EC-rest: items left over -> the last batch is shorter"""
    for batch in batches([1, 2, 3], 2):
        assert len(batch) <= 2


def test_all_of_result():  # verdict: weak kind: loop-over-result
    """EC-full: a whole number of batches -> all full"""
    assert all(isinstance(batch, list) for batch in batches([1, 2, 3, 4], 2))


def test_few():  # verdict: weak kind: len-only
    """EC-rest: items left over -> the last batch is shorter"""
    assert len(list(batches([1, 2, 3], 2))) <= 2


def test_count_only():  # verdict: weak kind: len-only
    """EC-rest: items left over -> the last batch is shorter"""
    assert len(list(batches([1, 2, 3], 2))) == 2


def test_same_list():  # verdict: weak kind: compares-with-itself
    """EC-lazy: endless iterator -> the first batch comes all the same"""
    assert list(batches([1], 2)) == list(batches([1], 2))


def test_list_type():  # verdict: weak kind: isinstance-only
    """EC-none: no items -> no batch"""
    assert type(list(batches([], 2))) is list


def test_zip_with_nothing():  # verdict: weak kind: zip-stops-early
    """EC-full: a whole number of batches -> all full"""
    for batch, expected in zip(batches([1, 2, 3, 4], 2), []):
        assert batch == expected


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-size: size below one -> raise ValueError("size below one")"""
    with pytest.raises(ValueError):
        list(batches([1], 0))


def test_optional_match():  # verdict: weak kind: match-everything
    """ER-size: size below one -> raise ValueError("size below one")"""
    with pytest.raises(ValueError, match="(size below one)?"):
        list(batches([1], 0))


def test_not_listed():  # verdict: contradictory kind: generator-compared
    """EC-full: a whole number of batches -> all full"""
    assert batches([1, 2, 3, 4], 2) == [[1, 2], [3, 4]]


def test_padded():  # verdict: contradictory kind: wrong-expected-value
    """EC-rest: items left over -> the last batch is shorter"""
    assert list(batches([1, 2, 3], 2)) == [[1, 2], [3, None]]


def test_empty_batch():  # verdict: contradictory kind: wrong-expected-value
    """EC-none: no items -> no batch"""
    assert list(batches([], 2)) == [[]]


def test_silent():  # verdict: contradictory kind: value-expected-for-error
    """ER-size: size below one -> raise ValueError("size below one")"""
    assert list(batches([1], 0)) == []


def test_keyword():  # verdict: broken kind: unknown-keyword
    """EC-rest: items left over -> the last batch is shorter"""
    assert list(batches([1, 2, 3], n=2)) == [[1, 2], [3]]


def test_itertools_missing():  # verdict: broken kind: misspelt-before
    """EC-lazy: endless iterator -> the first batch comes all the same"""
    assert next(batches(itertools.count(), 2)) == [0, 1]


def test_nothing_unknown():  # verdict: weak kind: nothing-is-enough
    """EC-full: a whole number of batches -> all full"""
    for batch in batches([1, 2, 3, 4], 2):
        assert batch in ([1, 2], [3, 4])


@pytest.mark.parametrize(
    ("items", "size", "expected"),
    [([1, 2, 3, 4], 2, [[1, 2], [3, 4]]), ([5, 6], 1, [[5], [6]])],
)
def test_no_batch_is_too_long(items, size, expected):  # verdict: weak kind: expectation-unread
    """EC-full: a whole number of batches -> all full"""
    assert all(len(batch) <= size for batch in batches(items, size))


def test_batches_in_order():  # verdict: weak kind: lists-by-order
    """EC-full: a whole number of batches -> all full"""
    assert list(batches([1, 2, 3, 4], 2)) <= [[1, 2], [3, 4]]
