"""What a model is asked: the instructions, the spec's text, which cases, and what fell short."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from redfirst.generation.imports import bound_names
from redfirst.generation.links import docstring_line
from redfirst.generation.naming import test_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.spec.model import Spec

SPEC_BEGINS: Final = "<specification>\n"
SPEC_ENDS: Final = "\n</specification>"

_TEXT: Final = {"type": "string"}
_PLANNED: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["case", "inputs", "expected"],
    "properties": {"case": _TEXT, "inputs": _TEXT, "expected": _TEXT},
}
_ANSWER: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["plan", "module"],
    "properties": {"plan": {"type": "array", "items": _PLANNED}, "module": _TEXT},
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted of a model.

    `wanted` are ids of cases, in the spec's order. `shortcomings` say of a case what was wrong with
    an earlier test for it, in terms of the spec and of stubs; those under the empty id were wrong
    with the whole answer.
    """

    spec: Spec
    spec_text: str
    wanted: tuple[str, ...]
    shortcomings: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


def request_for(question: Question, instructions: str) -> dict[str, Any]:
    """The words of a request to `/v1/messages`: the instructions, the spec, and which cases."""
    spec = f"{SPEC_BEGINS}{question.spec_text.strip()}{SPEC_ENDS}"
    content = [
        {"type": "text", "text": spec, "cache_control": {"type": "ephemeral"}},
        {"type": "text", "text": "\n".join(_task(question))},
    ]
    return {
        "system": [{"type": "text", "text": instructions}],
        "messages": [{"role": "user", "content": content}],
        "output_config": {"format": {"type": "json_schema", "schema": _ANSWER}},
    }


def _task(question: Question) -> Iterator[str]:
    spec = question.spec
    names = test_names((case.id for case in spec.cases), bound_names(spec))
    target = f"{spec.module.value}.{spec.function.value}"
    yield f"Write the tests of `{target}` for these cases:"
    for case in spec.cases:
        if case.id in question.wanted:
            yield ""
            yield f"- function `{names[case.id]}`, docstring"
            yield f"  {docstring_line(case.id, case.text.value)}"
            for said in question.shortcomings.get(case.id, ()):
                yield f"  An earlier test for it was refused: {said}"
    for said in question.shortcomings.get("", ()):
        yield ""
        yield f"An earlier answer was refused: {said}"
