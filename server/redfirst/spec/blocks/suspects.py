"""The cases in which the rules may find something; they would find nothing in the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.spec import rules
from redfirst.spec.parse import parse
from redfirst.spec.yaml.nodes import Mapping
from redfirst.spec.yaml.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from redfirst.spec.blocks.block_reading import CaseReading
    from redfirst.spec.rules.subject import Subject

# What the rules of a single case rest on, beside the case.
CONTEXT_KEYS: Final = frozenset({"function", "module", "signature", "types", "imports"})


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The head of a spec, for rules that look at its values and not at their places."""

    subject: Subject


@lru_cache(maxsize=16)
def context_of(head: str) -> Context | None:
    """The context that the entries in `head` make; the same one for the same text."""
    root = read_tree(head).root
    if not isinstance(root, Mapping):
        return None
    return Context(replace(parse(head, root).subject, mutant_waivers=()))


def suspects(context: Context | None, cases: Sequence[CaseReading]) -> frozenset[int]:
    """The numbers of all cases that rules of a single case object to, that are alike to another
    case, and of one that holds a rule about precision.

    A spec with only these cases has all the problems of the whole one, and no others, as long as it
    is said that cases were left out.
    """
    unclean = {
        number for number, one in enumerate(cases) if context is None or not _is_clean(context, one)
    }
    exact = next((number for number, one in enumerate(cases) if one.exact), None)
    return frozenset(
        unclean.union(
            () if exact is None else (exact,),
            _alike((number, one.condition) for number, one in enumerate(cases)),
            _alike((number, call) for number, one in enumerate(cases) for call in one.calls),
            _alike((number, one.written_id) for number, one in enumerate(cases)),
        )
    )


@lru_cache(maxsize=4096)
def _is_clean(context: Context, one: CaseReading) -> bool:
    """Whether the rules of a single case find nothing; they look at values, not at places."""
    subject = replace(context.subject, cases=(one.case,))
    return next(rules.check_cases(subject), None) is None


def _alike(claims: Iterable[tuple[int, str | None]]) -> Iterator[int]:
    """The numbers of those that claim what another one claims too."""
    first: dict[str, int] = {}
    for number, claim in claims:
        if claim is None:
            continue
        if claim in first:
            yield first[claim]
            yield number
        else:
            first[claim] = number
