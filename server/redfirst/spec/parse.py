"""From nodes to the values of a spec. What cannot be used is left out, with a problem."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.model import Located, MutantWaiver, Settings, Signature, Spec
from redfirst.spec.parse_cases import parse_cases, written_cases
from redfirst.spec.parse_types import parse_types
from redfirst.spec.reading import Reading, folded_text_of, named_texts, text_of
from redfirst.spec.rules.subject import Subject
from redfirst.spec.signature import parse_signature
from redfirst.spec.syntax import SyntaxFault, parse_statement
from redfirst.spec.yaml.nodes import Mapping, Node, Plain, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.problem import Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """As much of a spec as could be read. `spec` is there when every required key is usable."""

    spec: Spec | None
    subject: Subject
    problems: tuple[Problem, ...]


def parse(text: str, root: Mapping) -> Parsed:
    """Read the values of `root`, whose offsets point into `text`. Never raises."""
    reading = Reading(text)
    cases = parse_cases(reading, root)
    subject = Subject(
        text,
        function=folded_text_of(root.get("function")),
        module=folded_text_of(root.get("module")),
        signature=folded_text_of(root.get("signature")),
        behavior=_behavior(root.get("behavior")),
        cases=cases,
        types=parse_types(reading, root.get("types")),
        imports=tuple(_imports(reading, root.get("imports"))),
        settings={
            key.text: Located(value.value, value.span)
            for key, value in named_texts(root.get("settings"))
        },
        mutant_waivers=tuple(_mutant_waivers(root.get("waive_mutants"))),
        left_out=written_cases(root) - len(cases),
    )
    return Parsed(_spec(subject), subject, tuple(reading.problems))


def _behavior(node: Node | None) -> Located[str] | None:
    located = text_of(node)
    stripped = located.value.strip() if located else ""
    return Located(stripped, located.span) if located and stripped else None


def _imports(reading: Reading, node: Node | None) -> Iterator[Located[str]]:
    if not isinstance(node, Sequence):
        return
    for item in node.items:
        located = folded_text_of(item)
        if located is not None and _is_import(reading, located):
            yield located


def _is_import(reading: Reading, located: Located[str]) -> bool:
    statement = parse_statement(located.value)
    if isinstance(statement, ast.Import):
        return True
    if isinstance(statement, ast.ImportFrom):
        return not _is_refused_import(reading, located, statement)
    reason = f": {statement.message}" if isinstance(statement, SyntaxFault) else ""
    message = f"This is no import statement{reason}. Write one such as `from datetime import date`."
    reading.report(Code.IMPORT_STATEMENT, message, located.span)
    return False


def _is_refused_import(reading: Reading, located: Located[str], statement: ast.ImportFrom) -> bool:
    if statement.level == 0 and all(alias.name != "*" for alias in statement.names):
        return False
    message = "An import in a spec names its module in full and each name that it takes."
    reading.report(Code.IMPORT_STATEMENT, message, located.span)
    return True


def _mutant_waivers(node: Node | None) -> Iterator[MutantWaiver]:
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            named = {key.text: Located(value.text, value.span) for key, value in named_texts(item)}
            if named.keys() >= {"code", "change", "reason"}:
                yield MutantWaiver(named["code"], named["change"], named["reason"])


def _spec(subject: Subject) -> Spec | None:
    function, module, behavior = subject.function, subject.module, subject.behavior
    if function is None or module is None or behavior is None or subject.signature is None:
        return None
    signature = parse_signature(subject.signature.value, function.value)
    if not isinstance(signature, Signature):
        return None
    return Spec(
        function=function,
        module=module,
        signature=Located(signature, subject.signature.span),
        behavior=behavior,
        cases=subject.cases,
        types=subject.types,
        imports=subject.imports,
        settings=_settings(subject),
        mutant_waivers=subject.mutant_waivers,
    )


def _settings(subject: Subject) -> Settings:
    values: dict[str, Plain] = {name: item.value for name, item in subject.settings.items()}
    model = values.get("model")
    return Settings(
        threshold=_number(values.get("threshold")),
        strength=_number(values.get("strength")),
        timeout=_number(values.get("timeout")),
        model=model if isinstance(model, str) else None,
    )


def _number(value: Plain) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
