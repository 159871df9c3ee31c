import asyncio

import pytest

from net.fetch import NoAnswer, first_answer


def source(answer, log=None):
    """A source that gives this answer and writes it into the log."""

    async def ask():
        await asyncio.sleep(0)
        if log is not None:
            log.append(answer)
        return answer

    return ask


def test_first():  # verdict: red
    """EC-first: first source answers -> its answer"""
    assert asyncio.run(first_answer([source("a"), source("b")])) == "a"


def test_next():  # verdict: red
    """EC-next: empty answer -> the next source is asked"""

    async def scenario():
        return await first_answer([source(""), source("  "), source("c")])

    assert asyncio.run(scenario()) == "c"


def test_strip():  # verdict: red
    """EC-strip: white space around -> removed"""
    answer = asyncio.run(first_answer(sources=[source("  a b\n")]))
    assert answer == "a b"


def test_stop():  # verdict: red
    """EC-stop: answer found -> no further source is asked"""
    log = []
    answer = asyncio.run(first_answer([source("", log), source("b", log), source("c", log)]))
    assert answer == "b"
    assert log == ["", "b"]


@pytest.mark.parametrize("answers", [[], [""], ["", " ", ""], ["", "", "", "too late"]])
def test_none(answers):  # verdict: red
    """ER-none: no source answers -> raise NoAnswer("no answer")"""
    with pytest.raises(NoAnswer, match="^no answer$"):
        asyncio.run(first_answer([source(answer) for answer in answers]))


def test_limit():  # verdict: red
    """ER-limit: limit below one -> raise ValueError("limit below one")"""

    async def scenario():
        with pytest.raises(ValueError, match="limit below one"):
            await first_answer([source("a")], limit=0)

    asyncio.run(scenario())
