from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    taken_cents: int
    left_cents: int
    note: str = ""


class InsufficientFunds(ValueError):
    pass


@dataclass
class Wallet:
    owner: str
    balance_cents: int = 0

    def withdraw(self, amount_cents: int, *, note: str = "") -> Receipt:
        if amount_cents <= 0:
            raise ValueError("amount must be positive")
        if amount_cents > self.balance_cents:
            raise InsufficientFunds("insufficient funds")
        self.balance_cents -= amount_cents
        return Receipt(amount_cents, self.balance_cents, note)
