"""Problems as the client shows them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst import __version__
from redfirst.coverage.words import STALE
from redfirst.lsp.answers.pairing import knowledge, remarks
from redfirst.lsp.state.positions import Positions
from redfirst.lsp.state.verdicts import text_hash
from redfirst.lsp.state.view import Kind
from redfirst.project.shipped import shipped
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.coverage_findings import about_gap, code_of
from redfirst.workflow.strength_findings import about_survivor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.lsp.state.view import View
    from redfirst.spec.problem import Problem
    from redfirst.workflow.remarks import Place, Remark

SOURCE: Final = "redfirst"

_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFORMATION: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
_FADED: Final = (types.DiagnosticTag.Unnecessary,)
# What stands there is never read.
_WITHOUT_EFFECT: Final = {Code.DUPLICATE_KEY}


def diagnostics(view: View) -> list[types.Diagnostic]:
    """What is wrong with a spec, its tests, or the settings. Reads files, and takes its time."""
    found = [diagnostic(view, problem) for problem in view.problems]
    said = (remark_diagnostic(view, remark) for remark in remarks(view))
    broken = [diagnostic(view, view.broken)] if view.broken else []
    return [*found, *broken, *said, *gap_diagnostics(view), *survivor_diagnostics(view)]


def result_id(view: View) -> str:
    """Names the diagnostics of a view: with other texts, verdicts or settings it is another one."""
    if view.kind is Kind.OTHER:
        tagged = view.settings.unnecessary_tag
        gaps = text_hash(repr((view.marks, tagged))) if view.marks else ""
        broken = "-broken" if view.broken else ""
        survivors = [(spec, mutant.id) for spec, mutant in view.survivors()]
        changes = text_hash(repr(survivors)) if survivors else ""
        return f"{view.kind}-{view.digest}-{gaps}{broken}{changes}"
    shape = "" if view.settings.yaml_server else "-shape"
    return f"{view.kind}-{view.digest}{shape}-{knowledge(view)}-{__version__}"


def diagnostic(view: View, problem: Problem) -> types.Diagnostic:
    """A problem of the view's text."""
    faded = view.client.tags and problem.code in _WITHOUT_EFFECT
    said = _said(problem.code, problem.severity, problem.message, view.places.range(problem.span))
    said.tags = _FADED if faded else None
    return said


def remark_diagnostic(view: View, remark: Remark) -> types.Diagnostic:
    """A remark on the view's text."""
    related = [_related(view, place) for place in remark.related]
    said = _said(remark.code, remark.severity, remark.message, view.places.range(remark.span))
    said.related_information = related if view.client.relates else None
    return said


def _related(view: View, place: Place) -> types.DiagnosticRelatedInformation:
    span = Positions(place.text, view.client.encoding).range(place.span)
    uri = view.uri_of(view.project.root / place.path)
    return types.DiagnosticRelatedInformation(types.Location(uri, span), place.message)


def gap_diagnostics(view: View) -> Iterator[types.Diagnostic]:
    """What no test reaches, for clients that do not draw it."""
    marks = None if view.client.draws_coverage else view.marks
    faded = view.client.tags and view.settings.unnecessary_tag
    for gap in marks.gaps if marks else ():
        words = about_gap(gap)
        message = f"{words} {STALE}" if marks and marks.stale else words
        place = view.places.lines(gap.first, gap.last)
        said = _said(code_of(gap), Severity.HINT, message, place)
        said.tags = _FADED if faded else None
        yield said


def survivor_diagnostics(view: View) -> Iterator[types.Diagnostic]:
    """Changes to an implementation that no test noticed, where somebody asked for them."""
    for _, mutant in view.survivors():
        place = view.places.range(mutant.span)
        yield _said(Code.SURVIVOR, Severity.INFORMATION, about_survivor(mutant), place)


def unreadable(code: Code, words: str) -> tuple[str, tuple[types.Diagnostic, ...]]:
    """The same, and its name, of a file that cannot be read as a text: it has no places."""
    start = types.Position(0, 0)
    said = _said(code, Severity.ERROR, words, types.Range(start, start))
    return f"{__version__}-unreadable-{text_hash(words)}", (said,)


def _said(code: Code, severity: Severity, message: str, place: types.Range) -> types.Diagnostic:
    return types.Diagnostic(
        range=place,
        message=message,
        severity=_SEVERITIES[severity],
        code=code.value,
        code_description=_page(code),
        source=SOURCE,
    )


@cache  # asked at each keystroke for each finding; there are as many as codes
def _page(code: Code) -> types.CodeDescription | None:
    try:
        return types.CodeDescription(shipped(f"docs/findings/{code.value}.md").as_uri())
    except FileNotFoundError:
        return None
