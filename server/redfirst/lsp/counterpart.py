"""From a generated test back to the case that it was written for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.generation.links import linked_tests
from redfirst.generation.provenance import read_provenance
from redfirst.lsp.view import Kind
from redfirst.spec.document import SpecDocument, read_spec
from redfirst.spec.ranges import Span
from redfirst.workflow.neighbours import Neighbours, find_neighbours

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.generation.links import LinkedTest
    from redfirst.lsp.view import View
    from redfirst.spec.model import Case


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A case, the spec that it stands in, and the place of the test that leads to it."""

    case: Case
    span: Span
    path: Path
    document: SpecDocument
    neighbours: Neighbours


def case_of_test(view: View, offset: int) -> Counterpart | None:
    """The case of the test whose name, or case id in the docstring, stands at `offset`."""
    provenance = read_provenance(view.text) if view.kind is Kind.TEST else None
    found = _link_at(view.text, offset)
    if provenance is None or found is None:
        return None
    link, span = found
    path = view.project.root / provenance.spec_path
    text = view.read(path)
    document = read_spec(text or "")
    case = next((case for case in document.cases if case.id == link.case), None)
    if case is None:
        return None
    neighbours = find_neighbours(view.project, path, document, view.read)
    return Counterpart(case, span, path, document, neighbours)


def _link_at(text: str, offset: int) -> tuple[LinkedTest, Span] | None:
    for link in linked_tests(text):
        for span in (link.span, _id_span(text, link)):
            if span is not None and offset in span:
                return link, span
    return None


def _id_span(text: str, link: LinkedTest) -> Span | None:
    if link.case is None:
        return None
    start = text.find(f"{link.case}:", link.span.end)
    return None if start < 0 else Span(start, start + len(link.case))
