"""RF137: money and durations as floats need a rule about precision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.model import Signature
from redfirst.spec.names import annotation_names
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.signature import parse_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.ranges import Span
    from redfirst.spec.rules.subject import Subject

_MONEY: Final = {
    "amount", "amounts", "balance", "balances", "charge", "cost", "costs", "debit", "discount",
    "euros", "dollars", "fee", "fees", "invoice", "money", "payment", "price", "prices", "refund",
    "salary", "subtotal", "surcharge", "tax", "total", "totals", "wage",
}  # fmt: skip
_DURATION: Final = {
    "backoff", "delay", "delays", "duration", "durations", "elapsed", "hours", "interval",
    "milliseconds", "minutes", "ms", "seconds", "timeout",
}  # fmt: skip
# A share of an amount is no amount.
_RATE: Final = {"rate", "rates", "ratio", "percent", "percentage", "factor", "share", "multiplier"}
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_RULE: Final = re.compile(
    r"""precis|round|toleran|decimal|exact|\bcents?\b|approx|epsilon|within|±|nearest|truncat
        |\bceil|\bfloor|significant|quantiz|half[- ](?:up|even|down)|banker|whole|integer|digits
        |isclose|rel_tol|abs_tol|up\ to\ \d""",
    re.VERBOSE | re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Problem]:
    """The first float that holds money or time, when the spec has no rule about precision."""
    if _has_rule(subject):
        return
    floats = [(name, span) for name, annotation, span in _typed(subject) if _is_float(annotation)]
    named = [(name, span, kind) for name, span in floats if (kind := _kind(name))]
    if not named:
        return
    name, span, kind = named[0]
    instead = "integer cents or `Decimal`" if kind == "money" else "integers"
    yield Problem(
        Code.FLOAT_MONEY,
        Severity.WARNING,
        f"`{name}` is {kind} as a float, and the spec does not say how exact it is. Use {instead}, "
        "or state a rule of rounding or tolerance in `behavior`.",
        span,
    )


def _has_rule(subject: Subject) -> bool:
    texts = [case.text.value for case in subject.cases]
    if subject.behavior is not None:
        texts.append(subject.behavior.value)
    return any(map(says_how_exact, texts))


def says_how_exact(text: str) -> bool:
    """Whether a text holds a rule about precision."""
    return _RULE.search(text) is not None


def _typed(subject: Subject) -> Iterator[tuple[str, str, Span]]:
    """Every name of the spec that has a type: parameters, the function itself, fields."""
    function = subject.function.value if subject.function else ""
    if subject.signature is not None:
        signature = parse_signature(subject.signature.value, function)
        if isinstance(signature, Signature):
            span = subject.signature.span
            for parameter in signature.parameters:
                yield parameter.name, parameter.annotation or "", span
            yield signature.name, signature.returns or "", span
    for definition in subject.types:
        for field in definition.fields:
            yield field.name, field.annotation, field.span


def _is_float(annotation: str) -> bool:
    return "float" in annotation_names(annotation)


def _kind(name: str) -> str | None:
    words = {word.lower() for word in _WORD.findall(name)}
    if words & _RATE:
        return None
    if words & _MONEY:
        return "money"
    return "a duration" if words & _DURATION else None
