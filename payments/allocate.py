"""Split money without losing a cent."""

from __future__ import annotations


def allocate(amount_cents: int, weights: list[int]) -> list[int]:
    """Split `amount_cents` in proportion to `weights` by the largest remainder."""
    if any(weight < 0 for weight in weights):
        raise ValueError("negative weight")
    total = sum(weights)
    if total == 0:
        raise ValueError("no positive weight")
    if amount_cents < 0:
        return [-share for share in allocate(-amount_cents, weights)]

    shares = [amount_cents * weight // total for weight in weights]
    remainders = [amount_cents * weight % total for weight in weights]
    left_over = amount_cents - sum(shares)
    # Sorting is stable, also in reverse: equal remainders stay in the order of the weights.
    by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
    for position in by_remainder[:left_over]:
        shares[position] += 1
    return shares
