from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class GaveUp(Exception):
    pass


def call_with_retry(
    action: Callable[[], T],
    attempts: int = 3,
    *,
    on_error: Callable[[Exception], None] | None = None,
) -> T:
    if attempts < 1:
        raise ValueError("attempts below one")
    for _ in range(attempts):
        try:
            return action()
        except Exception as error:
            if on_error is not None:
                on_error(error)
    raise GaveUp("gave up")
