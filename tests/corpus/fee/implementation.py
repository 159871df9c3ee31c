LIMIT = 100_000_000


def transfer_fee(amount_cents: int, express: bool = False) -> int:
    if amount_cents < 0:
        raise ValueError("negative amount")
    if amount_cents > LIMIT:
        raise OverflowError("amount above the limit")
    if amount_cents == 0:
        return 0
    fee = min(max(amount_cents // 100, 50), 2000)
    return fee * 2 if express else fee
