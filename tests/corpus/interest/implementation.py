from decimal import ROUND_HALF_UP, Decimal


def accrue(principal: Decimal, rate: Decimal, days: int, /, *, year_days: int = 365) -> Decimal:
    if days < 0:
        raise ValueError("negative days")
    if year_days == 0:
        raise ZeroDivisionError("a year has days")
    interest = principal * rate * days / year_days
    return interest.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
