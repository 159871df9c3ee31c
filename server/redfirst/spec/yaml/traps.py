"""Texts that YAML reads as something else than their author meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.yaml.nodes import Mapping, Node, Scalar, Sequence, Style, walk
from redfirst.spec.yaml.quote import quote_fix

if TYPE_CHECKING:
    from collections.abc import Iterator

_READINGS_1_1: Final = (
    (re.compile(r"(?:yes|Yes|YES|on|On|ON)"), "`true`"),
    (re.compile(r"(?:no|No|NO|off|Off|OFF)"), "`false`"),
    (re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt ].*)?"), "a date"),
    (re.compile(r"[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?"), "a number to the base 60"),
    (re.compile(r"[-+]?0\d+"), "a number, an octal one for some"),
)
_READING_STARTS: Final = frozenset("yYnNoO0123456789+-")


def traps(root: Node) -> Iterator[Problem]:
    """The traps that `root`'s scalars fell into."""
    for node in walk(root):
        if (
            isinstance(node, Scalar)
            and node.text[:1] in _READING_STARTS
            and node.style is Style.PLAIN
            and not node.repaired
        ):
            yield from _retyped_elsewhere(node)


def retyped(scalar: Scalar) -> Problem:
    """A text is wanted, and YAML makes another value of this one."""
    kind = "true or false" if isinstance(scalar.value, bool) else "a number"
    kind = "nothing (null)" if scalar.value is None else kind
    message = f"YAML reads `{scalar.text}` as {kind}; a text is wanted here. Put it between quotes."
    return Problem(
        Code.YAML_RETYPED,
        Severity.ERROR,
        message,
        scalar.span,
        quote_fix(scalar.text, scalar.span),
    )


def became_collection(text: str, node: Mapping | Sequence) -> Problem | None:
    """A text is wanted, and YAML made a mapping or a list of it; `None` if it was meant as one."""
    written = node.span.of(text)
    if "\n" in written or "\r" in written:
        return None
    if node.flow:
        opening = written[:1]
        message = (
            f"A text that begins with `{opening}` is a {_kind(node)} to YAML. Put it between "
            "quotes."
        )
        return Problem(
            Code.RESERVED_START,
            Severity.ERROR,
            message,
            node.span,
            quote_fix(written, node.span),
        )
    if isinstance(node, Sequence):
        return None
    message = "The `: ` inside this text makes a mapping of it. Put the text between quotes."
    fix = quote_fix(written, node.span)
    return Problem(Code.BECAME_MAPPING, Severity.ERROR, message, node.span, fix)


def _kind(node: Mapping | Sequence) -> str:
    return "mapping" if isinstance(node, Mapping) else "list"


def _retyped_elsewhere(scalar: Scalar) -> Iterator[Problem]:
    """A word that a reader of YAML 1.1 takes for another value, as many still do."""
    for pattern, reading in _READINGS_1_1:
        if pattern.fullmatch(scalar.text):
            message = (
                f"Many YAML readers take `{scalar.text}` for {reading}. "
                "Put it between quotes, so that it is the same everywhere."
            )
            fix = quote_fix(scalar.text, scalar.span)
            yield Problem(Code.YAML_RETYPED, Severity.WARNING, message, scalar.span, fix)
            return
