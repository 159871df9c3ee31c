"""Names of types, where a signature or a field has one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.candidate import Candidate, CandidateKind, Modules
from redfirst.spec.ide.code_outline import DefinitionKind, definitions
from redfirst.spec.names import TYPING
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.ide.half_written import HalfWritten

_BUILTIN: Final = (
    "int", "str", "bool", "float", "bytes", "list", "dict", "tuple", "set", "frozenset", "None",
    "object", "type", "complex",
)  # fmt: skip
_WORD: Final = re.compile(r"[\w.]*\Z")
# In a signature a type stands behind these; a comma counts only inside of brackets.
_BEFORE_TYPE: Final = re.compile(r"(?:[:\[|]|->)\s*\Z")
_COMMA: Final = re.compile(r",\s*\Z")


def types_in_signature(
    typed: str, offset: int, head: HalfWritten, modules: Modules
) -> Iterator[Candidate]:
    """The types that fit behind `typed`, a signature up to `offset`."""
    before = typed[: len(typed) - len(_word(typed))]
    in_brackets = before.count("[") > before.count("]") and _COMMA.search(before)
    if _BEFORE_TYPE.search(before) or in_brackets:
        yield from types(typed, offset, head, modules)


def types(typed: str, offset: int, head: HalfWritten, modules: Modules) -> Iterator[Candidate]:
    """The types that fit behind `typed`, in which the last word is begun; the spec's own first."""
    span = Span(offset - len(_word(typed)), offset)
    for name in dict.fromkeys(_names(head)):
        yield Candidate(name, CandidateKind.TYPE, span, name)
    known = {*_names(head)}
    for one in definitions(modules.source(head.module) or "") if head.module else ():
        if one.kind is DefinitionKind.CLASS and one.name not in known:
            markdown = f"A class of `{head.module}`. Describe it under `types`."
            yield Candidate(one.name, CandidateKind.TYPE, span, one.name, markdown)


def _names(head: HalfWritten) -> Iterator[str]:
    yield from (each.name.value for each in head.types)
    yield from head.imports
    yield from _BUILTIN
    yield from sorted(TYPING)


def _word(typed: str) -> str:
    match = _WORD.search(typed)
    return match[0] if match else ""
