"""What the client can do, as far as an answer depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lsprotocol import types

if TYPE_CHECKING:
    from lsprotocol.types import ClientCapabilities


@dataclass(frozen=True, slots=True)
class Client:
    """Before `initialize` nothing is known, and the least is assumed.

    `pulls` says that the client asks for diagnostics itself, so that none are sent unasked.
    """

    encoding: str = types.PositionEncodingKind.Utf16.value
    pulls: bool = False
    refreshes: bool = False
    snippets: bool = False
    markdown: bool = True
    nested_symbols: bool = False
    versioned_edits: bool = False
    tags: bool = False
    relates: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    renames_files: bool = False
    annotates_edits: bool = False
    shows_documents: bool = False
    refreshes_hints: bool = False
    refreshes_lenses: bool = False
    applies_edits: bool = False
    creates_files: bool = False
    shows_progress: bool = False
    draws_coverage: bool = False
    lists_cases: bool = False
    snippet_edits: bool = False
    completes: bool = False
    disables_actions: bool = False
    resolves_edits: bool = False


def read_client(capabilities: ClientCapabilities, encoding: str) -> Client:
    """What `capabilities` say; `encoding` is the one that was agreed on."""
    text = capabilities.text_document or types.TextDocumentClientCapabilities()
    workspace = capabilities.workspace or types.WorkspaceClientCapabilities()
    completion = text.completion and text.completion.completion_item
    published = text.publish_diagnostics or types.PublishDiagnosticsClientCapabilities()
    return Client(
        encoding=encoding,
        pulls=text.diagnostic is not None,
        refreshes=bool(workspace.diagnostics and workspace.diagnostics.refresh_support),
        snippets=bool(completion and completion.snippet_support),
        markdown=_shows_markdown(text.hover),
        nested_symbols=bool(
            text.document_symbol and text.document_symbol.hierarchical_document_symbol_support
        ),
        versioned_edits=bool(
            workspace.workspace_edit and workspace.workspace_edit.document_changes
        ),
        tags=published.tag_support is not None,
        relates=bool(published.related_information) or _relates(text.diagnostic),
        configuration=bool(workspace.configuration),
        registers_configuration=_registers(workspace.did_change_configuration),
        registers_watchers=_registers(workspace.did_change_watched_files),
        renames_files=_can(workspace.workspace_edit, types.ResourceOperationKind.Rename),
        annotates_edits=bool(
            workspace.workspace_edit and workspace.workspace_edit.change_annotation_support
        ),
        shows_documents=_shows_documents(capabilities.window),
        refreshes_hints=bool(workspace.inlay_hint and workspace.inlay_hint.refresh_support),
        refreshes_lenses=bool(workspace.code_lens and workspace.code_lens.refresh_support),
        applies_edits=bool(workspace.apply_edit),
        creates_files=_can(workspace.workspace_edit, types.ResourceOperationKind.Create),
        shows_progress=bool(capabilities.window and capabilities.window.work_done_progress),
        draws_coverage=_does(capabilities.experimental, "coverage"),
        lists_cases=_does(capabilities.experimental, "cases"),
        snippet_edits=bool(
            workspace.workspace_edit and workspace.workspace_edit.snippet_edit_support
        ),
        completes=_does(capabilities.experimental, "complete"),
        disables_actions=bool(text.code_action and text.code_action.disabled_support),
        resolves_edits=_resolves_edits(text.code_action),
    )


def asks_too_rarely(params: types.InitializeParams) -> bool:
    """Whether what the client asks for would be shown too late: it is told unasked instead.

    Neovim 0.11 asks for diagnostics of a text when that text changes, and cannot be told to ask
    again when a verification is over.
    """
    workspace = params.capabilities.workspace
    refreshes = workspace and workspace.diagnostics and workspace.diagnostics.refresh_support
    return params.client_info is not None and params.client_info.name == "Neovim" and not refreshes


def _does(experimental: object, what: str) -> bool:
    """What is beyond the protocol may be anything."""
    return _member(_member(experimental, "redfirst"), what) is True


def _member(told: object, name: str) -> object:
    return cast("dict[str, object]", told).get(name) if isinstance(told, dict) else None


def _registers(
    capability: (
        types.DidChangeConfigurationClientCapabilities
        | types.DidChangeWatchedFilesClientCapabilities
        | None
    ),
) -> bool:
    return bool(capability and capability.dynamic_registration)


def _resolves_edits(capability: types.CodeActionClientCapabilities | None) -> bool:
    """What is to be resolved must be found again by what was put into the action."""
    if capability is None or not (capability.data_support and capability.resolve_support):
        return False
    return "edit" in capability.resolve_support.properties


def _relates(capability: types.DiagnosticClientCapabilities | None) -> bool:
    return bool(capability and capability.related_information)


def _can(
    capability: types.WorkspaceEditClientCapabilities | None, operation: types.ResourceOperationKind
) -> bool:
    """Operations on files travel among `documentChanges`, so a client must know both."""
    if capability is None or not capability.document_changes:
        return False
    return operation in (capability.resource_operations or ())


def _shows_documents(window: types.WindowClientCapabilities | None) -> bool:
    return bool(window and window.show_document and window.show_document.support)


def _shows_markdown(hover: types.HoverClientCapabilities | None) -> bool:
    if hover is None or not hover.content_format:
        return True
    return types.MarkupKind.Markdown in hover.content_format
