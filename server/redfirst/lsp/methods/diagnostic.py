"""`textDocument/diagnostic`: the client asks what is wrong with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.news.publishing import diagnostics, result_id
from redfirst.lsp.state.session import path_of

if TYPE_CHECKING:
    from redfirst.lsp.news.closed_files import ClosedFiles
    from redfirst.lsp.state.view import View


def diagnostic(
    view: View, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """Everything, or that nothing has changed since the client asked for the same text."""
    name = result_id(view)
    if params.previous_result_id == name:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    return types.RelatedFullDocumentDiagnosticReport(items=diagnostics(view), result_id=name)


def diagnostic_of_closed(
    files: ClosedFiles, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """The same of a text that is not open: some clients ask for all tabs that a window has."""
    path = path_of(params.text_document.uri)
    found = None if path is None else files.look(path, params.text_document.uri)
    if found is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    if params.previous_result_id == found.result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=found.result_id)
    return types.RelatedFullDocumentDiagnosticReport(items=found.items, result_id=found.result_id)
