"""Panic mode: what one fault of YAML's scanner means, and how to read on behind it.

A repair masks the smallest stretch that cannot be read, by as many other characters, so that
offsets stay and the rest of the file is read as if the fault were not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.yaml_entry import (
    Entry,
    block_end,
    continuation_end,
    entry_at,
    line_start,
    next_entry,
    previous_entry,
)
from redfirst.spec.yaml_intruder import intruder_above
from redfirst.spec.yaml_nodes import Mapping, Scalar, Style
from redfirst.spec.yaml_quote import balanced_end, is_balanced, quote_fix, without_comment

if TYPE_CHECKING:
    from redfirst.spec.yaml_compose import Composition, Failure

_LINE_BREAKS: Final = "\r\n"
_BLANKS: Final = re.compile(r"[ \t]*")
_NOT_A_BREAK: Final = re.compile(r"[^\r\n]")
_MISFIT: Final = "This line does not fit the lines around it. Align it with those on its level."
_OUT_OF_PLACE: Final = "This item is not indented like the other lines here. Align it with them."
_TAB_WIDTH: Final = 2
# Keys of a case or an example: `- KEY: a: b` is such a key with a faulty value, while
# `- any other words: a: b` is one text that YAML took apart.
_ITEM_KEYS: Final = frozenset(
    ("case", "id", "examples", "waive", "call", "returns", "raises", "given", "after")
)


@dataclass(frozen=True, slots=True)
class Repair:
    """Mask what stands at `span`.

    With `stand_in`, a word stands there afterwards and is read as that scalar; else nothing does.
    """

    span: Span
    problem: Problem
    stand_in: Scalar | None = None


def repair_of(text: str, composition: Composition, failure: Failure) -> Repair:
    """What is wrong where reading `text` failed, and what to mask."""
    split = _split_text(text, composition, failure)
    if split is not None:
        return split_value(text, split)
    runaway = _runaway_quote(text, composition, failure)
    if runaway is not None:
        return _unclosed_quote(text, runaway)
    for explain in (_in_scalar, _tab, _in_flow, _wordless_line, _marker, _intruder, _inner_colon):
        if repair := explain(text, failure):
            return repair
    return _wrong_root(text, composition, failure) or _misplaced(text, failure)


def split_value(text: str, value: Scalar) -> Repair:
    """A text between braces that a comma or a bracket of its own takes apart."""
    span = Span(value.span.start, balanced_end(text, value.span.start))
    whole = span.of(text)
    message = (
        "Between braces, a comma or a bracket ends a text without quotes. "
        "Put the text between quotes."
    )
    problem = _error(Code.BECAME_MAPPING, message, span, quote_fix(whole, span))
    return Repair(span, problem, Scalar(span, whole, repaired=True))


def cut_value(text: str, value: Scalar) -> Repair:
    """A text whose rest became a comment."""
    line = text[value.span.start : entry_at(text, value.span.end).value.end]
    mended = without_comment(line)
    length = len(mended) if len(mended) > value.span.end - value.span.start else len(line)
    span = Span(value.span.start, value.span.start + length)
    whole = _folded(text, span)
    message = (
        "The text ends before ` #`: YAML takes the rest of the line for a comment. "
        "Put the whole text between quotes."
    )
    problem = _error(Code.CUT_BY_COMMENT, message, span, quote_fix(whole, span))
    return Repair(span, problem, Scalar(span, whole, repaired=True))


def _split_text(text: str, composition: Composition, failure: Failure) -> Scalar | None:
    """The text whose own comma or bracket made a list or mapping between brackets unreadable."""
    origin, last = failure.origin, composition.last_scalar
    if origin is None or last is None or "flow" not in failure.context:
        return None
    touches_bracket = text[last.span.end : last.span.end + 1] in ("[", "{")
    is_plain = last.style is Style.PLAIN and not last.repaired and bool(last.text)
    if is_plain and (touches_bracket or not is_balanced(last.text)):
        whole = text[last.span.start : balanced_end(text, last.span.start)]
        if last.span.start > origin and len(whole) > len(last.text) and is_balanced(whole):
            return last
    return next((one for one in composition.split if one.span.start > origin), None)


def mask(text: str, repair: Repair) -> str:
    """`text` with the repair's stretch masked; only line breaks stay."""
    head, tail = text[: repair.span.start], text[repair.span.end :]
    hidden = repair.span.of(text)
    if repair.stand_in is None:
        return head + _NOT_A_BREAK.sub(" ", hidden) + tail
    first = re.split(r"[\r\n]", hidden, maxsplit=1)[0]
    return head + "x" * len(first) + _NOT_A_BREAK.sub(" ", hidden[len(first) :]) + tail


def blank_line(text: str, offset: int, problem: Problem) -> Repair:
    """Mask the line of `offset`; when that is empty already, all that follows."""
    span = entry_at(text, offset).span
    return Repair(span if span.of(text).strip() else Span(span.start, len(text)), problem)


