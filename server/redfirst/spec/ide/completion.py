"""What can be written where a cursor stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.candidate import Candidate, CandidateKind
from redfirst.spec.ide.code_outline import DefinitionKind, definitions
from redfirst.spec.ide.complete_expressions import expressions, given_names
from redfirst.spec.ide.complete_types import types, types_in_signature
from redfirst.spec.ide.cursor import Cursor, cursor_at
from redfirst.spec.ide.half_written import half_written
from redfirst.spec.ide.schema_part import Part, item_of, keys_of, part_at
from redfirst.spec.ide.yaml_text import yaml_lines
from redfirst.spec.names import BUILTIN_EXCEPTIONS
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.document import SpecDocument
    from redfirst.spec.ide.candidate import Modules

_RAISE: Final = re.compile(r"\braise\s+(?P<typed>[\w.]*)\Z")
_BARE: Final = re.compile(r"[\w.]*\Z")
_WORD: Final = re.compile(r"\w*")
_MARKUP: Final = re.compile(r'[$\\}"]')
_EXPRESSIONS: Final = {("call",), ("returns",)}
_BINDINGS: Final = {("given",), ("after",)}
_FIRST: Final = ("ValueError", "TypeError", "KeyError", "LookupError", "RuntimeError")


def complete(document: SpecDocument, offset: int, modules: Modules) -> tuple[Candidate, ...]:
    """The candidates at `offset`, the likely ones first."""
    text = document.text
    cursor = cursor_at(text, offset)
    line = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 : offset]
    if line.lstrip().startswith("#") or " #" in line:
        return ()
    raised = _RAISE.search(line)
    if raised is not None:
        span = Span(offset - len(raised["typed"]), offset)
        return tuple(_exceptions(document, span))
    if cursor.key_due and _WORD.fullmatch(cursor.typed.of(text)) is None:
        return ()
    if cursor.key_due and cursor.path[-1:] == ("given",):
        return tuple(given_names(cursor, half_written(document)))
    if cursor.key_due:
        return tuple(_keys_and_snippets(cursor))
    return tuple(_values(document, cursor, offset, modules))


def _keys_and_snippets(cursor: Cursor) -> Iterator[Candidate]:
    part = part_at(cursor.path)
    if part is None:
        return
    if not cursor.keyed and not cursor.flow:
        yield from _snippets(cursor, part)
    for name, below in keys_of(part).items():
        if name not in cursor.present:
            snippet = name if cursor.keyed else _key_snippet(cursor, name, below)
            markdown = below.get("markdownDescription", "")
            yield Candidate(name, CandidateKind.KEY, cursor.typed, snippet, markdown)


def _key_snippet(cursor: Cursor, name: str, part: Part) -> str:
    if cursor.flow:
        return f"{name}: "
    return _indented(cursor, yaml_lines({name: _body(part)}))


def _body(part: Part) -> object:
    """What to write behind a key at first."""
    for snippet in part.get("defaultSnippets", ()):
        return snippet["body"]
    if part.get("type") == "array":
        return [_body(item_of(part))]
    return {"${1:name}": "${2:value}"} if part.get("type") == "object" else "${1:}"


def _snippets(cursor: Cursor, part: Part) -> Iterator[Candidate]:
    """Whole values: only where nothing of one is written yet."""
    if cursor.present:
        return
    in_list = part.get("type") == "array"
    source = item_of(part) if in_list else part
    if cursor.path and not cursor.item and not in_list:
        return
    for snippet in source.get("defaultSnippets", ()):
        body = [snippet["body"]] if in_list else snippet["body"]
        text = _indented(cursor, yaml_lines(body))
        markdown = snippet.get("description", "")
        yield Candidate(snippet["label"], CandidateKind.SNIPPET, cursor.typed, text, markdown)


def _indented(cursor: Cursor, lines: list[str]) -> str:
    """Behind a dash the value's lines stand two columns deeper than their line does."""
    return ("\n  " if cursor.item else "\n").join(lines)


def _values(
    document: SpecDocument, cursor: Cursor, offset: int, modules: Modules
) -> Iterator[Candidate]:
    typed, path = cursor.typed.of(document.text), cursor.path
    if path == ("module",):
        for module in modules.names():
            yield Candidate(module, CandidateKind.MODULE, cursor.typed, module)
    elif path == ("function",):
        yield from _functions(document, cursor, modules)
    elif path[-1:] == ("raises",) and _BARE.fullmatch(typed):
        yield from _declared_errors(document, cursor)
        yield from _exceptions(document, cursor.typed)
    elif path == ("signature",) and typed:
        yield from types_in_signature(typed, offset, half_written(document), modules)
    elif path[:1] == ("types",) and _BARE.search(typed):
        yield from types(typed, offset, half_written(document), modules)
    elif path[-1:] in _EXPRESSIONS or path[-2:-1] in _BINDINGS:
        yield from expressions(document.text, cursor, offset, half_written(document))
    elif not typed and not cursor.flow:
        yield from _snippets_of_texts(cursor)


def _snippets_of_texts(cursor: Cursor) -> Iterator[Candidate]:
    for snippet in (part_at(cursor.path) or {}).get("defaultSnippets", ()):
        if isinstance(snippet["body"], str):
            written = "\n".join(yaml_lines(snippet["body"]))
            yield Candidate(snippet["label"], CandidateKind.SNIPPET, cursor.typed, written)


def _functions(document: SpecDocument, cursor: Cursor, modules: Modules) -> Iterator[Candidate]:
    """The functions and methods of the spec's module; those that are meant for others first."""
    module = half_written(document).module
    found = definitions(modules.source(module) or "") if module else ()
    names = [one.name for one in found if one.kind is DefinitionKind.FUNCTION]
    public = (name for name in names if "_" not in {part[:1] for part in name.split(".")})
    for name in dict.fromkeys((*public, *names)):
        if not name.rpartition(".")[2].startswith("__"):
            yield Candidate(name, CandidateKind.FUNCTION, cursor.typed, name)


def _declared_errors(document: SpecDocument, cursor: Cursor) -> Iterator[Candidate]:
    """The error of the case that the example is for, with its message."""
    above = [case for case in document.cases if case.span.start < cursor.typed.start]
    case = max(above, key=lambda each: each.span.start, default=None)
    message = case.error.message if case and case.error else None
    # What these mean in a snippet is something else.
    if case and case.error and message is not None and not _MARKUP.search(message):
        written = f'{case.error.type_name}("{message}")'
        yield Candidate(written, CandidateKind.EXCEPTION, cursor.typed, written)


def _exceptions(document: SpecDocument, span: Span) -> Iterator[Candidate]:
    builtin = sorted(name for name in BUILTIN_EXCEPTIONS if name.endswith("Error"))
    for name in dict.fromkeys((*_declared(document), *_FIRST, *builtin)):
        yield Candidate(name, CandidateKind.EXCEPTION, span, f'{name}("${{1:message}}")')


def _declared(document: SpecDocument) -> Iterator[str]:
    """The exceptions under `types`."""
    tree = document.tree
    types = tree.get("types") if isinstance(tree, Mapping) else None
    for key, value in types.named() if isinstance(types, Mapping) else ():
        if isinstance(value, Scalar) and value.text.startswith("exception"):
            yield key.text
