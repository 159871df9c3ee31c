"""RF130, RF131: an error case says `raise Exc("message")`, and the exception exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import ARROW, CaseLine, parse_case_line, parse_raise
from redfirst.spec.codes import Code
from redfirst.spec.model import CaseKind, TypeKind
from redfirst.spec.names import (
    BUILTIN_EXCEPTIONS,
    BUILTINS,
    defined_names,
    did_you_mean,
    import_line,
    imported_names,
)
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.rules.sections import exception_fix, import_fix
from redfirst.spec.yaml.quote import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, Located
    from redfirst.spec.ranges import Span
    from redfirst.spec.rules.subject import Subject

_FORM: Final = '`condition -> raise ValueError("message")`'
# `raises X: message`, `ValueError - message`, `throw X with message "m"`, `raise X "m"`, …
_NEARLY: Final = re.compile(
    r"""(?:(?:will\s+|should\s+|must\s+)?(?:raises?|raising|throws?)\s+(?:an?\s+|the\s+)?)?
        (?P<type>(?:[^\W\d]\w*\.)*[A-Z]\w*)
        (?P<call>\s*\(.*\)\.?\Z)?
        (?:(?:\s*:\s*|\s+-+\s+|\s+(?:with\s+)?(?:the\s+)?message:?\s+|,?\s+(?=['"]))
           (?P<message>\S.*))?
    """,
    re.VERBOSE | re.DOTALL,
)
_ERROR_WORD: Final = re.compile(r"(?:raises?|raising|throws?)\b")


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of what cases and examples raise."""
    for case in subject.cases:
        if case.kind is not CaseKind.EXAMPLE:
            yield from _line(subject, case)
        if case.error is not None:
            yield from _exception(subject, case, case.error.type_name, case.text.span)
        for example in case.examples:
            raises = example.raises
            if raises is not None and not _same_type(case, raises.value.type_name):
                yield from _exception(subject, case, raises.value.type_name, raises.span)


def _same_type(case: Case, type_name: str) -> bool:
    return case.error is not None and case.error.type_name == type_name


def _line(subject: Subject, case: Case) -> Iterator[Problem]:
    line = parse_case_line(case.text.value)
    if case.error is not None:
        yield from _message(case)
    elif line.outcome and line.condition and _claims_an_error(case, line):
        meant = _meant(line.outcome)
        yield Problem(
            Code.ERROR_LINE,
            Severity.ERROR if case.kind is CaseKind.ERROR else Severity.WARNING,
            f"No test can be held to this error as it is written. Write {_FORM}.",
            case.text.span,
            _rewrite(subject, case.text, line.outcome, meant) if meant else None,
            case.id,
        )


def _claims_an_error(case: Case, line: CaseLine) -> bool:
    """Every line of `errors` does; one of `edge_cases` only with `raise` and a known exception."""
    if case.kind is CaseKind.ERROR:
        return True
    found = _NEARLY.fullmatch(line.outcome) if _ERROR_WORD.match(line.outcome) else None
    return found is not None and found["type"] in BUILTIN_EXCEPTIONS


def _message(case: Case) -> Iterator[Problem]:
    if case.error is None or case.error.message is not None or case.outcome.endswith("()"):
        return
    written = "(" in case.outcome
    yield Problem(
        Code.ERROR_LINE,
        Severity.WARNING,
        "The message is not one plain string, so no test can check it. Write it out in quotes."
        if written
        else f"The error declares no message, so no test can check one. Write "
        f'`raise {case.error.type_name}("message")`, or `raise {case.error.type_name}()` for none.',
        case.text.span,
        case=case.id,
    )


def _meant(outcome: str) -> str | None:
    """`outcome` in the right form, when exception and message can be told."""
    found = _NEARLY.fullmatch(outcome)
    if found is None:
        return None
    if found["call"] is not None:
        meant = f"raise {found['type']}{found['call'].strip().rstrip('.')}"
        return meant if parse_raise(meant) else None
    if found["message"] is None:
        return None
    message = found["message"].strip().rstrip(".").strip("\"'")
    escaped = message.replace("\\", "\\\\").replace('"', '\\"')
    meant = f'raise {found["type"]}("{escaped}")'
    return meant if parse_raise(meant) else None


def _rewrite(subject: Subject, text: Located[str], outcome: str, meant: str) -> Fix | None:
    """Replace the whole line, quoted anew: the old quotes may not bear the new ones."""
    arrow = ARROW.search(text.value)
    if arrow is None or not text.value.rstrip().endswith(outcome):
        return None
    if text.span.of(subject.text)[:1] in {"|", ">"}:
        return None
    line = f"{text.value.rstrip().removesuffix(outcome).rstrip()} {meant}"
    return Fix(f"Write `{meant}`", (TextEdit(text.span, quoted(line)),))


def _exception(subject: Subject, case: Case, name: str, span: Span) -> Iterator[Problem]:
    imported = imported_names(subject.imports)
    root = name.partition(".")[0]
    if imported is None or root in imported or name in BUILTIN_EXCEPTIONS:
        return
    kinds = {definition.name.value: definition.kind for definition in subject.types}
    if kinds.get(name) in {TypeKind.EXCEPTION, TypeKind.ALIAS}:
        return
    if name in kinds or name in BUILTINS:
        yield _unknown(case, f"`{name}` is not an exception, so it cannot be raised.", span, None)
        return
    line = import_line(name)
    meant = did_you_mean(name, BUILTIN_EXCEPTIONS | defined_names(subject.types) | imported)
    if line is not None:
        sentence, fix = f"Add `{line}` to `imports`.", import_fix(subject.text, [line])
    elif meant is not None:
        sentence, fix = f"Did you mean `{meant}`?", _respell(subject, span, name, meant)
    else:
        sentence = f"Define it under `types` (`{name}: exception`) or import it under `imports`."
        fix = exception_fix(subject.text, name) if "." not in name else None
    yield _unknown(case, f"The exception `{name}` is not known here. {sentence}", span, fix)


def _unknown(case: Case, message: str, span: Span, fix: Fix | None) -> Problem:
    return Problem(Code.UNKNOWN_EXCEPTION, Severity.ERROR, message, span, fix, case.id)


def _respell(subject: Subject, span: Span, name: str, meant: str) -> Fix | None:
    found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(
        subject.text, span.start, span.end
    )
    if found is None:
        return None
    place = type(span)(found.start(), found.end())
    return Fix(f"Write `{meant}`", (TextEdit(place, meant),))
