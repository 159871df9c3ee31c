"""RF134, RF141, RF143, RF144: worked examples use known names, call the function, and agree."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.model import CaseKind
from redfirst.spec.names import (
    BUILTINS,
    defined_names,
    did_you_mean,
    dotted_name,
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
    from redfirst.spec.rules.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of all examples."""
    known = _known(subject)
    for case in subject.cases:
        for example in case.examples:
            yield from _call(subject, case, example)
            yield from _disagreement(case, example)
            if known is not None:
                yield from _unknown_names(subject, case, example, known)
    yield from _contradictions(subject)


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
    wrong = node.func if isinstance(node, ast.Call) else None
    written = dotted_name(wrong) if wrong is not None else None
    name = subject.function.value
    meant = did_you_mean(written, [name]) if written and "." not in name else None
    fix = None
    if meant and wrong is not None and written:
        start = offset_of(example.call.value, wrong)
        place = subject.place(example.call, start, start + len(written))
        fits = place.of(subject.text) == written
        fix = Fix(f"Write `{meant}`", (TextEdit(place, meant),)) if fits else None
    yield Problem(
        Code.EXAMPLE_CALL,
        Severity.ERROR,
        f"This example never calls `{name}`, so it says nothing about it. Write the call in "
        "`call`, and what it needs in `given`.",
        example.call.span,
        fix,
        case.id,
    )


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


def _disagreement(case: Case, example: Example) -> Iterator[Problem]:
    if case.error is None or case.kind is CaseKind.EXAMPLE:
        return
    declared = f"`raise {case.error.type_name}(...)`"
    if example.raises is None:
        message = (
            f"The case says {declared}, but this example returns a value. Write `raises:` instead."
        )
        span = example.returns.span if example.returns else example.span
        yield Problem(Code.EXAMPLE_DISAGREES, Severity.ERROR, message, span, case=case.id)
        return
    shown = example.raises.value
    same_message = (
        None in {shown.message, case.error.message} or shown.message == case.error.message
    )
    if shown.type_name == case.error.type_name and same_message:
        return
    other = "another message" if shown.type_name == case.error.type_name else "another exception"
    message = f"The case says {declared}, but this example raises {other}. Give both the same."
    span = example.raises.span
    yield Problem(Code.EXAMPLE_DISAGREES, Severity.ERROR, message, span, case=case.id)


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
        fits = place.of(subject.text) == name.id
        sentence = f"Did you mean `{meant}`?"
        fix = Fix(f"Write `{meant}`", (TextEdit(place, meant),)) if fits else None
    else:
        sentence, fix = "Bind it in `given`, define it in `types` or import it in `imports`.", None
    message = f"The name `{name.id}` is not known here. {sentence}"
    return Problem(Code.UNKNOWN_NAME, Severity.ERROR, message, place, fix, case.id)


def _contradictions(subject: Subject) -> Iterator[Problem]:
    """Two examples with equal arguments and literal results that differ."""
    seen: dict[str, object] = {}
    for case in subject.cases:
        for example in case.examples:
            result = (
                _literal(example.returns.value) if example.returns and not example.after else None
            )
            if result is None:
                continue
            arguments = _arguments(example)
            if seen.setdefault(arguments, result) != result:
                message = (
                    "Another example has the same call and returns something else. Decide for one."
                )
                span = example.call.span
                yield Problem(Code.CONTRADICTORY_CASES, Severity.ERROR, message, span, case=case.id)


def _literal(source: str) -> tuple[object] | None:
    """The value of a literal, in a tuple; `None` when `source` is anything else."""
    node = parse_expression(source)
    if isinstance(node, SyntaxFault):
        return None
    try:
        return (ast.literal_eval(node),)
    except (ValueError, TypeError):
        return None


def _arguments(example: Example) -> str:
    sources = [("", example.call), *example.given]
    return "\n".join(f"{name}={_normal(source.value)}" for name, source in sources)


def _normal(source: str) -> str:
    node = parse_expression(source)
    return source if isinstance(node, SyntaxFault) else ast.unparse(node)
