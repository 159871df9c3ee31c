"""A case that is added to a spec by somebody else than its author, who says how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import fold
from redfirst.spec.document import read_spec
from redfirst.spec.ide.list_items import last_item
from redfirst.spec.model import CaseKind
from redfirst.spec.problem import TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.nodes import Mapping, Sequence

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
    root = document.tree
    node = root.get(key) if isinstance(root, Mapping) and not root.flow else None
    if isinstance(node, Sequence) and node.flow:
        place = node.span.end - 1
        return TextEdit(Span(place, place), f"{', ' if node.items else ''}{_quoted(line)}")
    return last_item(document, key, _item(line))


def _item(line: str) -> str:
    return _quoted(line) if _NEEDS_QUOTES.search(line) else line


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
