from collections.abc import Callable


def make_discount(percent: int, floor_cents: int = 0) -> Callable[[int], int]:
    if not 0 <= percent <= 100:
        raise ValueError("percent out of range")

    def discounted(price_cents: int) -> int:
        if price_cents < 0:
            raise ValueError("negative price")
        return max(price_cents - price_cents * percent // 100, floor_cents)

    return discounted
