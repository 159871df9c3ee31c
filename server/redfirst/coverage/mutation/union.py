"""Several specs may be about one implementation: what their tests notice together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.strength import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.coverage.mutation.strength import StrengthResult, Tried

# A change that the tests of one spec notice is noticed.
_BEST_FIRST: Final = (Fate.NOTICED, Fate.TIMED_OUT, Fate.WAIVED, Fate.SURVIVED, Fate.NOT_RUN)


def together(results: Sequence[StrengthResult]) -> tuple[StrengthResult, ...]:
    """The results, of one text, with each mutant as it ended best in any of them."""
    every = [one for result in results for one in result.tried]
    fates = {_place(one.mutant): one for one in sorted(every, key=_rank, reverse=True)}
    return tuple(
        replace(result, tried=tuple(_ended(one, fates) for one in result.tried))
        for result in results
    )


def once(results: Iterable[StrengthResult]) -> tuple[Tried, ...]:
    """Each mutant of results that were put `together`, in the order of the source."""
    found = {_place(one.mutant): one for result in results for one in result.tried}
    return tuple(found[place] for place in sorted(found))


def _ended(one: Tried, fates: dict[tuple[int, int, str], Tried]) -> Tried:
    best = fates[_place(one.mutant)]
    return replace(one, fate=best.fate, test=best.test, reason=best.reason)


def _place(mutant: Mutant) -> tuple[int, int, str]:
    return mutant.span.start, mutant.span.end, mutant.after


def _rank(one: Tried) -> int:
    return _BEST_FIRST.index(one.fate)
