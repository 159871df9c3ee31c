"""Which mutants a spec waives, and which of its waivers waive nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.spec.model import MutantWaiver


def waiver_of(mutant: Mutant, waivers: Iterable[MutantWaiver]) -> MutantWaiver | None:
    """The waiver that names the mutant's line and change, as it would be written by a person:
    white space and backticks do not count, nor where the line stands.
    """
    return next((waiver for waiver in waivers if _names(waiver, mutant)), None)


def unused(waivers: Iterable[MutantWaiver], mutants: Iterable[Mutant]) -> tuple[MutantWaiver, ...]:
    """The waivers that name no mutant: the line or the rule has changed since."""
    every = tuple(mutants)
    return tuple(
        waiver for waiver in waivers if not any(_names(waiver, mutant) for mutant in every)
    )


def _names(waiver: MutantWaiver, mutant: Mutant) -> bool:
    named = (_plain(waiver.code.value), _plain(waiver.change.value))
    return named == (_plain(mutant.line_text), _plain(mutant.change))


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())
