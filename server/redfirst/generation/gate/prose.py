"""Markdown fences and sentences that models put around code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from redfirst.generation.syntax import syntax_tree
from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FENCE: Final = re.compile(r"^[ \t]*(?:```+|~~~+)[^\n`]*(?:\n|\Z)", re.MULTILINE)
_CODE_FENCE: Final = re.compile(
    r"[ \t]*(?:```+|~~~+)[ \t]*(?:python3?|py|pytest)?\s*\Z", re.IGNORECASE
)
_FIRST_LINE: Final = re.compile(
    r"^(?:import |from |def |async def |class |@|#|\"\"\"|'''|\w+(?:: \w+)? = )", re.MULTILINE
)
_DEFINES: Final = re.compile(r"^\s*(?:import|from|(?:async )?def|class)\b", re.MULTILINE)
_CODE_LINE: Final = re.compile(
    r"""^[ \t]*(?:
        (?:def|class|async|with|for|if|elif|else|try|except|while)\b.*:[ \t]*$
        | (?:assert|return|raise|import)[ \t] | from[ \t]+[\w.]+[ \t]+import\b
        | @\w | \w+[ \t]*=[ \t] | [)\]}]
    )""",
    re.MULTILINE | re.VERBOSE,
)
_BLANK: Final = re.compile(r"\n[ \t]*(?=\n)")
_VISIBLE: Final = re.compile(r"[^\r\n]")
_MOST_FENCES: Final = 40
_MOST_TRIES: Final = 12


@dataclass(frozen=True, slots=True)
class _Fence:
    """A fence line and whether code can begin behind it."""

    span: Span
    opens_code: bool


def strip_prose(text: str) -> tuple[str, int]:
    """`text` without what is not code, and how many stretches were taken away.

    A text that Python can read is left alone, and so is one in which no code can be found.
    """
    spans = prose_spans(text)
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return text, len(spans)


def blanked(text: str, spans: Sequence[Span]) -> str:
    """`text` with blanks at `spans`, so that every place stays what it was."""
    for span in spans:
        text = text[: span.start] + _VISIBLE.sub(" ", span.of(text)) + text[span.end :]
    return text


def find(spans: Sequence[Span]) -> Iterator[Problem]:
    """RF201 for each stretch of prose; one fix takes all of them away."""
    fix = Fix("Keep only the code", tuple(TextEdit(span, "") for span in spans))
    for span in spans:
        yield Problem(
            Code.PROSE_AROUND_CODE,
            Severity.ERROR,
            "This is not part of the test module, which must hold code only. Remove it.",
            span,
            fix,
        )


def prose_spans(text: str) -> tuple[Span, ...]:
    """The stretches of `text` that are not code, in order; none when nothing else would parse."""
    if syntax_tree(text) is not None:
        return ()
    kept = _fenced(text) or _unfenced(text)
    return tuple(_between(kept, len(text))) if kept else ()


def _between(kept: Sequence[Span], length: int) -> Iterator[Span]:
    edges = [0, *(edge for span in kept for edge in (span.start, span.end)), length]
    for start, end in list(pairwise(edges))[::2]:
        if start < end:
            yield Span(start, end)


def _parses(text: str, span: Span) -> bool:
    code = span.of(text)
    return bool(code.strip()) and syntax_tree(code) is not None


def _holds_code(text: str, kept: Span) -> bool:
    """Whether anything outside `kept` reads like code."""
    outside = (text[: kept.start], text[kept.end :])
    return any(_CODE_LINE.search(part) is not None for part in outside)


def _is_code(text: str, span: Span) -> bool:
    """A lone word of prose is valid Python too, so ask for something to run."""
    return _DEFINES.search(span.of(text)) is not None and _parses(text, span)


def _fenced(text: str) -> list[Span]:
    """The fenced blocks of Python.

    A block ends at the last fence that leaves it valid: a docstring may hold fences too.
    """
    fences = [
        _Fence(Span(*match.span()), _CODE_FENCE.fullmatch(match[0]) is not None)
        for match in _FENCE.finditer(text)
    ][:_MOST_FENCES]
    blocks: list[Span] = []
    if fences and _is_code(text, before := Span(0, fences[0].span.start)):
        # The opening fence was put into the model's mouth.
        blocks.append(before)
        fences = fences[1:]
    while fences:
        opening, *fences = fences
        block = _block(text, opening, fences) if opening.opens_code else None
        if block:
            blocks.append(block)
            fences = [fence for fence in fences if fence.span.start > block.end]
        else:
            fences = fences[1:]
    return blocks


def _block(text: str, opening: _Fence, later: Sequence[_Fence]) -> Span | None:
    ends = [fence.span.start for fence in later] or [len(text)]
    spans = (Span(opening.span.end, end) for end in reversed(ends))
    valid = next((span for span in spans if _parses(text, span)), None)
    nearest = Span(opening.span.end, ends[0])
    # Broken code is still code: whoever reads it is told where it breaks.
    return valid or (nearest if _DEFINES.search(nearest.of(text)) else None)


def _unfenced(text: str) -> list[Span]:
    """The code between an introduction and an afterword; an unfinished test is no afterword."""
    ends = [len(text), *reversed([match.start() + 1 for match in _BLANK.finditer(text)])]
    for first in list(_FIRST_LINE.finditer(text))[:_MOST_TRIES]:
        for end in ends[:_MOST_TRIES]:
            span = Span(first.start(), end)
            if first.start() < end and _is_code(text, span) and not _holds_code(text, span):
                return [span]
    return []
