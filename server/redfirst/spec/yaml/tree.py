"""Any text to a tree of ranged nodes, with everything that keeps it from being plain YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.compose import Composition, Property, compose
from redfirst.spec.yaml.entry import entry_at
from redfirst.spec.yaml.mend import mended
from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Scalar, Style, is_empty, walk
from redfirst.spec.yaml.quote import quote_fix, without_comment
from redfirst.spec.yaml.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TEXT: Final = 1_000_000


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
    shadow, problems = readable(text)
    read = mended(shadow, compose)
    composition, root = read.composition, read.composition.root
    if composition.too_large is not None:
        at = composition.too_large
        return Tree(None, (_too_large(Span(at, at + 1)),))
    return Tree(
        root,
        (
            *problems,
            *read.problems,
            *refused_features(shadow, composition),
            *node_problems(shadow, root),
        ),
    )


def _too_large(span: Span) -> Problem:
    message = (
        "This is more than a spec may hold (a million characters, 200,000 values, 64 levels). "
        "Split it, or nest it less deeply."
    )
    return Problem(Code.TOO_LARGE, Severity.ERROR, message, span)


def refused_features(text: str, composition: Composition) -> Iterator[Problem]:
    """Anchors, tags and further documents: features of YAML that have no place in a spec."""
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


def node_problems(text: str, root: Node | None) -> Iterator[Problem]:
    """Problems of single nodes of `root`: aliases, merge keys, keys that stand there twice."""
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
