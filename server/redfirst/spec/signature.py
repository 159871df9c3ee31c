"""A signature as a person writes it, read into a `Signature`."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import MethodKind, Parameter, ParameterKind, Signature
from redfirst.spec.scan import first_outside
from redfirst.spec.syntax import SyntaxFault, offset_of, parse_module, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = re.compile(
    r"""\s*
        (?P<decorators>(?:@[\w.]+\s+)*)
        (?:(?P<bare>staticmethod|classmethod)\s+)?
        (?P<is_async>async\s+)?
        (?:def\s+)?
        (?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)?
        \s*(?=[(\[])
    """,
    re.VERBOSE,
)
_TAIL: Final = re.compile(r"\s*(?::\s*(?:\.\.\.|pass)?\s*)?\Z")
_COLON: Final = re.compile(":")
_FORM: Final = "`name(parameter: type) -> type`"
# These mean something else, or nothing, where a signature is turned into a stub.
_REFUSED_INSIDE: Final = (ast.Yield, ast.YieldFrom, ast.Await, ast.NamedExpr)


@dataclass(frozen=True, slots=True)
class SignatureFault:
    """Why a text is no signature; `offset` counts code points from the text's beginning."""

    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Header:
    """The syntax tree of a signature, the text it was read from, and how that text is shifted."""

    node: ast.FunctionDef | ast.AsyncFunctionDef
    text: str
    shift: int


@lru_cache(maxsize=64)  # several rules read the same signature at every keystroke
def parse_signature(source: str, function: str) -> Signature | SignatureFault:
    """The signature that `source` spells, for the spec's `function` (`name` or `Class.method`).

    `source` may leave out the name or `def`, and may end in a colon. The result's `name` is the
    one that was written, without a prefix that repeats the class of `function`; whether it is the
    right one is for the caller to say. Never raises.
    """
    head = _HEAD.match(source)
    if head is None:
        return _no_head(source)
    decorators = _decorators(head)
    if unknown := decorators - {"staticmethod", "classmethod"}:
        return SignatureFault(
            f"`@{min(unknown)}` cannot stand in a signature; only `@staticmethod` and "
            "`@classmethod` can.",
            source.index("@"),
        )
    name = _name(head["name"], function)
    header = _header(source, head, name.rpartition(".")[2])
    if isinstance(header, SignatureFault):
        return header
    kind = _method_kind(function, decorators, header.node.args)
    return _fault_inside(header) or _signature(header, name, kind)


def _no_head(source: str) -> SignatureFault:
    if not source.strip():
        return SignatureFault(f"The signature is empty; write {_FORM}.", 0)
    if "(" not in source:
        return SignatureFault(
            f"The parameters need parentheses; a signature reads {_FORM}.", len(source.rstrip())
        )
    offset = len(source) - len(source.lstrip())
    return SignatureFault(f"This is not a signature; write {_FORM}.", offset)


def _decorators(head: re.Match[str]) -> set[str]:
    written: list[str] = re.findall(r"@([\w.]+)", head["decorators"])
    return {*written, head["bare"]} if head["bare"] else set(written)


def _name(written: str | None, function: str) -> str:
    class_name, _, method = function.rpartition(".")
    if written is None:
        return method
    name = re.sub(r"\s", "", written)
    return name.removeprefix(f"{class_name}.") if class_name else name


def _header(source: str, head: re.Match[str], name: str) -> _Header | SignatureFault:
    tail = _TAIL.search(source, head.end())
    rest = source[head.end() : tail.start() if tail else len(source)]
    opening = f"{'async def' if head['is_async'] else 'def'} {name or '_'}"
    text = f"{opening}{rest}: pass"
    shift = head.end() - len(opening)
    parsed = parse_module(text)
    colon = first_outside(_COLON, rest)
    if colon and not isinstance(parse_module(opening + rest[: colon.end()] + " pass"), SyntaxFault):
        message = "Only the signature belongs here: end after the return type."
        return SignatureFault(message, head.end() + colon.start())
    if isinstance(parsed, SyntaxFault):
        offset = min(max(parsed.offset + shift, 0), len(source.rstrip()))
        return SignatureFault(_explained(parsed.message, rest), offset)
    match parsed.body:
        case [(ast.FunctionDef() | ast.AsyncFunctionDef()) as node]:
            return _Header(node, text, shift)
        case _:
            return SignatureFault(f"This is not a signature; write {_FORM}.", head.end())


def _explained(message: str, rest: str) -> str:
    if rest.startswith("["):
        return (
            "Type parameters in brackets need Python 3.12 or later to be read here. Leave them "
            "out; a name such as `T` needs no definition."
        )
    return f"The signature is not valid Python: {message}. A signature reads {_FORM}."


def _fault_inside(header: _Header) -> SignatureFault | None:
    """What the grammar allows and a function still cannot have."""
    seen: set[str] = set()
    for _, argument, _ in _arguments(header.node.args):
        if argument.arg in seen:
            return SignatureFault(
                f"The parameter `{argument.arg}` stands twice in the signature.",
                max(offset_of(header.text, argument) + header.shift, 0),
            )
        seen.add(argument.arg)
    for inner in ast.walk(header.node):
        if isinstance(inner, _REFUSED_INSIDE):
            return SignatureFault(
                "`await`, `yield` and `:=` cannot stand in a signature.",
                max(offset_of(header.text, inner) + header.shift, 0),
            )
    return None


def _method_kind(function: str, decorators: set[str], arguments: ast.arguments) -> MethodKind:
    if "." not in function:
        return MethodKind.FUNCTION
    if "classmethod" in decorators:
        return MethodKind.CLASS
    if "staticmethod" in decorators:
        return MethodKind.STATIC
    first = next(iter([*arguments.posonlyargs, *arguments.args]), None)
    kinds = {"self": MethodKind.INSTANCE, "cls": MethodKind.CLASS}
    return kinds.get(first.arg, MethodKind.STATIC) if first else MethodKind.STATIC


def _signature(header: _Header, name: str, method: MethodKind) -> Signature:
    node = header.node
    return Signature(
        source=ast.unparse(node).removesuffix(":\n    pass"),
        name=name,
        parameters=tuple(_parameters(header)),
        returns=source_of(header.text, node.returns) if node.returns else None,
        is_async=isinstance(node, ast.AsyncFunctionDef),
        method=method,
    )


def _parameters(header: _Header) -> Iterator[Parameter]:
    for kind, argument, default in _arguments(header.node.args):
        yield Parameter(
            argument.arg,
            kind,
            source_of(header.text, argument.annotation) if argument.annotation else None,
            source_of(header.text, default) if default else None,
        )


def _arguments(
    arguments: ast.arguments,
) -> Iterator[tuple[ParameterKind, ast.arg, ast.expr | None]]:
    """Every argument with its kind and default, in the order in which they are written."""
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    defaults = chain([None] * required, arguments.defaults)
    for index, (argument, default) in enumerate(zip(positional, defaults, strict=True)):
        only = index < len(arguments.posonlyargs)
        kind = ParameterKind.POSITIONAL_ONLY if only else ParameterKind.POSITIONAL_OR_KEYWORD
        yield kind, argument, default
    if arguments.vararg:
        yield ParameterKind.VAR_POSITIONAL, arguments.vararg, None
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield ParameterKind.KEYWORD_ONLY, argument, default
    if arguments.kwarg:
        yield ParameterKind.VAR_KEYWORD, arguments.kwarg, None
