"""Python behind `call`, `returns`, `raises`, `given` and `after`: calls, values, names."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.candidate import Candidate, CandidateKind
from redfirst.spec.ide.yaml_text import without_placeholders, yaml_lines
from redfirst.spec.model import MethodKind, ParameterKind, TypeKind
from redfirst.spec.names import dotted_name
from redfirst.spec.ranges import Span
from redfirst.spec.syntax import SyntaxFault, parse_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.ide.cursor import Cursor
    from redfirst.spec.ide.half_written import HalfWritten
    from redfirst.spec.model import Parameter, TypeDefinition

_LITERALS: Final = {
    "None": ("None",),
    "bool": ("True", "False"),
    "int": ("0", "1"),
    "float": ("0.0",),
    "str": ('"${1:text}"', '""'),
    "bytes": ('b"${1:text}"',),
    "list": ("[]",),
    "Sequence": ("[]",),
    "dict": ("{}",),
    "Mapping": ("{}",),
    "tuple": ("()",),
    "set": ("set()",),
}
_WORD: Final = re.compile(r"[\w.]*\Z")
_IN_FLOW: Final = re.compile(r"[,\[\]{}]")
_VARIADIC: Final = frozenset({ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD})
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class _Idea:
    label: str
    kind: CandidateKind
    snippet: str


def expressions(text: str, cursor: Cursor, offset: int, head: HalfWritten) -> Iterator[Candidate]:
    """What can be written behind `call`, `returns`, or a name of `given` or `after`."""
    typed = cursor.typed.of(text)
    quote = typed[:1] if typed[:1] in {"'", '"'} else ""
    inner = typed.removeprefix(quote)
    if inner.count('"') % 2 or inner.count("'") % 2:
        return
    match = _WORD.search(inner)
    word = match[0] if match else ""
    span = Span(offset - len(word), offset)
    seen: set[str] = set()
    for idea in _ideas(cursor.path, inner, head):
        snippet = _written(idea.snippet, cursor, quote, is_whole=inner == word)
        if snippet is not None and idea.label not in seen:
            seen.add(idea.label)
            yield Candidate(idea.label, idea.kind, span, snippet)


def given_names(cursor: Cursor, head: HalfWritten) -> Iterator[Candidate]:
    """The parameters, as names that `given` binds before the call."""
    for parameter in _parameters(head):
        if parameter.name not in cursor.present:
            snippet = f"{parameter.name}: ${{1:value}}"
            yield Candidate(parameter.name, CandidateKind.PARAMETER, cursor.typed, snippet)


def _ideas(path: tuple[str, ...], inner: str, head: HalfWritten) -> Iterator[_Idea]:
    if path[-1] == "call":
        yield from _keywords(inner, head)
        yield from _call(head)
    elif path[-1] == "returns":
        yield from _values(head.signature.returns if head.signature else None, head, _DEEPEST)
    else:
        annotations = {each.name: each.annotation for each in _parameters(head)}
        yield from _values(annotations.get(path[-1]), head, _DEEPEST)
    for definition in head.types:
        yield from _of_type(definition, head, 0)


def _call(head: HalfWritten) -> Iterator[_Idea]:
    """The function with what must be passed to it."""
    if not head.function:
        return
    signature = head.signature
    passed = ", ".join(_argument(place, each) for place, each in enumerate(_needed(head), 1))
    class_name, _, name = head.function.rpartition(".")
    bound = signature is not None and signature.method is MethodKind.INSTANCE
    subject = f"{class_name}()." if bound else f"{class_name}." if class_name else ""
    arguments = passed if signature is not None else "${1:}"
    yield _Idea(f"{subject}{name}", CandidateKind.FUNCTION, f"{subject}{name}({arguments})")


def _keywords(inner: str, head: HalfWritten) -> Iterator[_Idea]:
    """Inside of the parentheses of a call of the function: its parameters by name."""
    name = head.function.rpartition(".")[2]
    match = re.search(rf"(?<!\w){re.escape(name)}\((?P<passed>[^()]*)\Z", inner) if name else None
    for parameter in _parameters(head) if match else ():
        allowed = parameter.kind not in {ParameterKind.POSITIONAL_ONLY, *_VARIADIC}
        if match and allowed and f"{parameter.name}=" not in match["passed"]:
            snippet = f"{parameter.name}=${{1:{parameter.name}}}"
            yield _Idea(f"{parameter.name}=", CandidateKind.PARAMETER, snippet)


def _argument(place: int, parameter: Parameter) -> str:
    value = f"${{{place}:{parameter.name}}}"
    by_name = parameter.kind is ParameterKind.KEYWORD_ONLY
    return f"{parameter.name}={value}" if by_name else value


def _needed(head: HalfWritten) -> Iterator[Parameter]:
    for parameter in _parameters(head):
        if parameter.default is None and parameter.kind not in _VARIADIC:
            yield parameter


def _parameters(head: HalfWritten) -> tuple[Parameter, ...]:
    """Those that a caller passes."""
    if head.signature is None:
        return ()
    every = head.signature.parameters
    bound = head.signature.method in {MethodKind.INSTANCE, MethodKind.CLASS}
    return every[1:] if bound and every[:1] and every[0].name in {"self", "cls"} else every


def _values(annotation: str | None, head: HalfWritten, depth: int) -> Iterator[_Idea]:
    """Values of a type, and of each part of a union."""
    node = parse_expression(annotation) if annotation else None
    if node is None or isinstance(node, SyntaxFault) or depth == 0:
        return
    for name in _alternatives(node):
        for value in _LITERALS.get(name.rpartition(".")[2], ()):
            yield _Idea(without_placeholders(value), CandidateKind.VALUE, value)
        for definition in head.types:
            if definition.name.value == name:
                yield from _of_type(definition, head, depth - 1)


def _alternatives(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _alternatives(left)
            yield from _alternatives(right)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            yield from _alternatives(inner)
            yield "None"
        case ast.Subscript(value=outer):
            yield from _alternatives(outer)
        case ast.Constant(value=None):
            yield "None"
        case _:
            yield dotted_name(node) or ""


def _of_type(definition: TypeDefinition, head: HalfWritten, depth: int) -> Iterator[_Idea]:
    name = definition.name.value
    match definition.kind:
        case TypeKind.RECORD:
            fields = [each.name for each in definition.fields if each.default is None]
            passed = ", ".join(f"{each}=${{{n}:{each}}}" for n, each in enumerate(fields, 1))
            yield _Idea(name, CandidateKind.TYPE, f"{name}({passed})")
        case TypeKind.ENUM:
            for member, _ in definition.members:
                yield _Idea(f"{name}.{member}", CandidateKind.VALUE, f"{name}.{member}")
        case TypeKind.ALIAS:
            yield from _values(definition.target, head, depth)
        case TypeKind.EXCEPTION:
            return


def _written(snippet: str, cursor: Cursor, quote: str, *, is_whole: bool) -> str | None:
    """The snippet as YAML, in quotes where it needs them; `None` where it cannot stand."""
    plain = without_placeholders(snippet)
    if quote == '"':
        return snippet.replace('"', "'")
    if quote == "'":
        return snippet if "'" not in plain else None
    breaks_flow = cursor.flow and _IN_FLOW.search(plain) is not None
    if not is_whole:
        return None if breaks_flow else snippet
    if breaks_flow:
        return f"'{snippet}'" if "'" not in plain else None
    # Without a first letter of its own, `"x"` would be a text of YAML and not one of Python.
    return f"'{snippet}'" if plain[:1] == '"' else yaml_lines(snippet)[0]
