"""Editors with open folders: what is told of which file, in whatever order it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp.client import Client

CONFIGURED = {"workspace": {"configuration": True}}
DEFAULTS: dict[str, Any] = {}


def opened(*folders: Path) -> dict[str, Any]:
    """What `initialize` says of the folders that are open."""
    listed = [{"uri": folder.as_uri(), "name": folder.name} for folder in folders]
    return {"workspaceFolders": listed}


def codes(diagnostics: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the file itself; what its tests lack is another matter."""
    return [each["code"] for each in diagnostics if each["code"].startswith(("RF1", "RF9"))]


def told(client: Client, path: Path) -> list[str]:
    """The codes that are told next of a file; what is told of others is passed over."""
    while True:
        params = client.notified("textDocument/publishDiagnostics")
        if params["uri"] == path.as_uri():
            return codes(params["diagnostics"])


def until_shown(client: Client, wanted: dict[Path, list[str]]) -> None:
    """Read what is told until the client shows those codes, and no others, of each file."""
    while any(client.shown.get(path.as_uri()) != found for path, found in wanted.items()):
        params = client.notified("textDocument/publishDiagnostics")
        client.shown[params["uri"]] = codes(params["diagnostics"])


def configure(client: Client, *sections: dict[str, Any] | None) -> list[Any]:
    """Answer the next question for settings; the scopes that it asked about."""
    request, params = client.asked("workspace/configuration")
    client.reply(request, list(sections))
    assert {item["section"] for item in params["items"]} == {"redfirst"}
    return [item.get("scopeUri") for item in params["items"]]


def everything(client: Client, *before: dict[str, Any], **more: Any) -> dict[str, dict[str, Any]]:
    """The reports of all files, by URI. `before`: reports that the client has already."""
    known = [{"uri": each["uri"], "value": each["resultId"]} for each in before]
    answer = client.request("workspace/diagnostic", {"previousResultIds": known, **more})
    return {each["uri"]: each for each in answer["items"]}
