from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Account:
    balance_cents: int
    held_cents: int = 0


@contextmanager
def holding(account: Account, amount_cents: int) -> Iterator[int]:
    if amount_cents < 0:
        raise ValueError("negative amount")
    free = account.balance_cents - account.held_cents - amount_cents
    if free < 0:
        raise ValueError("not enough free")
    account.held_cents += amount_cents
    try:
        yield free
    finally:
        account.held_cents -= amount_cents
