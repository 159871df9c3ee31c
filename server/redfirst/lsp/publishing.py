"""Problems as the client shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst import __version__
from redfirst.project.shipped import shipped
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity

if TYPE_CHECKING:
    from redfirst.lsp.view import View
    from redfirst.spec.problem import Problem

SOURCE: Final = "redfirst"

_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFORMATION: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}
# What stands there is never read.
_WITHOUT_EFFECT: Final = {Code.DUPLICATE_KEY}


def diagnostics(view: View) -> list[types.Diagnostic]:
    """What is wrong with a spec, or with the settings. Slow for a long text."""
    return [diagnostic(view, problem) for problem in view.problems]


def result_id(view: View) -> str:
    """Names the diagnostics of a view: with another text or other settings it is another one."""
    shape = "" if view.settings.yaml_server else "-shape"
    return f"{__version__}-{view.kind}{shape}-{view.digest}"


def diagnostic(view: View, problem: Problem) -> types.Diagnostic:
    """A problem of the view's text."""
    faded = view.client.tags and problem.code in _WITHOUT_EFFECT
    return types.Diagnostic(
        range=view.places.range(problem.span),
        message=problem.message,
        severity=_SEVERITIES[problem.severity],
        code=problem.code.value,
        code_description=_page(problem.code),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if faded else None,
    )


def _page(code: Code) -> types.CodeDescription | None:
    try:
        return types.CodeDescription(shipped(f"docs/findings/{code.value}.md").as_uri())
    except FileNotFoundError:
        return None
