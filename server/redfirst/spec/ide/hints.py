"""What stands behind each case: its id, what verification found of its tests, how they ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.ide.verdicts import about_verdict, mark, run_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.document import SpecDocument
    from redfirst.spec.ide.surroundings import Surroundings
    from redfirst.spec.model import Case
    from redfirst.spec.ranges import Span


@dataclass(frozen=True, slots=True)
class Hint:
    """`label` goes behind the text that ends at `offset`; `markdown` says more of it."""

    offset: int
    label: str
    markdown: str | None


def hints(document: SpecDocument, span: Span, around: Surroundings) -> Iterator[Hint]:
    """The hints in a stretch of the spec. An id that is written there is not said alone."""
    for case in document.cases:
        end = case.text.span.end
        label = _label(case, around)
        if label is not None and end in span:
            yield Hint(end, label, about_verdict(case.id, around))


def label_of_test(case_id: str, around: Surroundings) -> str | None:
    """What stands behind the test of a case: verdict and run, where one of them is known."""
    verdict, run = around.verdicts.get(case_id), run_mark(case_id, around)
    if verdict is not None:
        return f"{mark(verdict)}{run}"
    return run.removeprefix(", ") if case_id in around.runs else None


def _label(case: Case, around: Surroundings) -> str | None:
    verdict, run = around.verdicts.get(case.id), run_mark(case.id, around)
    if verdict is not None:
        return f"{case.id} {mark(verdict)}{run}"
    if around.outdated and case.id in around.tests:
        return f"{case.id} ? changed"
    if case.id in around.runs:
        return f"{case.id}{run}"
    return case.id if case.written_id is None else None
