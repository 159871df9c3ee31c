"""What the first answer tells the client that there is: each method with its options, and commands.

`start.py` answers `initialize` from these tables before `server.py` and all that it needs is
imported, so they are the one place for options, and a method stands in both files.
"""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from redfirst.lsp import command_names

TRUST: Final = "redfirst/trust"
CASES: Final = "redfirst/cases"
COVERAGE: Final = "redfirst/coverage"
KEY: Final = "redfirst/key"

FIX_ALL: Final = f"{types.CodeActionKind.SourceFixAll.value}.redfirst"
COMMAND: Final = f"{types.CodeActionKind.Source.value}.redfirst"
ACTION_KINDS: Final = (
    types.CodeActionKind.QuickFix,
    types.CodeActionKind.RefactorRewrite,
    COMMAND,
    FIX_ALL,
)

_SPEC_FILES: Final = types.FileOperationFilter(types.FileOperationPattern("**/*.{yml,yaml}"))
_FOLDERS: Final = types.FileOperationFilter(
    types.FileOperationPattern("**", matches=types.FileOperationPatternKind.Folder)
)
_RENAMED: Final = (_SPEC_FILES, _FOLDERS)

METHODS: Final[dict[str, object]] = {
    types.INITIALIZE: None,
    types.SHUTDOWN: None,
    types.EXIT: None,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: None,
    types.TEXT_DOCUMENT_DID_OPEN: None,
    types.TEXT_DOCUMENT_DID_CHANGE: None,
    types.TEXT_DOCUMENT_DID_SAVE: None,
    types.TEXT_DOCUMENT_DID_CLOSE: None,
    types.INITIALIZED: None,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: None,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: None,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: None,
    types.WORKSPACE_DID_CREATE_FILES: types.FileOperationRegistrationOptions([_SPEC_FILES]),
    types.WORKSPACE_DID_RENAME_FILES: types.FileOperationRegistrationOptions(_RENAMED),
    types.WORKSPACE_DID_DELETE_FILES: types.FileOperationRegistrationOptions(_RENAMED),
    TRUST: None,
    KEY: None,
    CASES: None,
    COVERAGE: None,
    command_names.STATUS: None,
    types.WORKSPACE_DIAGNOSTIC: None,
    types.WORKSPACE_SYMBOL: None,
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="redfirst"
    ),
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(ACTION_KINDS, resolve_provider=True),
    types.CODE_ACTION_RESOLVE: None,
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=[" ", "."]),
    types.TEXT_DOCUMENT_HOVER: None,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: None,
    types.TEXT_DOCUMENT_FOLDING_RANGE: None,
    types.TEXT_DOCUMENT_DEFINITION: None,
    types.TEXT_DOCUMENT_IMPLEMENTATION: None,
    types.TEXT_DOCUMENT_REFERENCES: None,
    types.TEXT_DOCUMENT_PREPARE_RENAME: None,
    types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: None,
    types.TEXT_DOCUMENT_CODE_LENS: types.CodeLensOptions(resolve_provider=True),
    types.CODE_LENS_RESOLVE: None,
    types.TEXT_DOCUMENT_INLAY_HINT: None,
}
COMMANDS: Final = command_names.ALL
