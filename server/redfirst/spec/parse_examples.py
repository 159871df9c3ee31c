"""Worked examples: Python expressions that a spec gives for a call and its outcome."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import parse_raise
from redfirst.spec.codes import Code
from redfirst.spec.model import Example, ExpectedError, Located
from redfirst.spec.syntax import SyntaxFault, expression_source
from redfirst.spec.yaml.nodes import Mapping, Node, Scalar, is_empty

if TYPE_CHECKING:
    from redfirst.spec.reading import Reading

EXPRESSION_KEYS: Final = ("call", "returns", "raises")


def parse_example(
    reading: Reading, node: Mapping, declared: Located[ExpectedError] | None
) -> Example | None:
    """The example that `node` holds; `None`, with a problem, when it is not usable.

    `declared` is the error of the case that the example belongs to: an example that says neither
    what is returned nor what is raised raises that.
    """
    call = _expression(reading, node, "call")
    returns = _expression(reading, node, "returns")
    raises = _raises(reading, node)
    if declared is not None and not node.key("returns") and not node.key("raises"):
        raises = declared
    given = _bindings(reading, node.get("given"))
    after = _bindings(reading, node.get("after"))
    if (declared is None or raises is not declared) and not _has_one_outcome(reading, node):
        return None
    if call is None or given is None or after is None or (returns is None) == (raises is None):
        return None
    return Example(call, returns, raises, given, after, node.span)


def _has_one_outcome(reading: Reading, node: Mapping) -> bool:
    returns, raises = node.key("returns"), node.key("raises")
    if returns is not None and raises is not None:
        message = "An example either returns or raises. Remove `returns` or `raises`."
        reading.report(Code.EXAMPLE_OUTCOME, message, raises.span)
        return False
    call = node.key("call")
    if returns is None and raises is None and call is not None:
        message = (
            "This example does not say what the call does. Add `returns:` or `raises:`; a function "
            "that returns nothing has `returns: None`."
        )
        reading.report(Code.EXAMPLE_OUTCOME, message, call.span)
        return False
    return True


def _expression(reading: Reading, node: Mapping, name: str) -> Located[str] | None:
    value = node.get(name)
    return None if value is None else _expression_of(reading, name, value)


def _expression_of(reading: Reading, name: str, node: Node) -> Located[str] | None:
    if not isinstance(node, Scalar) or is_empty(node):
        return None
    source = expression_source(python_source(node))
    if not isinstance(source, SyntaxFault):
        return Located(source, node.span)
    message = f"`{name}` is not a Python expression: {source.message}."
    reading.report(Code.EXPRESSION_SYNTAX, message, reading.inside(node, source.offset))
    return None


def python_source(scalar: Scalar) -> str:
    """The scalar as a Python expression: text as it stands, a YAML constant as its literal."""
    value = scalar.value
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return scalar.text.strip()


def _raises(reading: Reading, node: Mapping) -> Located[ExpectedError] | None:
    value = node.get("raises")
    if not isinstance(value, Scalar) or is_empty(value):
        return None
    error = parse_raise(f"raise {value.text.strip().removeprefix('raise ')}")
    if error is not None:
        return Located(error, value.span)
    message = '`raises` names an exception and its message: `ValueError("negative total")`.'
    reading.report(Code.EXPRESSION_SYNTAX, message, value.span)
    return None


def _bindings(reading: Reading, node: Node | None) -> tuple[tuple[str, Located[str]], ...] | None:
    """The names that `given` or `after` bind; `None` when one of them is not usable."""
    if node is None or is_empty(node):
        return ()
    if not isinstance(node, Mapping):
        return None
    bound = [(key.text, _expression_of(reading, key.text, value)) for key, value in node.named()]
    usable = tuple((name, source) for name, source in bound if source is not None)
    return usable if len(usable) == len(bound) else None
