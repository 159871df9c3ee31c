from collections.abc import Awaitable, Callable, Sequence


class NoAnswer(LookupError):
    pass


async def first_answer(sources: Sequence[Callable[[], Awaitable[str]]], limit: int = 3) -> str:
    if limit < 1:
        raise ValueError("limit below one")
    for source in sources[:limit]:
        answer = (await source()).strip()
        if answer:
            return answer
    raise NoAnswer("no answer")
