"""`textDocument/diagnostic`: the client asks what is wrong with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.publishing import diagnostics
from redfirst.lsp.view import Kind

if TYPE_CHECKING:
    from redfirst.lsp.view import View


def diagnostic(
    view: View, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """Everything, or that nothing has changed since the client asked for the same text."""
    result_id = f"{view.kind}-{view.digest}"
    if params.previous_result_id == result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=result_id)
    items = diagnostics(view) if view.kind is Kind.SPEC else []
    return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=result_id)
