"""RF141, RF143: worked examples use known names and call the function."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.names import (
    BUILTINS,
    defined_names,
    did_you_mean,
    expression_names,
    import_line,
    imported_names,
)
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.rules.sections import import_fix
from redfirst.spec.rules.types import unknown_types
from redfirst.spec.syntax import SyntaxFault, offset_of, parse_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, Example, Located
    from redfirst.spec.ranges import Span
    from redfirst.spec.rules.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of all examples."""
    examples = [(case, example) for case in subject.cases for example in case.examples]
    known = _known(subject) if examples else None
    for case, example in examples:
        uncalled = list(_call(subject, case, example))
        yield from uncalled
        # A misspelled call is one mistake: its name is not reported again as unknown.
        if known is not None and not uncalled:
            yield from _unknown_names(subject, case, example, known)


def _known(subject: Subject) -> frozenset[str] | None:
    """The names that any expression may use; `None` when an import makes that unknowable."""
    imported = imported_names(subject.imports)
    if imported is None or subject.function is None:
        return None
    own = {subject.function.value.partition(".")[0]}
    return BUILTINS | imported | defined_names(subject.types) | own | unknown_types(subject)


def _call(subject: Subject, case: Case, example: Example) -> Iterator[Problem]:
    if subject.function is None:
        return
    node = parse_expression(example.call.value)
    if isinstance(node, SyntaxFault) or _reaches(node, subject.function.value):
        return
    yield Problem(
        Code.EXAMPLE_CALL,
        Severity.ERROR,
        f"This example never calls `{subject.function.value}`, so it says nothing about it. Write "
        "the call in `call`, and what it needs in `given`.",
        example.call.span,
        _rename(subject, example.call, node, subject.function.value),
        case.id,
    )


def _rename(subject: Subject, call: Located[str], node: ast.expr, function: str) -> Fix | None:
    """Mend a misspelled name of the function where the expression is just its call."""
    written = node.func if isinstance(node, ast.Call) else None
    if not isinstance(written, ast.Name) or did_you_mean(written.id, [function]) is None:
        return None
    start = offset_of(call.value, written)
    return _replacement(
        subject, subject.place(call, start, start + len(written.id)), written.id, function
    )


def _replacement(subject: Subject, place: Span, written: str, meant: str) -> Fix | None:
    """Write `meant`, unless `place` is not just what was `written`."""
    if place.of(subject.text) != written:
        return None
    return Fix(f"Write `{meant}`", (TextEdit(place, meant),))


@lru_cache(maxsize=4096)
def _reaches(node: ast.expr, function: str) -> bool:
    """Whether the expression uses the function: calls it, or hands it on as in `map(f, items)`."""
    class_name, _, name = function.rpartition(".")
    if class_name and name.startswith("__"):
        # `len(basket)` and `a + b` call special methods without naming them.
        return True
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and inner.attr == name:
            return True
        if not class_name and isinstance(inner, ast.Name) and inner.id == name:
            return True
    return False


def _unknown_names(
    subject: Subject, case: Case, example: Example, known: frozenset[str]
) -> Iterator[Problem]:
    bound = set(known)
    for name, value in example.given:
        yield from _unknown_in(subject, case, value, bound)
        bound.add(name)
    yield from _unknown_in(subject, case, example.call, bound)
    if example.returns is not None:
        yield from _unknown_in(subject, case, example.returns, bound)
    given = {name for name, _ in example.given}
    for name, value in example.after:
        if name not in given:
            yield Problem(
                Code.UNKNOWN_NAME,
                Severity.ERROR,
                f"`after` looks at `{name}`, which `given` does not bind. Add it to `given`.",
                value.span,
                case=case.id,
            )
        yield from _unknown_in(subject, case, value, bound)


def _unknown_in(
    subject: Subject, case: Case, source: Located[str], known: set[str]
) -> Iterator[Problem]:
    node = parse_expression(source.value)
    if isinstance(node, SyntaxFault):
        return
    reported: set[str] = set()
    for name in expression_names(node):
        if name.id not in known | reported:
            reported.add(name.id)
            yield _unknown(subject, case, source, name, known)


def _unknown(
    subject: Subject, case: Case, source: Located[str], name: ast.Name, known: set[str]
) -> Problem:
    start = offset_of(source.value, name)
    place = subject.place(source, start, start + len(name.id))
    line = import_line(name.id)
    meant = did_you_mean(name.id, known)
    if line is not None:
        sentence, fix = f"Add `{line}` to `imports`.", import_fix(subject.text, [line])
    elif meant is not None:
        sentence = f"Did you mean `{meant}`?"
        fix = _replacement(subject, place, name.id, meant)
    else:
        sentence, fix = "Bind it in `given`, define it in `types` or import it in `imports`.", None
    message = f"The name `{name.id}` is not known here. {sentence}"
    return Problem(Code.UNKNOWN_NAME, Severity.ERROR, message, place, fix, case.id)
