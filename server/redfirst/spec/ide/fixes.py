"""Which fixes can be offered at a place, and all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.problem import Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.spec.problem import Problem, TextEdit
    from redfirst.spec.ranges import Span

FIX_ALL: Final = "Fix all that can be fixed"


def fixable(problems: Iterable[Problem], place: Span) -> Iterator[tuple[Problem, Fix]]:
    """The problems that touch `place`, with their fixes."""
    for problem in problems:
        touches = problem.span.start <= place.end and place.start <= problem.span.end
        if problem.fix is not None and touches:
            yield problem, problem.fix


def are_fixable(problems: Iterable[Problem]) -> bool:
    """Whether `fix_all` has something to do; it takes its time to say what."""
    return any(problem.fix and problem.fix.edits for problem in problems)


def fix_all(problems: Iterable[Problem]) -> Fix | None:
    """One change that applies every fix which does not get in the way of an earlier one.

    What was left out, as a rule a second insertion at one place, is offered again afterwards.
    `None` when there is nothing to fix.
    """
    taken: list[TextEdit] = []
    for problem in problems:
        edits = problem.fix.edits if problem.fix else ()
        new = [edit for edit in edits if edit not in taken]
        if not any(_collide(edit, other) for edit in new for other in taken):
            taken += new
    if not taken:
        return None
    return Fix(FIX_ALL, tuple(sorted(taken, key=lambda edit: edit.span)))


def _collide(one: TextEdit, other: TextEdit) -> bool:
    if one.span.start == other.span.start:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end
