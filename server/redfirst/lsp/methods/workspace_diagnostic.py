"""`workspace/diagnostic`: the client asks what is wrong with everything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from redfirst.lsp.news.publishing import diagnostics, result_id
from redfirst.lsp.state.slices import in_slices
from redfirst.lsp.state.view import Kind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from redfirst.lsp.news.closed_files import ClosedFiles, Findings
    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.view import View

Report: TypeAlias = (
    types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport
)


class WorkspaceDiagnostic:
    """Open texts first, then the files of all folders, in parts if the client takes parts.

    Of several requests under way the newest is answered, the others are refused.
    """

    def __init__(
        self,
        session: Session,
        files: ClosedFiles,
        tell: Callable[[types.ProgressParams], None],
    ) -> None:
        self._session = session
        self._files = files
        self._tell = tell
        self._newest = 0

    async def answer(
        self, params: types.WorkspaceDiagnosticParams
    ) -> types.WorkspaceDiagnosticReport:
        """All that differs from what the client knows, and the names of what does not."""
        self._newest += 1
        mine = self._newest
        before = {each.uri: each.value for each in params.previous_result_ids}
        found: list[Report] = []
        told: set[str] = set()
        async for reports in self._parts(before):
            if mine != self._newest:
                raise _replaced()
            told.update(report.uri for report in reports)
            if params.partial_result_token is None:
                found += reports
            elif reports:
                self._tell_part(params.partial_result_token, reports)
        gone = [uri for uri in before if uri not in told]
        return types.WorkspaceDiagnosticReport([*found, *(_nothing(uri) for uri in gone)])

    async def _parts(self, before: Mapping[str, str]) -> AsyncIterator[list[Report]]:
        for uri in [view.uri for view in self._session.views()]:
            view = self._session.refresh(uri)  # settings may have changed without news
            if view is not None and view.kind in (Kind.SPEC, Kind.SETTINGS):
                yield [await self._session.work(partial(_of_open, view, before))]
        steps = self._files.sweep(self._session.folders)
        async for results in in_slices(self._session, steps):
            yield [_of_closed(each, before) for each in results]

    def _tell_part(self, token: types.ProgressToken, reports: Sequence[Report]) -> None:
        part = types.WorkspaceDiagnosticReportPartialResult(reports)
        self._tell(types.ProgressParams(token, part))


def _of_open(view: View, before: Mapping[str, str]) -> Report:
    name = result_id(view)
    if before.get(view.uri) == name:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(
            uri=view.uri, version=view.version, result_id=name
        )
    return types.WorkspaceFullDocumentDiagnosticReport(
        uri=view.uri, version=view.version, items=diagnostics(view), result_id=name
    )


def _of_closed(findings: Findings, before: Mapping[str, str]) -> Report:
    if before.get(findings.uri) == findings.result_id:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(
            uri=findings.uri, result_id=findings.result_id
        )
    return types.WorkspaceFullDocumentDiagnosticReport(
        uri=findings.uri, items=findings.items, result_id=findings.result_id
    )


def _nothing(uri: str) -> Report:
    return types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[])


def _replaced() -> JsonRpcException:
    words = "A newer request asks for the same."
    data = types.DiagnosticServerCancellationData(retrigger_request=False)
    return JsonRpcException(words, types.LSPErrorCodes.ServerCancelled, data)
