"""Match the ledger with the bank statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW: Final = timedelta(days=2)


@dataclass(frozen=True)
class Entry:
    """One movement of money, in the ledger or on the bank statement."""

    id: str
    amount_cents: int
    date: date


@dataclass(frozen=True)
class Match:
    """A ledger entry and the statement entry that settles it."""

    ledger: Entry
    statement: Entry


@dataclass(frozen=True)
class ReconResult:
    """What was matched, what the bank has not shown yet, and what the ledger does not know."""

    matched: tuple[Match, ...] = ()
    pending: tuple[Entry, ...] = ()
    unexplained: tuple[Entry, ...] = ()


def reconcile_batch(ledger: list[Entry], statement: list[Entry]) -> ReconResult:
    """Match entries of equal amount, at most two days apart, greedily and oldest first."""
    _check(ledger, statement)
    books_begin = min((entry.date for entry in ledger), default=date.max)
    free = _oldest_first(statement)
    matched: list[Match] = []
    pending: list[Entry] = []
    for entry in _oldest_first(ledger):
        partner = _find_partner(entry, free, books_begin)
        if partner is None:
            pending.append(entry)
        else:
            free.remove(partner)
            matched.append(Match(entry, partner))
    return ReconResult(tuple(matched), tuple(pending), tuple(free))


def _check(ledger: Sequence[Entry | None], statement: Sequence[Entry]) -> None:
    if None in ledger:
        raise ValueError("null ledger entry")
    if any(entry.amount_cents < 0 for entry in statement):
        raise ValueError("negative statement amount")


def _oldest_first(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.date)


def _find_partner(entry: Entry, candidates: list[Entry], books_begin: date) -> Entry | None:
    for candidate in candidates:
        if candidate.date < books_begin:
            continue
        same_amount = candidate.amount_cents == entry.amount_cents
        if same_amount and abs(candidate.date - entry.date) <= WINDOW:
            return candidate
    return None
