"""A waiver of a change to the implementation, added to a spec but for its reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from redfirst.spec.document import read_spec
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.ide.list_items import last_item
from redfirst.spec.ide.new_case import NewCase
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from redfirst.spec.document import SpecDocument
    from redfirst.spec.problem import TextEdit

_KEY: Final = "waive_mutants"
_ANY_REASON: Final = "a reason"


def new_mutant_waiver(document: SpecDocument, code: str, change: str) -> NewCase | None:
    """Waives what is done (`change`) to the line `code`. Its blank is the reason, which is the
    person's, and asked for until it is there.

    `None` where the spec is written in a way that cannot be added to.
    """
    edit = _edit(document, code, change, "")
    if edit is None or not _adds(document, code, change):
        return None
    blank = len(edit.new_text.rstrip("\r\n")) - 1  # between the quotes
    return NewCase(edit, Span(blank, blank))


def _edit(document: SpecDocument, code: str, change: str, reason: str) -> TextEdit | None:
    keys = {"code": code, "change": change.replace("`", ""), "reason": reason}
    return last_item(document, _KEY, *(f"{key}: {_quoted(text)}" for key, text in keys.items()))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _adds(document: SpecDocument, code: str, change: str) -> bool:
    """Whether the spec would say what it said, and the waiver, once a reason is there."""
    edit = _edit(document, code, change, _ANY_REASON)
    if edit is None or document.spec is None:
        return False
    text = document.text
    after = read_spec(text[: edit.span.start] + edit.new_text + text[edit.span.end :]).spec
    if after is None or fingerprints(after) != fingerprints(document.spec):
        return False
    said = [(one.code.value, one.reason.value) for one in after.mutant_waivers]
    return len(said) == len(document.spec.mutant_waivers) + 1 and (code, _ANY_REASON) in said
