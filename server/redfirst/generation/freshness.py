"""Which tests of a module still say what the spec says, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from redfirst.generation.links import linked_tests
from redfirst.generation.provenance import read_provenance, stale_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.links import LinkedTest
    from redfirst.spec.model import Fingerprints, Spec


class Change(StrEnum):
    """What happened to a case since its test was written."""

    NEW = "new"
    CHANGED = "changed"
    RETITLED = "retitled"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class StaleCase:
    """A case whose test is behind. `test` is its test in the module, if any.

    `RETITLED` says that only the docstring disagrees with the case's text: all that can be seen
    in a module that somebody wrote by hand.
    """

    case: str
    change: Change
    test: LinkedTest | None


def changes(text: str, spec: Spec, fingerprints: Fingerprints) -> tuple[StaleCase, ...]:
    """The stale cases of a test module: those of the spec in its order, then those removed."""
    links: dict[str, LinkedTest] = {}
    for link in linked_tests(text):
        if link.case is not None:
            links.setdefault(link.case, link)
    return tuple(
        StaleCase(case, change, links.get(case))
        for case, change in _changes(text, links, spec, fingerprints)
    )


def _changes(
    text: str, links: dict[str, LinkedTest], spec: Spec, now: Fingerprints
) -> Iterator[tuple[str, Change]]:
    provenance = read_provenance(text)
    then = provenance.cases if provenance else dict[str, str]()
    stale = stale_cases(provenance, now) if provenance else frozenset[str]()
    for case in spec.cases:
        link = links.get(case.id)
        if link is None and case.id not in then:
            yield case.id, Change.NEW
        elif case.id in stale:
            yield case.id, Change.CHANGED
        elif link is not None and link.title != case.text.value:
            yield case.id, Change.RETITLED
    known = {case.id for case in spec.cases}
    for case_id in [*then, *(link for link in links if link not in then)]:
        if case_id not in known:
            yield case_id, Change.REMOVED
