"""RF124: a type that the signature or another type names must be defined somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.model import Signature, TypeKind
from redfirst.spec.names import (
    BUILTINS,
    TYPING,
    annotation_names,
    defined_names,
    did_you_mean,
    import_line,
    imported_names,
    listed,
)
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.rules.sections import import_fix, record_fix
from redfirst.spec.signature import parse_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import TypeDefinition
    from redfirst.spec.ranges import Span
    from redfirst.spec.rules.subject import Subject


@dataclass(frozen=True, slots=True)
class _Use:
    """Annotations at one place, and what they are called in a message."""

    where: str
    annotations: tuple[str, ...]
    span: Span


def check(subject: Subject) -> Iterator[Problem]:
    """The types that are named and not known, together for each place that names some."""
    known = known_types(subject)
    if known is None:
        return
    for use in _uses(subject):
        unknown = _unknown(use, known)
        importable = [name for name in unknown if import_line(name)]
        undefined = [name for name in unknown if name not in importable]
        if importable:
            yield _not_imported(subject, use, importable)
        if undefined:
            yield _not_defined(subject, use, undefined, known)


def known_types(subject: Subject) -> frozenset[str] | None:
    """What an annotation may name; `None` when an import makes that unknowable."""
    imported = imported_names(subject.imports)
    if imported is None:
        return None
    function = subject.function.value if subject.function else ""
    module = subject.module.value if subject.module else ""
    own = {function.partition(".")[0], module.partition(".")[0]}
    return BUILTINS | TYPING | imported | defined_names(subject.types) | own


def unknown_types(subject: Subject) -> frozenset[str]:
    """The names that this rule reports, so that no other rule does so again."""
    known = known_types(subject)
    if known is None:
        return frozenset()
    return frozenset(name for use in _uses(subject) for name in _unknown(use, known))


def _uses(subject: Subject) -> Iterator[_Use]:
    if subject.signature is not None:
        function = subject.function.value if subject.function else ""
        signature = parse_signature(subject.signature.value, function)
        if isinstance(signature, Signature):
            written = (*(each.annotation for each in signature.parameters), signature.returns)
            yield _Use("The signature", tuple(filter(None, written)), subject.signature.span)
    for definition in subject.types:
        yield from _uses_of(definition)


def _uses_of(definition: TypeDefinition) -> Iterator[_Use]:
    name = definition.name.value
    for field in definition.fields:
        yield _Use(f"The field `{name}.{field.name}`", (field.annotation,), field.span)
    if definition.kind in {TypeKind.ALIAS, TypeKind.EXCEPTION} and definition.target:
        yield _Use(f"`{name}`", (definition.target,), definition.name.span)


def _unknown(use: _Use, known: frozenset[str]) -> list[str]:
    named = (name for annotation in use.annotations for name in annotation_names(annotation))
    return list(dict.fromkeys(name for name in named if name.partition(".")[0] not in known))


def _not_imported(subject: Subject, use: _Use, names: list[str]) -> Problem:
    statements = [line for name in names if (line := import_line(name))]
    return Problem(
        Code.UNKNOWN_TYPE,
        Severity.WARNING,
        f"{use.where} names {listed(names)} without an import. Add {listed(statements)} to "
        "`imports`.",
        _first(subject, use, names[0]),
        import_fix(subject.text, statements),
    )


def _not_defined(subject: Subject, use: _Use, names: list[str], known: frozenset[str]) -> Problem:
    place = _first(subject, use, names[0])
    pronoun = "it" if len(names) == 1 else "them"
    meant = did_you_mean(names[0], known)
    if meant and len(names) == 1 and place.of(subject.text) == names[0]:
        hint, fix = f" Did you mean `{meant}`?", Fix(f"Write `{meant}`", (TextEdit(place, meant),))
    else:
        hint, fix = "", record_fix(subject.text, names)
    return Problem(
        Code.UNKNOWN_TYPE,
        Severity.WARNING,
        f"{use.where} names {listed(names)}, which the spec does not define. Describe {pronoun} "
        "under `types`, so that a test can build values, or import "
        f"{pronoun} under `imports`.{hint}",
        place,
        fix if all("." not in name for name in names) else None,
    )


def _first(subject: Subject, use: _Use, name: str) -> Span:
    """Where `name` stands in what was written there; all of it where it does not stand plainly."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    found = pattern.search(subject.text, use.span.start, use.span.end)
    return type(use.span)(found.start(), found.end()) if found else use.span
