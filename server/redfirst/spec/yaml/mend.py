"""Reading on behind faults: what cannot be read is masked, and the text is read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.compose import Composition
from redfirst.spec.yaml.entry import line_start
from redfirst.spec.yaml.fault_in_flow import split_value
from redfirst.spec.yaml.fault_in_scalar import cut_value
from redfirst.spec.yaml.repair import Repair, blank_line, mask
from redfirst.spec.yaml.resync import repair_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from redfirst.spec.yaml.nodes import Scalar

MAX_REPAIRS: Final = 50
# Each repair reads the whole text again; this bounds what that may cost on a large one.
MAX_REPAIR_WORK: Final = 1_500_000

C = TypeVar("C", bound=Composition)


@dataclass(frozen=True, slots=True)
class Mended(Generic[C]):
    """The last reading, of the text as it is with everything masked, and what was wrong with it.

    `stand_ins` are the scalars that stand for masked places, by the places where they begin.
    """

    composition: C
    shadow: str
    stand_ins: Mapping[int, Scalar]
    problems: tuple[Problem, ...]


def mended(shadow: str, read: Callable[[str, Mapping[int, Scalar]], C]) -> Mended[C]:
    """Let `read` read the text, mask what it cannot read, and let it read again.

    `read` is given the text, and the scalars that stand for what is masked in it.
    """
    stand_ins: dict[int, Scalar] = {}
    problems: dict[int, Problem] = {}
    repairs = min(MAX_REPAIRS, MAX_REPAIR_WORK // (len(shadow) + 1))
    composition = read(shadow, stand_ins)
    while repairs > 0 and (repair := _repair(shadow, composition)) is not None:
        repairs -= 1
        masked = mask(shadow, repair)
        if repair.stand_in is not None:
            stand_ins[repair.span.start] = repair.stand_in
        problems.setdefault(_place(shadow, repair.problem), repair.problem)
        shadow = masked
        composition = read(shadow, stand_ins)
    if composition.failure is not None:
        at = composition.failure.offset
        problems[len(shadow)] = _unread(Span(at, at))
    return Mended(composition, shadow, stand_ins, tuple(problems.values()))


def _place(shadow: str, problem: Problem) -> int:
    """One line has one problem, but each text on it that only needs quotes has its own."""
    own = problem.code in (Code.BECAME_MAPPING, Code.CUT_BY_COMMENT)
    return problem.span.start if own else line_start(shadow, problem.span.start)


def _repair(shadow: str, composition: Composition) -> Repair | None:
    failure = composition.failure
    if failure is None and composition.cut:
        return cut_value(shadow, composition.cut[0])
    if failure is None:
        return split_value(shadow, composition.split[0]) if composition.split else None
    repair = repair_of(shadow, composition, failure)
    if mask(shadow, repair) == shadow:
        return blank_line(shadow, failure.offset, repair.problem)
    return repair


def _unread(span: Span) -> Problem:
    message = "From here on the file could not be read as YAML. Mend what is reported above first."
    return Problem(Code.YAML_SYNTAX, Severity.ERROR, message, span)
