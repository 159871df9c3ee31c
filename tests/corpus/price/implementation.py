from typing import Optional


def find_price(catalog: dict[str, int], code: str) -> Optional[int]:
    wanted = code.strip().lower()
    if not wanted:
        raise KeyError("empty code")
    for known, price in catalog.items():
        if known.strip().lower() == wanted:
            return price
    return None
