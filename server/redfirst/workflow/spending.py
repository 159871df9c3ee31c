"""Tokens and money that one command spends on models."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from redfirst.project.configuration import Configuration

_MILLION: Final = 1_000_000
# What a provider charges for its cache, as parts of the price of a token that is read anew.
_INPUT_SHARES: Final = {
    "input_tokens": 1.0,
    "cache_creation_input_tokens": 1.25,
    "cache_read_input_tokens": 0.1,
}
_OUTPUT: Final = "output_tokens"


class BudgetExceededError(Exception):
    """The next answer could cost more tokens than are left."""


@dataclass
class Spending:
    """`used` tokens of those that the command may use; `reserved` are those of open requests."""

    budget: int
    used: int = 0
    reserved: int = 0

    @contextmanager
    def reserve(self, tokens: int) -> Generator[None]:
        """Room for one answer. `BudgetExceededError` when there is none."""
        if self.used + self.reserved + tokens > self.budget:
            raise BudgetExceededError
        self.reserved += tokens
        try:
            yield
        finally:
            self.reserved -= tokens

    def spend(self, usage: Mapping[str, int]) -> None:
        """Count what a server says that it has counted."""
        self.used += sum(usage.get(name, 0) for name in (*_INPUT_SHARES, _OUTPUT))


def cost(usage: Mapping[str, int], configuration: Configuration) -> float | None:
    """An estimate in dollars; `None` when the project names no prices."""
    prices = configuration.input_price, configuration.output_price
    if prices[0] is None or prices[1] is None:
        return None
    read = sum(usage.get(name, 0) * share for name, share in _INPUT_SHARES.items())
    return round((read * prices[0] + usage.get(_OUTPUT, 0) * prices[1]) / _MILLION, 6)


def batch_cost(usage: Mapping[str, int], configuration: Configuration) -> float | None:
    """The same for what was asked in a batch, which is half of it."""
    whole = cost(usage, configuration)
    return None if whole is None else round(whole / 2, 6)
