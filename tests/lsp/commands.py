"""An editor that sends commands, applies edits and shows progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from tests.lsp.client import Client

ABLE = {
    "window": {"workDoneProgress": True},
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
            "changeAnnotationSupport": {},
        },
    },
    "textDocument": {"publishDiagnostics": {"relatedInformation": True}},
}
CODES = ("RF3", "RF4")


def send(client: Client, command: str, uri: str) -> int:
    """Send a command without waiting for its answer."""
    params = {"command": f"redfirst.{command}", "arguments": [{"uri": uri}]}
    return client.ask("workspace/executeCommand", params)


def do(client: Client, command: str, uri: str) -> Any:
    """Send a command of an editor that cannot show progress, and wait for its answer."""
    return client.answer(send(client, command, uri))


def agree_to_progress(client: Client) -> Any:
    """The token under which the server is about to tell of its work."""
    request, params = client.asked("window/workDoneProgress/create")
    client.reply(request, None)
    return params["token"]


def progress(client: Client, token: Any) -> list[dict[str, Any]]:
    """All that is told of a piece of work, up to its end."""
    told: list[dict[str, Any]] = []
    while not told or told[-1]["kind"] != "end":
        params = client.notified("$/progress")
        assert params["token"] == token
        told.append(params["value"])
    return told


def apply(client: Client) -> dict[str, Any]:
    """Do what the server asks to be changed, on the disk; the edit."""
    request, params = client.asked("workspace/applyEdit")
    for change in params["edit"]["documentChanges"]:
        if change.get("kind") == "create":
            path_of(change["uri"]).touch()
        else:
            (edit,) = change["edits"]
            path_of(change["textDocument"]["uri"]).write_text(edit["newText"])
    client.reply(request, {"applied": True})
    return params["edit"]


def path_of(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))


def shown(client: Client) -> str:
    """The message that pops up next."""
    return client.notified("window/showMessage")["message"]
