"""From a place in an implementation that no test holds to the case that would hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.coverage.leading import find_lead
from redfirst.coverage.mutation.boundary import boundary
from redfirst.coverage.mutation.reach import reach
from redfirst.coverage.outline import Outline
from redfirst.spec.ide.new_case import new_edge_case, new_error_case

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable

    from redfirst.coverage.leading import Lead
    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.spec.document import SpecDocument
    from redfirst.spec.ide.new_case import NewCase


@dataclass(frozen=True, slots=True)
class Missing:
    """What no test holds in `source`: the line, from 1, or its branch that `enters` its body or
    not. `condition` is the words of the case where more is known than what leads to the line.
    """

    source: str
    line: int
    enters: bool | None = None
    condition: str | None = None


def missing_for(source: str, mutant: Mutant) -> Missing:
    """What no test holds where none noticed a change to `source`: the boundary between two
    comparisons, else what leads to the line, else that the change matters.
    """
    between = boundary(source, mutant)
    lead = find_lead(source, mutant.line)
    condition = None
    if between is not None:
        condition = f"when `{between}`"
    elif lead is None or not lead.conditions:
        condition = f"when {mutant.change} makes a difference"
    return Missing(source, mutant.line, condition=condition)


def case_for(document: SpecDocument, missing: Missing) -> NewCase | None:
    """A case for the spec, whose outcome is the person's to say. What is raised there is an error
    of the spec. `None` where no condition is plain, or the spec has it already.
    """
    lead = find_lead(missing.source, missing.line, missing.enters)
    if lead is None or document.spec is None:
        return None
    function = document.spec.function.value
    condition = missing.condition or lead.words(function)
    if lead.error is not None and missing.condition is None:
        return new_error_case(document, condition, lead.error)
    return new_edge_case(document, condition)


def concerned(
    missing: Missing, documents: Iterable[tuple[str, SpecDocument]]
) -> tuple[tuple[str, SpecDocument], ...]:
    """The named specs of functions that come to that line; all of them where none is found to:
    what is called through a table is not seen.
    """
    every = tuple(documents)
    lead = find_lead(missing.source, missing.line, missing.enters)
    if lead is None:
        return ()
    tree = Outline(missing.source).tree
    found = tuple(each for each in every if _comes_to(tree, each[1], lead))
    return found or every


def _comes_to(tree: ast.Module, document: SpecDocument, lead: Lead) -> bool:
    spec = document.spec
    return spec is not None and lead.function in reach(tree, spec.function.value).functions
