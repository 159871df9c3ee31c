"""`textDocument/diagnostic`: the client asks what is wrong with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.publishing import diagnostics, result_id

if TYPE_CHECKING:
    from redfirst.lsp.view import View


def diagnostic(
    view: View, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """Everything, or that nothing has changed since the client asked for the same text."""
    name = result_id(view)
    if params.previous_result_id == name:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    return types.RelatedFullDocumentDiagnosticReport(items=diagnostics(view), result_id=name)
