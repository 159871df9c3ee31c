"""Where a spec names its function: in `function`, in the signature, and in its examples."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from redfirst.spec.names import dotted_name
from redfirst.spec.ranges import Span
from redfirst.spec.reading import text_of
from redfirst.spec.syntax import SyntaxFault, parse_expression
from redfirst.spec.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.document import SpecDocument
    from redfirst.spec.model import Located, Spec


def declared_name(document: SpecDocument) -> Located[str] | None:
    """The value of `function`, `name` or `Class.method`, in a half-written spec too."""
    tree = document.tree
    return text_of(tree.get("function")) if isinstance(tree, Mapping) else None


def name_span(document: SpecDocument) -> Span | None:
    """The last part of the value of `function`: what a rename changes."""
    declared = declared_name(document)
    if declared is None:
        return None
    name = declared.value.strip().rpartition(".")[2]
    found = _only(document.text, declared.span, name, 1)
    return found[0] if found else None


def signature_span(document: SpecDocument) -> Span | None:
    """The function's name in the signature; `None` when it is left out there."""
    tree, declared = document.tree, declared_name(document)
    signature = text_of(tree.get("signature")) if isinstance(tree, Mapping) else None
    if signature is None or declared is None:
        return None
    name = declared.value.strip().rpartition(".")[2]
    head = signature.span.of(document.text).partition("(")[0]
    match = re.search(rf"(?<!\w){re.escape(name)}\s*\Z", head)
    if match is None:
        return None
    start = signature.span.start + match.start()
    return Span(start, start + len(name))


def example_spans(document: SpecDocument) -> tuple[tuple[Span, ...], bool]:
    """The function's name in the examples, and whether each of them could be placed."""
    if document.spec is None:
        return (), True
    expressions = dict.fromkeys(_expressions(document.spec))
    found = [_in_expression(document, document.spec, each) for each in expressions]
    spans = {span for each in found for span in each or ()}
    return tuple(sorted(spans)), all(each is not None for each in found)


def _expressions(spec: Spec) -> Iterator[Located[str]]:
    for case in spec.cases:
        for example in case.examples:
            yield example.call
            if example.returns is not None:
                yield example.returns
            for _, value in (*example.given, *example.after):
                yield value


def _in_expression(
    document: SpecDocument, spec: Spec, written: Located[str]
) -> tuple[Span, ...] | None:
    """The places; `None` when the text is written in a way that hides them."""
    tree = parse_expression(written.value)
    if isinstance(tree, SyntaxFault):
        return ()
    name = spec.function.value.rpartition(".")[2]
    nodes = [node for node in ast.walk(tree) if _names_function(node, spec, name)]
    if not nodes:
        return ()
    start = written.span.start + (document.text[written.span.start] in "'\"")
    if "\n" in written.value or not document.text.startswith(written.value, start):
        return _only(document.text, written.span, name, len(nodes))
    ends = (_end(written.value, node) for node in nodes)
    return tuple(Span(start + end - len(name), start + end) for end in ends)


def _names_function(node: ast.AST, spec: Spec, name: str) -> bool:
    match node:
        case ast.Name(id=found):
            return spec.class_name is None and found == name
        case ast.Attribute(attr=found):
            return found == name and (spec.class_name is not None or _in_module(node, spec))
        case _:
            return False


def _in_module(node: ast.Attribute, spec: Spec) -> bool:
    return dotted_name(node.value) == spec.module.value


def _end(source: str, node: ast.AST) -> int:
    column = getattr(node, "end_col_offset", 0)
    return len(source.encode()[:column].decode(errors="ignore"))


def _only(text: str, span: Span, name: str, count: int) -> tuple[Span, ...] | None:
    """All places of the word `name` in a stretch, provided that there are just `count`."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = tuple(Span(*match.span()) for match in pattern.finditer(text, span.start, span.end))
    return found if len(found) == count else None
