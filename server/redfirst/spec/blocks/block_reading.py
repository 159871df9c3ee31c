"""What one block says, wherever it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import generated_id
from redfirst.spec.parse_cases import LISTS, parse_case
from redfirst.spec.reading import Reading
from redfirst.spec.rules.agreement import comparable_calls
from redfirst.spec.rules.cases import comparable_condition
from redfirst.spec.rules.money import says_how_exact
from redfirst.spec.shape import item_shape_problems
from redfirst.spec.yaml.compose import Composition, compose
from redfirst.spec.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence
from redfirst.spec.yaml.traps import traps
from redfirst.spec.yaml.tree import node_problems, refused_features

if TYPE_CHECKING:
    from redfirst.spec.model import Case
    from redfirst.spec.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class CaseReading:
    """The case that an item holds, without an id; `made_id` is what its id is made from.

    `condition`, `calls` and `written_id` are what it is compared by with the other cases; `exact`
    says whether it holds a rule about precision.
    """

    case: Case
    made_id: str
    condition: str | None
    calls: tuple[str, ...]
    written_id: str | None
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class BlockReading:
    """What was read of a block. Places count from the beginning of what was put before it.

    That is the line of its list's key for an item, and nothing for an entry. `problems` are all
    that an item has on its own, usable as a case or not. An entry has more, seen together with the
    other entries.
    """

    lead: str
    pair: Pair
    composition: Composition
    problems: tuple[Problem, ...]
    case: CaseReading | None = None

    @property
    def item(self) -> Node:
        """The item's node; of an entry, what the key has."""
        value = self.pair.value
        return value.items[0] if self.lead and isinstance(value, Sequence) else value


# Its value may stand where the next block begins.
_EXPLICIT_KEY: Final = re.compile(r"^[ -]*\?(?![^ \r\n])", re.MULTILINE)


# As many items as two specs of some eight thousand lines have, at a few kilobytes each.
@lru_cache(maxsize=4096)
def read_block(
    key: str, lead: str, masked: str, text: str, stand_ins: tuple[Scalar, ...]
) -> BlockReading | None:
    """Read a block of a text, of which some may be masked; `None` if it cannot be read alone.

    `lead` is put before it, the line of its key before an item. `stand_ins` stand for what is
    masked, with places as in the result.
    """
    if _EXPLICIT_KEY.search(masked) or (lead and _has_misfit(masked)):
        return None
    composition = compose(lead + masked, {scalar.span.start: scalar for scalar in stand_ins})
    pair = _only_pair(composition)
    if (
        pair is None
        or not isinstance(pair.key, Scalar)
        or pair.key.text != key
        or pair.key.repaired
    ):
        return None
    problems = refused_features(lead + text, composition)
    if not lead:
        return BlockReading(lead, pair, composition, tuple(problems))
    if not isinstance(pair.value, Sequence) or pair.value.flow or len(pair.value.items) != 1:
        return None
    reading, node = Reading(lead + text), pair.value.items[0]
    case = parse_case(reading, node, LISTS[key])
    problems = (
        *problems,
        *node_problems(reading.text, node),
        *item_shape_problems(reading.text, key, node),
        *traps(node),
        *reading.problems,
    )
    return BlockReading(lead, pair, composition, problems, _compared(case) if case else None)


def _has_misfit(item: str) -> bool:
    """Whether a line but the first is neither a comment nor indented deeper than the dash."""
    column = item.index("-")
    return re.search(rf"\n {{0,{column}}}[^ \r\n#]", item) is not None


def _only_pair(composition: Composition) -> Pair | None:
    root = composition.root
    is_whole = composition.failure is None and composition.too_large is None
    if not is_whole or composition.second_document is not None or not isinstance(root, Mapping):
        return None
    is_plain = not root.flow and root.span.start == 0 and len(root.pairs) == 1
    return root.pairs[0] if is_plain else None


def _compared(case: Case) -> CaseReading:
    return CaseReading(
        case,
        generated_id(case.kind, case.condition),
        comparable_condition(case),
        comparable_calls(case),
        case.written_id.value if case.written_id else None,
        says_how_exact(case.text.value),
    )
