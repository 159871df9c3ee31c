"""Any text to a tree of ranged nodes, with everything that keeps it from being plain YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.compose import Composition, Property, compose
from redfirst.spec.yaml.entry import entry_at, line_start
from redfirst.spec.yaml.fault_in_flow import split_value
from redfirst.spec.yaml.fault_in_scalar import cut_value
from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Scalar, Style, is_empty, walk
from redfirst.spec.yaml.quote import quote_fix, without_comment
from redfirst.spec.yaml.repair import Repair, blank_line, mask
from redfirst.spec.yaml.resync import repair_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TEXT: Final = 1_000_000
# A binary file has one at every other character; nobody reads on after these.
MAX_REFUSED: Final = 100
MAX_REPAIRS: Final = 50
# Each repair reads the whole text again; this bounds what that may cost on a large one.
MAX_REPAIR_WORK: Final = 1_500_000

_REFUSED: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+"
)
_BOM: Final = "\ufeff"
_REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Tree:
    """What could be read of a text. `root` is `None` when there is nothing in it."""

    root: Node | None
    problems: tuple[Problem, ...]


def read_tree(text: str) -> Tree:
    """The nodes of `text` with offsets into it, and its problems as YAML. Never raises.

    A faulty line costs only itself: the lines around it are read as if it were mended.
    """
    if len(text) > MAX_TEXT:
        return Tree(None, (_too_large(Span(0, 0)),))
    shadow, problems = _readable(text)
    composition, repaired = _composed(shadow)
    root = composition.root
    if composition.too_large is not None:
        at = composition.too_large
        return Tree(None, (_too_large(Span(at, at + 1)),))
    return Tree(
        root,
        (*problems, *repaired, *_refused(shadow, composition), *_inside(shadow, root)),
    )


def _readable(text: str) -> tuple[str, tuple[Problem, ...]]:
    """`text`, of the same length, without characters that YAML's reader refuses."""
    # A line break keeps the offsets and leaves the first key at its column.
    shadow = "\n" + text[1:] if text.startswith(_BOM) else text
    refused = islice(_REFUSED.finditer(shadow), MAX_REFUSED)
    problems = tuple(_unreadable(match) for match in refused)
    if not problems:
        return shadow, ()
    return _REFUSED.sub(lambda match: _REPLACEMENT * len(match[0]), shadow), problems


def _unreadable(match: re.Match[str]) -> Problem:
    message = (
        f"The character U+{ord(match[0][0]):04X} cannot stand in a YAML file. Remove it, or write "
        "it as an escape between double quotes."
    )
    fix = Fix("Remove it", (TextEdit(Span(*match.span()), ""),))
    return Problem(Code.YAML_SYNTAX, Severity.ERROR, message, Span(*match.span()), fix)


def _composed(shadow: str) -> tuple[Composition, list[Problem]]:
    """Read, mask what cannot be read, and read again."""
    stand_ins: dict[int, Scalar] = {}
    problems: dict[int, Problem] = {}
    repairs = min(MAX_REPAIRS, MAX_REPAIR_WORK // (len(shadow) + 1))
    composition = compose(shadow, stand_ins)
    while repairs > 0 and (repair := _repair(shadow, composition)) is not None:
        repairs -= 1
        masked = mask(shadow, repair)
        if repair.stand_in is not None:
            stand_ins[repair.span.start] = repair.stand_in
        problems.setdefault(_place(shadow, repair.problem), repair.problem)
        shadow = masked
        composition = compose(shadow, stand_ins)
    if composition.failure is not None:
        at = composition.failure.offset
        problems[len(shadow)] = _unread(Span(at, at))
    return composition, list(problems.values())


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


def _too_large(span: Span) -> Problem:
    message = (
        "This is more than a spec may hold (a million characters, 200,000 values, 64 levels). "
        "Split it, or nest it less deeply."
    )
    return Problem(Code.TOO_LARGE, Severity.ERROR, message, span)


def _refused(text: str, composition: Composition) -> Iterator[Problem]:
    """Features of YAML that have no place in a spec."""
    for one in composition.properties:
        yield _refused_property(text, one)
    if composition.second_document is not None:
        yield _second_document(text, composition.second_document)


def _refused_property(text: str, one: Property) -> Problem:
    name = "A tag" if one.span.of(text).startswith("!") else "An anchor"
    entry = entry_at(text, one.span.start)
    fix = None
    if entry.value.start == one.span.start and (value := without_comment(entry.value.of(text))):
        fix = quote_fix(value, Span(entry.value.start, entry.value.start + len(value)))
    message = (
        f"{name} (`{one.span.of(text)}`) cannot stand in a spec. Write the value out, or put the "
        "text between quotes."
    )
    return Problem(Code.YAML_FEATURE_REFUSED, Severity.ERROR, message, one.span, fix)


def _second_document(text: str, offset: int) -> Problem:
    message = "A second document begins here; a file holds one spec. Move it to a file of its own."
    return Problem(
        Code.NOT_A_SPEC, Severity.ERROR, message, Span(offset, entry_at(text, offset).span.end)
    )


def _inside(text: str, root: Node | None) -> Iterator[Problem]:
    """Problems of single nodes."""
    for node in () if root is None else walk(root):
        if isinstance(node, Alias):
            yield _refused_alias(text, node)
        elif isinstance(node, Mapping):
            yield from _keys(node)


def _refused_alias(text: str, alias: Alias) -> Problem:
    message = (
        f"An alias (`*{alias.name}`) cannot stand in a spec. Write the value out, or put the text "
        "between quotes."
    )
    fix = quote_fix(alias.span.of(text), alias.span)
    return Problem(Code.YAML_FEATURE_REFUSED, Severity.ERROR, message, alias.span, fix)


def _keys(mapping: Mapping) -> Iterator[Problem]:
    seen: set[str] = set()
    for pair in mapping.pairs:
        key = pair.key
        if not isinstance(key, Scalar):
            continue
        if key.text == "<<" and key.style is Style.PLAIN:
            yield _merge_key(key)
        elif key.text in seen and not is_empty(key):
            yield _duplicate(key)
        seen.add(key.text)


def _merge_key(key: Scalar) -> Problem:
    message = "A merge key (`<<`) cannot stand in a spec. Write the keys out."
    return Problem(Code.YAML_FEATURE_REFUSED, Severity.ERROR, message, key.span)


def _duplicate(key: Scalar) -> Problem:
    message = f"`{key.text}` stands here twice; only the first is read. Remove or rename one."
    return Problem(Code.DUPLICATE_KEY, Severity.ERROR, message, key.span)