def _runaway_quote(text: str, composition: Composition, failure: Failure) -> int | None:
    """Where the quote opened that the failure makes look unclosed."""
    if failure.context.endswith("quoted scalar") and "end of stream" in failure.problem:
        return failure.origin
    last = composition.last_scalar
    if last is None or last.style not in (Style.SINGLE, Style.DOUBLE):
        return None
    same_line = line_start(text, last.span.end) == line_start(text, failure.offset)
    if same_line and any(character in last.span.of(text) for character in _LINE_BREAKS):
        return last.span.start
    return None


def _unclosed_quote(text: str, origin: int) -> Repair:
    entry = entry_at(text, origin)
    quote = text[origin]
    span = Span(origin, origin + len(text[origin : entry.span.end].rstrip()))
    inner = span.of(text)[1:]
    message = f"This text begins with {quote} and never ends with it. Close the quote."
    fix = Fix("Close the quote", (TextEdit(Span(span.end, span.end), quote),))
    if entry.value.start != origin and any(bracket in inner for bracket in "]}"):
        fix = None
    problem = _error(Code.UNCLOSED_QUOTE, message, span, fix)
    stand_in = Scalar(span, inner, Style.DOUBLE, repaired=True)
    return Repair(span, problem, stand_in)


def _in_scalar(text: str, failure: Failure) -> Repair | None:
    """A fault inside a value that YAML began to read: an escape, or a block scalar's header."""
    if failure.origin is None:
        return None
    if failure.context.endswith("quoted scalar") and "escape" in failure.problem + failure.context:
        return _bad_escape(text, failure)
    if failure.context == "while scanning a block scalar" and not _at_tab(text, failure):
        return _unreadable_value(text, entry_at(text, failure.origin))
    return None


def _bad_escape(text: str, failure: Failure) -> Repair:
    at = text.rfind("\\", 0, failure.offset + 1)
    span = Span(at, min(at + 2, len(text)))
    message = (
        f"`{span.of(text)}` means nothing between double quotes. "
        "Double the backslash, or use single quotes."
    )
    fix = Fix("Double the backslash", (TextEdit(Span(at, at), "\\"),))
    problem = _error(Code.YAML_SYNTAX, message, span, fix)
    return Repair(span, problem, Scalar(span, span.of(text), repaired=True))


def _at_tab(text: str, failure: Failure) -> bool:
    return (
        "\t" in failure.problem or "tab" in failure.problem or text.startswith("\t", failure.offset)
    )


def _tab(text: str, failure: Failure) -> Repair | None:
    if not _at_tab(text, failure):
        return None
    indent = _BLANKS.match(text, line_start(text, failure.offset))
    blanks = indent if indent and "\t" in indent[0] else _BLANKS.match(text, failure.offset)
    if blanks is None or "\t" not in blanks[0]:
        return None
    span = Span(*blanks.span())
    problem = _error(
        Code.TAB_INDENT,
        "A tab stands here, where YAML takes only spaces. Indent with spaces.",
        span,
        Fix("Indent with spaces", (TextEdit(span, blanks[0].replace("\t", " " * _TAB_WIDTH)),)),
    )
    return Repair(span, problem)


def _in_flow(text: str, failure: Failure) -> Repair | None:
    """A fault between brackets or braces, which may just be a sentence that starts with one."""
    if failure.origin is None or "flow" not in failure.context:
        return None
    opening = text[failure.origin : failure.origin + 1]
    if opening not in ("[", "{"):
        return None
    entry = entry_at(text, failure.origin)
    value = without_comment(text[failure.origin : entry.span.end])
    if entry.value.start == failure.origin and "->" in value:
        return _unreadable_value(text, entry)
    closing = "]" if opening == "[" else "}"
    goes_on = value.endswith((",", "[", "{"))
    end = block_end(text, entry, entry.inner) if goes_on else entry.span.end
    span = Span(failure.origin, max(end, failure.origin + 1))
    message = (
        f"What `{opening}` opens here cannot be read up to a closing `{closing}`. "
        "Close it, separate its parts by commas, and put quotes around text that holds "
        "brackets, braces, commas or colons."
    )
    shown = Span(failure.origin, max(entry.value.end, failure.origin + 1))
    problem = _error(Code.YAML_SYNTAX, message, shown)
    return Repair(span, problem, Scalar(span, _folded(text, span), repaired=True))


def _wordless_line(text: str, failure: Failure) -> Repair | None:
    """A line of words without the colon that would make it a key."""
    if failure.context != "while scanning a simple key" or failure.origin is None:
        return None
    return _no_colon(text, entry_at(text, failure.origin))


