from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    name: str
    price_cents: int
    quantity: int = 1


@dataclass(frozen=True)
class Summary:
    total_cents: int = 0
    names: tuple[str, ...] = ()
    pieces: int = 0


def summarize(items: list[Item]) -> Summary:
    total = 0
    pieces = 0
    names: list[str] = []
    for item in items:
        if item.quantity < 1:
            raise ValueError("quantity below one")
        if item.price_cents < 0:
            raise ValueError("negative price")
        total += item.price_cents * item.quantity
        pieces += item.quantity
        if item.name not in names:
            names.append(item.name)
    return Summary(total, tuple(names), pieces)
