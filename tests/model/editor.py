"""An editor that has a model of its own, or keeps a key for one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.lsp.commands import ABLE

if TYPE_CHECKING:
    from tests.lsp.client import Client

CONFIRMING: dict[str, Any] = {
    **ABLE,
    "textDocument": {"codeAction": {"disabledSupport": True}, "diagnostic": {}},
}
COMPLETING: dict[str, Any] = {**CONFIRMING, "experimental": {"redfirst": {"complete": True}}}
START = {"line": 0, "character": 11}


def order(client: Client, command: str, uri: str, **more: object) -> int:
    """Send a command that says more than the file, without waiting for its answer."""
    params = {"command": f"redfirst.{command}", "arguments": [{"uri": uri, **more}]}
    return client.ask("workspace/executeCommand", params)


def asked(client: Client) -> tuple[Any, dict[str, Any]]:
    """The number and the words of the next question to the editor's model."""
    return client.asked("redfirst/complete")


def complete(client: Client, question: Any, text: str, stop: str = "end_turn") -> None:
    """What the editor's model says."""
    counts = {"inputTokens": 100, "outputTokens": None}
    client.reply(question, {"text": text, "model": "family-9", "stopReason": stop, **counts})


def fail(client: Client, question: Any, code: int, message: str) -> None:
    error = {"code": code, "message": message}
    client.send({"jsonrpc": "2.0", "id": question, "error": error})


def proposal(module: str) -> str:
    return json.dumps({"reasons": ["It is shorter."], "module": module})


def actions(client: Client, uri: str) -> dict[str, dict[str, Any]]:
    place = {"start": START, "end": START}
    offered = client.ask_about("codeAction", uri, range=place, context={"diagnostics": []})
    return {each["title"]: each for each in offered or []}


def chosen(client: Client, action: dict[str, Any]) -> int:
    """Do what the action says."""
    command = action["command"]
    params = {"command": command["command"], "arguments": command["arguments"]}
    return client.ask("workspace/executeCommand", params)
