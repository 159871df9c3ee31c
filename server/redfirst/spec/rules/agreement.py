"""RF134, RF144: what an example shows is what its case says, and what no other example denies."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.syntax import SyntaxFault, parse_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, Example, ExpectedError
    from redfirst.spec.rules.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The examples that disagree with their case, or with each other."""
    for case in subject.cases:
        if case.error is not None:
            for example in case.examples:
                yield from _with_case(case, case.error, example)
    yield from _with_each_other(subject)


def _with_case(case: Case, error: ExpectedError, example: Example) -> Iterator[Problem]:
    if example.raises is None:
        difference = "returns a value. Write `raises:` instead"
        span = example.returns.span if example.returns else example.span
    else:
        shown, span = example.raises.value, example.raises.span
        if shown.type_name != error.type_name:
            difference = f"raises `{shown.type_name}`. Give both the same exception"
        elif None not in {shown.message, error.message} and shown.message != error.message:
            difference = "raises it with another message. Give both the same"
        else:
            return
    message = f"The case says `raise {error.type_name}(...)`, but this example {difference}."
    yield Problem(Code.EXAMPLE_DISAGREES, Severity.ERROR, message, span, case=case.id)


def _with_each_other(subject: Subject) -> Iterator[Problem]:
    """Two examples with equal arguments and literal results that differ."""
    seen: dict[str, object] = {}
    for case in subject.cases:
        for example, arguments, result in _literal_examples(case):
            if seen.setdefault(arguments, result) != result:
                message = (
                    "Another example has the same call and returns something else. Decide for one."
                )
                span = example.call.span
                yield Problem(Code.CONTRADICTORY_CASES, Severity.ERROR, message, span, case=case.id)


def comparable_calls(case: Case) -> tuple[str, ...]:
    """What is the same in two examples that are compared, of each example that is."""
    return tuple(arguments for _, arguments, _ in _literal_examples(case))


def _literal_examples(case: Case) -> Iterator[tuple[Example, str, tuple[object]]]:
    """The examples with a literal result, each with its call and its result."""
    for example in case.examples:
        result = _literal(example.returns.value) if example.returns and not example.after else None
        if result is not None:
            yield example, _arguments(example), result


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
def _normal(source: str) -> str:
    node = parse_expression(source)
    return source if isinstance(node, SyntaxFault) else ast.unparse(node)
