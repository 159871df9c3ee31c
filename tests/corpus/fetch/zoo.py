import asyncio
import contextlib
import inspect

import pytest

from net.fetch import NoAnswer, first_answer


async def a():
    return "a"


def test_is_async():  # verdict: vacuous kind: exists-only
    """EC-first: first source answers -> its answer"""
    assert inspect.iscoroutinefunction(first_answer)


@pytest.mark.filterwarnings("ignore")
def test_no_await():  # verdict: vacuous kind: missing-await
    """EC-first: first source answers -> its answer"""
    assert first_answer([a]) is not None


@pytest.mark.filterwarnings("ignore")
def test_no_await_truthy():  # verdict: vacuous kind: missing-await
    """EC-strip: white space around -> removed"""
    assert first_answer([a])


@pytest.mark.filterwarnings("ignore")
def test_scenario_never_run():  # verdict: vacuous kind: inner-function-never-called
    """EC-next: empty answer -> the next source is asked"""

    async def scenario():
        assert await first_answer([a]) == "a"

    scenario()


def test_source_only():  # verdict: vacuous kind: tests-its-own-helper
    """EC-first: first source answers -> its answer"""
    assert asyncio.run(a()) == "a"


def test_gathered_exceptions():  # verdict: vacuous kind: swallowed-exception
    """EC-first: first source answers -> its answer"""

    async def scenario():
        return await asyncio.gather(first_answer([a]), return_exceptions=True)

    assert len(asyncio.run(scenario())) == 1


def test_suppressed_inside():  # verdict: vacuous kind: suppressed-assertion
    """EC-stop: answer found -> no further source is asked"""

    async def scenario():
        with contextlib.suppress(BaseException):
            assert await first_answer([a]) == "a"

    asyncio.run(scenario())


def test_any_error():  # verdict: vacuous kind: raises-exception
    """ER-none: no source answers -> raise NoAnswer("no answer")"""
    with pytest.raises(Exception):
        asyncio.run(first_answer([]))


def test_text():  # verdict: weak kind: isinstance-only
    """EC-first: first source answers -> its answer"""
    assert isinstance(asyncio.run(first_answer([a])), str)


def test_length():  # verdict: weak kind: len-only
    """EC-strip: white space around -> removed"""
    assert len(asyncio.run(first_answer([a]))) < 2


def test_contained():  # verdict: weak kind: in-everything
    """EC-next: empty answer -> the next source is asked"""
    assert asyncio.run(first_answer([a])) in "A or a or anything"


def test_tuple():  # verdict: weak kind: assert-on-tuple
    """EC-next: empty answer -> the next source is asked"""
    answer = asyncio.run(first_answer([a]))
    assert (answer, "a")


def test_runs_only():  # verdict: weak kind: call-only
    """EC-stop: answer found -> no further source is asked"""
    asyncio.run(first_answer([a]))


def test_lookup_error():  # verdict: weak kind: raises-base-type
    """ER-none: no source answers -> raise NoAnswer("no answer")"""
    with pytest.raises(LookupError, match="no answer"):
        asyncio.run(first_answer([]))


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-none: no source answers -> raise NoAnswer("no answer")"""
    with pytest.raises(NoAnswer):
        asyncio.run(first_answer([]))


@pytest.mark.filterwarnings("ignore")
def test_error_without_await():  # verdict: contradictory kind: missing-await
    """ER-limit: limit below one -> raise ValueError("limit below one")"""
    with pytest.raises(ValueError, match="limit below one"):
        first_answer([], 0)


def test_other_message():  # verdict: contradictory kind: wrong-message
    """ER-limit: limit below one -> raise ValueError("limit below one")"""
    with pytest.raises(ValueError, match="limit must be at least 1"):
        asyncio.run(first_answer([], 0))


def test_index_error():  # verdict: contradictory kind: wrong-error-type
    """ER-none: no source answers -> raise NoAnswer("no answer")"""
    with pytest.raises(IndexError, match="no answer"):
        asyncio.run(first_answer([]))


async def test_async_without_a_plugin():  # verdict: broken kind: async-test-without-plugin
    """EC-first: first source answers -> its answer"""
    assert await first_answer([a]) == "a"


def test_spread():  # verdict: broken kind: wrong-arity
    """EC-next: empty answer -> the next source is asked"""
    assert asyncio.run(first_answer(a, a, a)) == "a"


def test_event_loop(loop):  # verdict: broken kind: missing-fixture
    """EC-first: first source answers -> its answer"""
    assert loop.run_until_complete(first_answer([a])) == "a"
