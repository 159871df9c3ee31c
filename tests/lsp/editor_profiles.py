"""What three editors see, with the capabilities that each of them really tells.

`test_profiles.py` runs this file with pytest-lsp, in an environment of its own. That plugin also
holds each answer against what the client said it can take.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import (
    ClientServerConfig,
    LanguageClient,
    client_capabilities,
    make_test_lsp_client,
)

PROJECT = Path(os.environ["PROJECT"])
COMMAND = [os.environ["REDFIRST_PYTHON"], "-m", "redfirst", "lsp"]
EDITORS = ["neovim@0.11", "visual-studio-code", "emacs"]

# Editors with these capabilities answer these questions; the client of pytest-lsp does not.
QUESTIONS = [
    types.CLIENT_REGISTER_CAPABILITY,
    types.WORKSPACE_CODE_LENS_REFRESH,
    types.WORKSPACE_INLAY_HINT_REFRESH,
]


def make_client() -> LanguageClient:
    made = make_test_lsp_client()
    for question in QUESTIONS:
        made.feature(question)(lambda _params: None)
    return made


pytestmark = pytest.mark.asyncio


CONFIG = ClientServerConfig(server_command=COMMAND, client_factory=make_client)


@pytest_lsp.fixture(params=EDITORS, config=CONFIG)
async def client(lsp_client: LanguageClient, request: pytest.FixtureRequest) -> Any:
    hello = types.InitializeParams(
        client_capabilities(request.param),
        root_uri=PROJECT.as_uri(),
        workspace_folders=[types.WorkspaceFolder(PROJECT.as_uri(), "project")],
    )
    await lsp_client.initialize_session(hello)
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient) -> types.TextDocumentIdentifier:
    path = PROJECT / "specs/broken.yml"
    item = types.TextDocumentItem(path.as_uri(), "yaml", 1, path.read_text("utf-8"))
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return types.TextDocumentIdentifier(item.uri)


async def diagnosed(
    client: LanguageClient, spec: types.TextDocumentIdentifier
) -> list[types.Diagnostic]:
    text = client.capabilities.text_document
    if text is not None and text.diagnostic is not None:
        asked = types.DocumentDiagnosticParams(spec)
        return list((await client.text_document_diagnostic_async(asked)).items)
    while spec.uri not in client.diagnostics:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[spec.uri])


async def test_diagnostics_and_their_fix(client: LanguageClient) -> None:
    spec = opened(client)
    found = await diagnosed(client, spec)
    wrong = next(each for each in found if each.code == "RF102")
    assert wrong.range.start == types.Position(0, 0)
    context = types.CodeActionContext([wrong])
    asked = types.CodeActionParams(spec, wrong.range, context)
    actions = await client.text_document_code_action_async(asked)
    assert "Write `function`" in [action.title for action in actions or ()]


async def test_hover(client: LanguageClient) -> None:
    spec = opened(client)
    said = await client.text_document_hover_async(types.HoverParams(spec, types.Position(1, 2)))
    assert said is not None
    assert isinstance(said.contents, types.MarkupContent)
    assert "module" in said.contents.value


async def test_completion(client: LanguageClient) -> None:
    spec = opened(client)
    said = await client.text_document_completion_async(
        types.CompletionParams(spec, types.Position(1, len("module: ma")))
    )
    items = said.items if isinstance(said, types.CompletionList) else said or []
    assert "maths" in [item.label for item in items]