def _no_colon(text: str, entry: Entry) -> Repair:
    span = Span(entry.value.start, max(entry.value.end, entry.value.start + 1))
    word = span.of(text)
    fix = Fix("Add a colon", (TextEdit(Span(span.end, span.end), ":"),))
    known = word.isidentifier()
    message = (
        f"`{word}` needs a colon behind it to be a key."
        if known
        else ("This line is neither a key with a colon nor an item with a dash.")
    )
    problem = _error(Code.YAML_SYNTAX, message, span, fix if known else None)
    return Repair(entry.span, problem)


def _marker(text: str, failure: Failure) -> Repair | None:
    """`%` or `...` at the margin, which ends what YAML takes for a document."""
    above = previous_entry(text, failure.offset)
    if "document" not in failure.problem or above is None:
        return None
    if not above.span.of(text).startswith(("%", "...")):
        return None
    message = "This line ends the spec for YAML. Remove it, or put it between quotes."
    return Repair(above.span, _error(Code.YAML_SYNTAX, message, above.content))


def _intruder(text: str, failure: Failure) -> Repair | None:
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
    return Repair(above.span, _error(Code.YAML_SYNTAX, _MISFIT, shown))


def _inner_colon(text: str, failure: Failure) -> Repair | None:
    """`: ` inside a text without quotes, which YAML takes for a second key."""
    if not failure.problem.startswith("mapping values"):
        return None
    entry = entry_at(text, failure.offset)
    if entry.key is None or failure.offset > entry.key_span.end:
        return _colon_in_value(text, entry)
    above = previous_entry(text, failure.offset)
    return None if above is None else _colon_below(text, above, entry)


def _colon_below(text: str, above: Entry, entry: Entry) -> Repair | None:
    """A key whose line YAML takes for the continuation of the text `above`."""
    if above.key is None and not above.item and above.outer == entry.outer:
        return _no_colon(text, above)
    if above.item and above.key is None and (entry.key or "").isidentifier():
        return Repair(above.span, _error(Code.YAML_SYNTAX, _OUT_OF_PLACE, above.content))
    if entry.outer > above.inner:
        return _colon_in_value(text, above, entry.value.end)
    return None


def _colon_in_value(text: str, entry: Entry, end: int = 0) -> Repair:
    whole = entry.item and entry.key not in _ITEM_KEYS
    start = entry.content.start if whole else entry.value.start
    column = entry.outer if whole else entry.inner
    span = _text_span(text, entry, start, column)
    span = Span(start, max(span.end, end))
    value = _folded(text, span)
    message = "The `: ` inside this text makes YAML look for a key. Put the text between quotes."
    problem = _error(Code.BECAME_MAPPING, message, span, quote_fix(value, span))
    return Repair(span, problem, Scalar(span, value, repaired=True))


def _unreadable_value(text: str, entry: Entry) -> Repair:
    """A value whose first character means something else to YAML."""
    start = entry.value.start
    span = _text_span(text, entry, start, entry.inner)
    value = _folded(text, span)
    message = (
        f"A text cannot begin with `{text[start : start + 1]}` in YAML. Put it between quotes."
    )
    problem = _error(Code.RESERVED_START, message, span, quote_fix(value, span))
    return Repair(span, problem, Scalar(span, value, repaired=True))


def _wrong_root(text: str, composition: Composition, failure: Failure) -> Repair | None:
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
    return Repair(
        Span(first.span.start, entry.span.start), _error(Code.YAML_SYNTAX, message, shown)
    )


def _misplaced(text: str, failure: Failure) -> Repair:
    """A token that cannot stand where it stands: a reserved start, or a wrong indentation."""
    entry = entry_at(text, failure.offset)
    first = text[entry.value.start : entry.value.start + 1]
    is_stray = entry.key is None and not entry.item and first in ("]", "}", ",")
    if is_stray:
        return _blanked(text, failure, entry)
    if first and first in "'\"`@%*&!|>[]{},?" and failure.offset >= entry.value.start:
        return _unreadable_value(text, entry)
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
    return Repair(span, _error(Code.YAML_SYNTAX, _blanked_message(failure, entry), shown))


def _blanked_message(failure: Failure, entry: Entry) -> str:
    if "document" in failure.problem:
        return "YAML ends before this line. Remove what ends it above, or this line."
    if "collection" in failure.context and not entry.item:
        return "This line stands among the items of a list. Give it a dash, or indent it as a key."
    if entry.item:
        return _OUT_OF_PLACE
    return _MISFIT


def _text_span(text: str, entry: Entry, start: int, column: int) -> Span:
    """From `start` to the end of the text there: this line, or all that is indented deeper."""
    line_end = start + len(without_comment(text[start : entry.span.end]))
    end = continuation_end(text, entry, column)
    return Span(start, max(line_end if end <= entry.span.end else end, start + 1))


def _folded(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def _error(code: Code, message: str, span: Span, fix: Fix | None = None) -> Problem:
    return Problem(code, Severity.ERROR, message, span, fix)
