"""A case that is added to a spec by somebody else than its author, who says how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import fold
from redfirst.spec.document import read_spec
from redfirst.spec.model import CaseKind
from redfirst.spec.problem import TextEdit
from redfirst.spec.ranges import LineIndex, Span
from redfirst.spec.yaml.nodes import Mapping, Sequence, is_empty

if TYPE_CHECKING:
    from redfirst.spec.document import SpecDocument

_KEYS: Final = {CaseKind.EDGE_CASE: "edge_cases", CaseKind.ERROR: "errors"}
_NEEDS_QUOTES: Final = re.compile(r"\A[^A-Za-z]|: | #|:\Z")
_PLACEHOLDER: Final = "outcome"


@dataclass(frozen=True, slots=True)
class NewCase:
    """`edit` puts a case into the text; `blank` is the stretch of its new text that the person
    fills in, or where the cursor belongs.
    """

    edit: TextEdit
    blank: Span


def new_edge_case(document: SpecDocument, condition: str) -> NewCase | None:
    """One more edge case, whose outcome is left to the person. `None` where the spec has a case of
    that condition, or is written in a way that cannot be added to.
    """
    return _new_case(document, CaseKind.EDGE_CASE, condition, _PLACEHOLDER)


def new_error_case(document: SpecDocument, condition: str, error: str) -> NewCase | None:
    """The same for the errors: `error` is `ValueError("negative weight")`."""
    return _new_case(document, CaseKind.ERROR, condition, f"raise {error}")


def _new_case(
    document: SpecDocument, kind: CaseKind, condition: str, outcome: str
) -> NewCase | None:
    line = f"{fold(condition)} -> {outcome}"
    if any(case.condition == fold(condition) for case in document.cases):
        return None
    edit = _edit(document, _KEYS[kind], line)
    if edit is None or not _adds(document, edit, kind, line):
        return None
    end = len(edit.new_text.rstrip("\r\n'"))
    start = end - len(outcome) if outcome == _PLACEHOLDER else end
    return NewCase(edit, Span(start, end))


def _edit(document: SpecDocument, key: str, line: str) -> TextEdit | None:
    text, root = document.text, document.tree
    if not isinstance(root, Mapping) or root.flow:
        return None
    there, node = root.key(key), root.get(key)
    item = _item(line)
    if isinstance(node, Sequence) and node.flow:
        place = node.span.end - 1
        return TextEdit(Span(place, place), f"{', ' if node.items else ''}{_quoted(line)}")
    if isinstance(node, Sequence) and node.items:
        return _below(text, _last(text, node.span), f"{_column(text, node.span.start)}{item}")
    indent = _column(text, root.span.start)
    if there is not None and is_empty(node):
        return _below(text, there.span.end, f"{indent}  {item}")
    if there is None:
        return _below(text, _last(text, root.span), f"{indent}{key}:", f"{indent}  {item}")
    return None


def _below(text: str, offset: int, *lines: str) -> TextEdit:
    """Lines below the one at `offset`. They begin at a line's start: editors indent what a snippet
    has after its first line like the line in which it is put.
    """
    index = LineIndex(text)
    line = index.line_of(offset)
    line_break = "\r\n" if "\r\n" in text else "\n"
    if line + 1 < index.line_count:
        start = index.line_span(line + 1).start
        return TextEdit(Span(start, start), "".join(f"{each}{line_break}" for each in lines))
    return TextEdit(Span(len(text), len(text)), "".join(f"{line_break}{each}" for each in lines))


def _last(text: str, span: Span) -> int:
    """The last character of what is written there."""
    return span.start + max(len(span.of(text).rstrip()) - 1, 0)


def _column(text: str, offset: int) -> str:
    """As much space as stands before `offset` on its line."""
    index = LineIndex(text)
    return " " * (offset - index.line_span(index.line_of(offset)).start)


def _item(line: str) -> str:
    return f"- {_quoted(line)}" if _NEEDS_QUOTES.search(line) else f"- {line}"


def _quoted(line: str) -> str:
    doubled = line.replace("'", "''")
    return f"'{doubled}'"


def _adds(document: SpecDocument, edit: TextEdit, kind: CaseKind, line: str) -> bool:
    """Whether the edited text says what it said, and the new case behind the others of its kind."""
    text = document.text
    after = read_spec(text[: edit.span.start] + edit.new_text + text[edit.span.end :])
    if (document.spec is None) != (after.spec is None):
        return False
    for each in CaseKind:
        old, new = ([c.text.value for c in d.cases if c.kind is each] for d in (document, after))
        if new != ([*old, fold(line)] if each is kind else old):
            return False
    return True
