"""Lines that do not stand where YAML could take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.entry import (
    Entry,
    block_end,
    entry_at,
    next_entry,
    previous_entry,
)
from redfirst.spec.yaml.fault_in_scalar import unreadable_value
from redfirst.spec.yaml.intruder import intruder_above
from redfirst.spec.yaml.nodes import Mapping
from redfirst.spec.yaml.repair import Repair, fault

if TYPE_CHECKING:
    from redfirst.spec.yaml.compose import Composition, Failure


_MISFIT: Final = "This line does not fit the lines around it. Align it with those on its level."
_OUT_OF_PLACE: Final = "This item is not indented like the other lines here. Align it with them."


def marker(text: str, failure: Failure) -> Repair | None:
    """`%` or `...` at the margin, which ends what YAML takes for a document."""
    above = previous_entry(text, failure.offset)
    if "document" not in failure.problem or above is None:
        return None
    if not above.span.of(text).startswith(("%", "...")):
        return None
    message = "This line ends the spec for YAML. Remove it, or put it between quotes."
    return Repair(above.span, fault(Code.YAML_SYNTAX, message, above.content))


def intruder(text: str, failure: Failure) -> Repair | None:
    """A line that cuts the failing one off from those above."""
    if "start any token" in failure.problem:
        return None
    entry = entry_at(text, failure.offset)
    above = intruder_above(text, entry)
    if above is None:
        return None
    swallowed = failure.problem.startswith("mapping values") and above.outer < entry.outer
    own_colon = entry.key is not None and failure.offset <= entry.key_span.end
    if failure.offset > entry.content.start and not own_colon and not swallowed:
        return None
    shown = above.content if above.content.of(text).strip() else above.span
    return Repair(above.span, fault(Code.YAML_SYNTAX, _MISFIT, shown))


def wrong_root(text: str, composition: Composition, failure: Failure) -> Repair | None:
    """A key at the margin, below something that is no mapping at the margin."""
    root, entry = composition.root, entry_at(text, failure.offset)
    if root is None or entry.outer > 0 or entry.key is None or entry.item:
        return None
    first = entry_at(text, root.span.start)
    at_margin = isinstance(root, Mapping) and first.outer == 0 and not first.item
    if at_margin or first.span.start >= entry.span.start:
        return None
    message = "This line does not fit the keys below. A spec is a mapping, its keys at the margin."
    shown = first.content if first.content.of(text).strip() else first.span
    return Repair(Span(first.span.start, entry.span.start), fault(Code.YAML_SYNTAX, message, shown))


def misplaced(text: str, failure: Failure) -> Repair:
    """A token that cannot stand where it stands: a reserved start, or a wrong indentation."""
    entry = entry_at(text, failure.offset)
    first = text[entry.value.start : entry.value.start + 1]
    is_stray = entry.key is None and not entry.item and first in ("]", "}", ",")
    if is_stray:
        return _blanked(text, failure, entry)
    if first and first in "'\"`@%*&!|>[]{},?" and failure.offset >= entry.value.start:
        return unreadable_value(text, entry)
    return _blanked(text, failure, entry)


def _blanked(text: str, failure: Failure, entry: Entry) -> Repair:
    root_list = failure.origin is not None and "collection" in failure.context
    if root_list and failure.origin is not None and entry.outer == 0:
        entry = entry_at(text, failure.origin)
    below = next_entry(text, entry.span.start)
    alone = below is not None and intruder_above(text, below) == entry
    span = entry.span if alone else Span(entry.span.start, block_end(text, entry, entry.outer))
    shown = entry.content if entry.content.of(text).strip() else entry.span
    if shown.start == shown.end:
        span = Span(entry.span.start, len(text))
        shown = Span(failure.offset, failure.offset)
    return Repair(span, fault(Code.YAML_SYNTAX, _blanked_message(failure, entry), shown))


def _blanked_message(failure: Failure, entry: Entry) -> str:
    if "document" in failure.problem:
        return "YAML ends before this line. Remove what ends it above, or this line."
    if "collection" in failure.context and not entry.item:
        return "This line stands among the items of a list. Give it a dash, or indent it as a key."
    if entry.item:
        return _OUT_OF_PLACE
    return _MISFIT
