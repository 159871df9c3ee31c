"""New names inside of a spec: for a case, and for the function."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import ID_PATTERN
from redfirst.spec.document import SpecDocument, read_spec
from redfirst.spec.ide.function_places import example_spans, name_span, signature_span
from redfirst.spec.names import defined_names, imported_names
from redfirst.spec.problem import Severity, TextEdit
from redfirst.spec.ranges import LineIndex, Span
from redfirst.spec.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from redfirst.spec.model import Case
    from redfirst.spec.yaml.nodes import Node

# What YAML, of whatever version, reads as a text without quotes.
_PLAIN: Final = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[a-z].*", re.IGNORECASE)
_UNREADABLE: Final = "The spec cannot be read as a whole yet. Mend its errors, then rename."


@dataclass(frozen=True, slots=True)
class Renamed:
    """The edits of the spec's text, and the spec as it will be."""

    edits: tuple[TextEdit, ...]
    document: SpecDocument


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is renamed, and what to do first."""

    message: str


def rename_case(document: SpecDocument, case: Case, new_id: str) -> Renamed | Refusal:
    """The spec with another id for `case`: the written one replaced, or one written down."""
    if document.spec is None:
        return Refusal(_UNREADABLE)
    if ID_PATTERN.fullmatch(new_id) is None:
        return Refusal(
            f"`{new_id}` cannot be the id of a case. Use letters, digits, `-`, `_` and `.`, with a "
            "letter or digit first."
        )
    if any(other.id == new_id for other in document.cases):
        return Refusal(f"This spec has a case `{new_id}` already. Choose another id.")
    wanted = [new_id if each is case else each.id for each in document.cases]
    renamed = _tried(document, _id_edits(document, case, new_id), _has_ids(wanted))
    return renamed or Refusal(
        f"`{case.id}` cannot be renamed where it stands without a change to another case. Write "
        "it in the long form, with `case:` and `id:`, then rename."
    )


def rename_function(document: SpecDocument, new_name: str) -> Renamed | Refusal:
    """The spec with another name for its function; that of a method's class stays."""
    name = name_span(document)
    if document.spec is None or name is None:
        return Refusal(_UNREADABLE)
    if not new_name.isidentifier() or keyword.iskeyword(new_name):
        return Refusal(f"`{new_name}` cannot be the name of a function in Python.")
    if new_name in defined_names(document.spec.types) | (
        imported_names(document.spec.imports) or frozenset()
    ):
        return Refusal(f"`{new_name}` means something else in this spec. Choose another name.")
    spans, placed = example_spans(document)
    if not placed:
        return Refusal(
            f"An example names `{name.of(document.text)}` behind an escape or in a folded text, "
            "where it cannot be placed. Write that call on one plain line, then rename."
        )
    signature = signature_span(document)
    every = (name, *((signature,) if signature else ()), *spans)
    edits = tuple(TextEdit(span, new_name) for span in sorted(every))
    function = document.spec.function.value.removesuffix(name.of(document.text)) + new_name
    renamed = _tried(document, edits, _has_function(function))
    return renamed or Refusal(f"The spec would not be sound with `{new_name}` for its function.")


def _tried(
    document: SpecDocument,
    edits: tuple[TextEdit, ...],
    is_meant: Callable[[SpecDocument], bool],
) -> Renamed | None:
    """`None` unless the spec then says what it should, with no error that it had not before."""
    after = read_spec(_edited(document.text, edits))
    sound = not _errors(after) - _errors(document)
    if after.spec is None or len(after.cases) != len(document.cases) or not sound:
        return None
    return Renamed(edits, after) if is_meant(after) else None


def _errors(document: SpecDocument) -> Counter[str]:
    found = (each.code for each in document.problems if each.severity is Severity.ERROR)
    return Counter(code.value for code in found)


def _has_ids(wanted: list[str]) -> Callable[[SpecDocument], bool]:
    return lambda document: [case.id for case in document.cases] == wanted


def _has_function(function: str) -> Callable[[SpecDocument], bool]:
    return lambda document: document.spec is not None and document.spec.function.value == function


def _id_edits(document: SpecDocument, case: Case, new_id: str) -> tuple[TextEdit, ...]:
    written = new_id if _PLAIN.fullmatch(new_id) else f'"{new_id}"'
    if case.written_id is None:
        return tuple(_new_id(document, case, written))
    old = case.written_id.span
    quote = old.of(document.text)[:1]
    return (TextEdit(old, f"{quote}{new_id}{quote}" if quote in {"'", '"'} else written),)


def _new_id(document: SpecDocument, case: Case, written: str) -> Iterator[TextEdit]:
    text, node = document.text, _node_of(document, case)
    if isinstance(node, Mapping) and node.pairs:
        last = node.pairs[-1] if node.flow else node.pairs[0]
        at = _end_of_value(text, last.value)
        gap = ", " if node.flow else _line_break(text) + " " * _column(text, node.pairs[0].key)
        yield TextEdit(Span(at, at), f"{gap}id: {written}")
    elif isinstance(node, Scalar):
        yield TextEdit(Span(node.span.start, node.span.start), "case: ")
        gap = _line_break(text) + " " * _column(text, node)
        yield TextEdit(Span(node.span.end, node.span.end), f"{gap}id: {written}")


def _node_of(document: SpecDocument, case: Case) -> Node | None:
    tree = document.tree
    for _, section in tree.named() if isinstance(tree, Mapping) else ():
        for item in section.items if isinstance(section, Sequence) else ():
            if item.span == case.span:
                return item
    return None


def _end_of_value(text: str, node: Node) -> int:
    """Behind the value; behind a comment on its line, too, if it ends that line."""
    end = node.span.end
    rest = re.compile(r"[ \t]+#[^\r\n]*").match(text, end)
    return rest.end() if rest else end


def _column(text: str, node: Node) -> int:
    lines = LineIndex(text)
    return node.span.start - lines.line_span(lines.line_of(node.span.start)).start


def _line_break(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def _edited(text: str, edits: tuple[TextEdit, ...]) -> str:
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
    return text
