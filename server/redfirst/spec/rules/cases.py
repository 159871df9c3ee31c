"""RF132-RF135, RF138, RF139: the lines of the cases, and what they say of each other."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import ID_PATTERN, parse_case_line, parse_raise
from redfirst.spec.codes import Code
from redfirst.spec.model import CaseKind
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.yaml.quote import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case
    from redfirst.spec.rules.subject import Subject

_STRINGS: Final = re.compile(r"""("[^"]*"|(?<!\w)'[^']*')""")
_CAPITALISED: Final = re.compile(r"\b[A-Z][a-z]+\b")
# What people write where an arrow is meant: `empty input: empty result`.
_NEARLY_ARROW: Final = re.compile(r"\s*(?:-\s+>|=\s+>|:|\s--?|;)\s+")


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of the cases as lines of text."""
    lines = [case for case in subject.cases if case.kind is not CaseKind.EXAMPLE]
    for case in lines:
        yield from _halves(subject, case)
    yield from _no_cases(subject)
    yield from _ids(subject)
    yield from _pairs(lines)


def _no_cases(subject: Subject) -> Iterator[Problem]:
    if subject.cases or subject.left_out or subject.function is None:
        return
    yield Problem(
        Code.NO_CASES,
        Severity.WARNING,
        "The spec has no case, so nothing of the behaviour is pinned down. Add one under "
        "`edge_cases` or `errors`: `empty input -> empty result`.",
        subject.function.span,
    )


def _halves(subject: Subject, case: Case) -> Iterator[Problem]:
    line = parse_case_line(case.text.value)
    if not line.has_arrow:
        yield from _no_arrow(subject, case)
    elif not line.condition or not line.outcome:
        missing = "condition before" if not line.condition else "outcome behind"
        yield Problem(
            Code.EMPTY_HALF,
            Severity.ERROR,
            f"There is no {missing} the arrow. A case reads `condition -> outcome`.",
            case.text.span,
            case=case.id,
        )


def _no_arrow(subject: Subject, case: Case) -> Iterator[Problem]:
    if case.kind is CaseKind.EDGE_CASE and case.examples:
        return
    is_error = case.kind is CaseKind.ERROR
    form = 'condition -> raise ValueError("message")' if is_error else "condition -> outcome"
    yield Problem(
        Code.NO_ARROW,
        Severity.ERROR if is_error else Severity.WARNING,
        f"This case has no arrow, so condition and outcome cannot be told apart. Write `{form}`.",
        case.text.span,
        _arrow_fix(subject, case),
        case.id,
    )


def _arrow_fix(subject: Subject, case: Case) -> Fix | None:
    """Put the arrow where the line has just one thing that stands for it."""
    places = list(_NEARLY_ARROW.finditer(case.text.value))
    if not places or case.text.span.of(subject.text)[:1] in {"|", ">"}:
        return None
    condition, outcome = (
        case.text.value[: places[0].start()].strip(),
        case.text.value[places[0].end() :].strip(),
    )
    is_whole = parse_raise(outcome) is not None or len(places) == 1
    if not condition or not outcome or not is_whole:
        return None
    edit = TextEdit(case.text.span, quoted(f"{condition} -> {outcome}"))
    return Fix(f"Write `{condition} -> {outcome}`", (edit,))


def _ids(subject: Subject) -> Iterator[Problem]:
    seen: set[str] = set()
    for case in subject.cases:
        written = case.written_id
        if written is None:
            continue
        if not ID_PATTERN.fullmatch(written.value):
            message = (
                f"`{written.value}` cannot be an id: it may have letters, digits, `-`, `_` and "
                "`.`, and begins with a letter or a digit."
            )
            yield Problem(Code.CASE_ID, Severity.ERROR, message, written.span, case=case.id)
        elif written.value in seen:
            message = f"Another case has the id `{written.value}` already. Give each its own."
            yield Problem(Code.CASE_ID, Severity.ERROR, message, written.span, case=case.id)
        seen.add(written.value)


def _pairs(cases: list[Case]) -> Iterator[Problem]:
    """Cases with the same condition: the same again, or at odds."""
    same: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        condition = comparable_condition(case)
        if condition is not None:
            same[condition].append(case)
    for first, *others in same.values():
        for other in others:
            yield _pair(first, other)


def comparable_condition(case: Case) -> str | None:
    """What is the same in two cases that are compared; `None` in one that is compared to none."""
    is_whole = case.kind is not CaseKind.EXAMPLE and case.condition and case.outcome
    return _normal(case.condition) if is_whole else None


def _pair(first: Case, second: Case) -> Problem:
    if _outcome(first) == _outcome(second):
        return Problem(
            Code.DUPLICATE_CASE,
            Severity.WARNING,
            f"This case says the same as `{first.text.value}`. Remove one of them.",
            second.text.span,
            case=second.id,
        )
    return Problem(
        Code.CONTRADICTORY_CASES,
        Severity.ERROR if _cannot_both_hold(first, second) else Severity.WARNING,
        f"The same condition has another outcome in `{first.text.value}`. Decide for one, or say "
        "what tells the two conditions apart.",
        second.text.span,
        case=second.id,
    )


def _cannot_both_hold(first: Case, second: Case) -> bool:
    """Two outcomes in prose may complete each other; with an error among them, they cannot."""
    return first.error is not None or second.error is not None


def _outcome(case: Case) -> object:
    return case.error or _normal(case.outcome)


@lru_cache(maxsize=4096)
def _normal(text: str) -> str:
    """`text` for comparison: white space, a closing stop and the capital of a word do not count.

    Text in quotes and words all in capitals do: `EUR` and `eur` may be two cases.
    """
    parts = _STRINGS.split(" ".join(text.split()).rstrip(".; "))
    parts[::2] = (_CAPITALISED.sub(lambda word: word[0].lower(), part) for part in parts[::2])
    return "".join(parts)
