"""Hashes of what a spec means, so that only a change of meaning makes a test stale."""

from __future__ import annotations

import ast
import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from redfirst.spec.case_line import fold
from redfirst.spec.model import Fingerprints
from redfirst.spec.syntax import SyntaxFault, parse_statement

if TYPE_CHECKING:
    from redfirst.spec.model import Case, Example, Located, Spec, TypeDefinition

# Plain JSON data; written out as `object` since a recursive alias says no more here.
Meaning = object

_DIGITS: Final = 16
# How a tree was written, not what it means; and what not every Python version records.
_NOT_MEANING: Final = {"ctx", "kind", "type_comment"}


def fingerprints(spec: Spec) -> Fingerprints:
    """The hash of the whole spec, and of each case with all that its test rests on."""
    basis = _canonical(_basis(spec))
    cases = {case.id: _canonical(_case(case)) for case in spec.cases}
    everything = {
        "basis": basis,
        "behavior": _canonical(fold(spec.behavior.value)),
        "cases": _canonical(sorted(cases.values())),
    }
    return Fingerprints(
        spec=_digest(everything),
        cases={
            case_id: _digest({"basis": basis, "case": case, "id": _canonical(case_id)})
            for case_id, case in cases.items()
        },
    )


def _digest(parts: dict[str, str]) -> str:
    """The hash of a meaning with such parts, each canonical already, in the order of their names.

    The basis is a part of each case; so it is made once.
    """
    text = ",".join(f'"{name}":{part}' for name, part in parts.items())
    return hashlib.sha256(f"{{{text}}}".encode()).hexdigest()[:_DIGITS]


def _canonical(meaning: Meaning) -> str:
    return json.dumps(meaning, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _basis(spec: Spec) -> Meaning:
    signature = spec.signature.value
    return {
        "function": spec.function.value,
        "module": spec.module.value,
        "signature": [_python(f"{signature.source}: pass"), signature.method],
        "types": sorted(_canonical(_type(definition)) for definition in spec.types),
        "imports": sorted(_canonical(_python(line.value)) for line in spec.imports),
    }


def _type(definition: TypeDefinition) -> Meaning:
    return {
        "name": definition.name.value,
        "kind": definition.kind,
        "fields": [
            [field.name, _python(field.annotation), _python(field.default)]
            for field in definition.fields
        ],
        "frozen": definition.frozen,
        "members": [[name, _python(value)] for name, value in definition.members],
        "target": _python(definition.target),
    }


def _case(case: Case) -> Meaning:
    return {
        "kind": case.kind,
        "id": case.written_id.value if case.written_id else None,
        "condition": fold(case.condition),
        "outcome": _outcome(case),
        "examples": [_example(example) for example in case.examples],
    }


def _outcome(case: Case) -> Meaning:
    """The outcome; an error is read as Python, so that the quotes of its message do not count."""
    if case.error is None:
        return fold(case.outcome)
    return [case.error.type_name, case.error.message, _python(case.outcome)]


def _example(example: Example) -> Meaning:
    raises = example.raises.value if example.raises else None
    return {
        "call": _python(example.call.value),
        "returns": _python(example.returns.value) if example.returns else None,
        "raises": [raises.type_name, raises.message] if raises else None,
        "given": _bindings(example.given),
        "after": sorted(map(_canonical, _bindings(example.after))),
    }


def _bindings(bindings: tuple[tuple[str, Located[str]], ...]) -> list[Meaning]:
    return [[name, _python(value.value)] for name, value in bindings]


@lru_cache(maxsize=4096)  # asked of every expression of a spec, at each keystroke
def _python(source: str | None) -> str | None:
    """The shape of `source` as Python, the same under every Python version; else its text."""
    if source is None:
        return None
    statement = parse_statement(source)
    return fold(source) if isinstance(statement, SyntaxFault) else _canonical(_shape(statement))


def _shape(node: object) -> Meaning:
    if isinstance(node, ast.JoinedStr):
        # Some Python versions put an empty text behind the last `{...}`.
        return ["JoinedStr", [_shape(part) for part in node.values if not _is_empty(part)]]
    if isinstance(node, ast.AST):
        fields = {
            name: _shape(value)
            for name, value in ast.iter_fields(node)
            if name not in _NOT_MEANING and value is not None and value != []
        }
        return [type(node).__name__, fields]
    if isinstance(node, list):
        return [_shape(item) for item in cast("list[object]", node)]
    return repr(node)


def _is_empty(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and part.value == ""
