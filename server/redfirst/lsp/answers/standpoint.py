"""What a person points at: a case, a function under spec or its module, from any of three files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from redfirst.generation.links import linked_tests
from redfirst.generation.provenance import read_provenance
from redfirst.lsp.state.view import Kind
from redfirst.spec.document import SpecDocument, read_spec
from redfirst.spec.ide.code_outline import definitions
from redfirst.spec.ide.code_uses import uses
from redfirst.spec.ide.function_places import example_spans, name_span, signature_span
from redfirst.spec.ide.hover import case_at
from redfirst.spec.ide.place import place_at
from redfirst.spec.ranges import Span
from redfirst.workflow.naming_specs import specs_of_function
from redfirst.workflow.neighbours import Neighbours, find_neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.generation.links import LinkedTest
    from redfirst.lsp.state.view import View
    from redfirst.spec.model import Case


class Side(StrEnum):
    """The file that a person looks at."""

    SPEC = "spec"
    TEST = "test"
    IMPLEMENTATION = "implementation"


@dataclass(frozen=True, slots=True)
class Standpoint:
    """`span` is what stands there in the person's file; `path` and `document` are the spec's.

    `case` is `None` for the function itself, and `is_module` says that it is its module.
    """

    side: Side
    span: Span
    path: Path
    document: SpecDocument
    neighbours: Neighbours
    case: Case | None = None
    is_module: bool = False


def standpoints(view: View, offset: int) -> tuple[Standpoint, ...]:
    """What `offset` is about; several where one function has several specs. None: nothing ours."""
    if view.kind is Kind.SPEC:
        return tuple(_in_spec(view, offset))
    if view.kind is Kind.TEST:
        return tuple(_in_test(view, offset))
    return tuple(_in_implementation(view, offset)) if view.path.suffix == ".py" else ()


def _in_spec(view: View, offset: int) -> Iterator[Standpoint]:
    document, around = view.document, view.neighbours()
    span = next((each for each in function_spans(document) if offset in each), None)
    place = place_at(document.tree, offset)
    case = case_at(document, offset) or _case_around(document, offset)
    if span is not None:
        yield Standpoint(Side.SPEC, span, view.path, document, around)
    elif place is not None and place.path == ("module",):
        yield Standpoint(Side.SPEC, place.span, view.path, document, around, is_module=True)
    elif case is not None:
        yield Standpoint(Side.SPEC, case.text.span, view.path, document, around, case)


def _case_around(document: SpecDocument, offset: int) -> Case | None:
    return next((case for case in document.cases if offset in case.span), None)


def _in_test(view: View, offset: int) -> Iterator[Standpoint]:
    provenance = read_provenance(view.text)
    if provenance is None:
        return
    path = view.project.root / provenance.spec_path
    text = view.read(path)
    if not provenance.spec_path or text is None:
        return
    document = read_spec(text)
    around = find_neighbours(view.project, path, document, view.read)
    link = _link_at(view.text, offset)
    if link is not None:
        case = next((case for case in document.cases if case.id == link[0].case), None)
        if case is not None:
            yield Standpoint(Side.TEST, link[1], path, document, around, case)
        return
    spans = (*_uses(view.text, document), *header_spans(view.text, provenance.spec_path))
    span = next((span for span in spans if offset in span), None)
    if span is not None:
        yield Standpoint(Side.TEST, span, path, document, around)


def _in_implementation(view: View, offset: int) -> Iterator[Standpoint]:
    here = next((each for each in definitions(view.text) if offset in each.span), None)
    if here is None:
        return  # most places of most modules: no need to read specs
    found = specs_of_function(view.project, view.path, here.name, view.read)
    for path, document in found:
        around = find_neighbours(view.project, path, document, view.read)
        yield Standpoint(Side.IMPLEMENTATION, here.span, path, document, around)


def function_spans(document: SpecDocument) -> tuple[Span, ...]:
    """Every place of the function's name in its spec, the one behind `function` first."""
    heads = (name_span(document), signature_span(document))
    return (*(span for span in heads if span is not None), *example_spans(document)[0])


def header_spans(text: str, spec_path: str) -> tuple[Span, ...]:
    """Where the header of a generated module names its spec."""
    start = text.find(spec_path)
    return () if start < 0 else (Span(start, start + len(spec_path)),)


def id_span(text: str, link: LinkedTest) -> Span | None:
    """Where the docstring of a test names its case."""
    if link.case is None or link.docstring is None:
        return None
    start = text.find(f"{link.case}:", link.docstring.start, link.docstring.end)
    return None if start < 0 else Span(start, start + len(link.case))


def _uses(text: str, document: SpecDocument) -> tuple[Span, ...]:
    spec = document.spec
    return uses(text, spec.module.value, spec.function.value).spans if spec else ()


def _link_at(text: str, offset: int) -> tuple[LinkedTest, Span] | None:
    for link in linked_tests(text):
        for span in (link.span, id_span(text, link)):
            if span is not None and offset in span:
                return link, span
    return None
