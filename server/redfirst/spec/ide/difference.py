"""One text made into another by edits that leave alone what is the same."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final

from redfirst.spec.problem import TextEdit
from redfirst.spec.ranges import Span

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


def line_edits(before: str, after: str) -> tuple[TextEdit, ...]:
    """Edits of whole lines, in order, that turn `before` into `after`; none when they are equal."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    starts = [0, *accumulate(map(len, old))]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        TextEdit(Span(starts[first], starts[last]), "".join(new[start:end]))
        for kind, first, last, start, end in matcher.get_opcodes()
        if kind != "equal"
    )
