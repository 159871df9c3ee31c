"""A client that breaks the rules gets an answer to every request, and the server lives on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PATIENCE, PULLING, Client, RefusedError, editor
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INVALID_REQUEST = -32600
NO_METHOD = -32601
INVALID_PARAMS = -32602
NOT_INITIALIZED = -32002
CANCELLED = -32800


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Client]:
    """A client that has not said hello."""
    client = Client.spawn(tmp_path)
    yield client
    client.close()


def refused(client: Client, method: str, params: Any = None) -> int:
    with pytest.raises(RefusedError) as refusal:
        client.request(method, params)
    return refusal.value.code


UNREADABLE: list[tuple[str, Any, int]] = [
    ("textDocument/hover", None, INVALID_PARAMS),
    ("textDocument/hover", {"textDocument": 7}, INVALID_PARAMS),
    ("textDocument/hover", [], INVALID_PARAMS),
    (
        "textDocument/hover",
        {"textDocument": {"uri": "x"}, "position": {"line": -1, "character": 0}},
        INVALID_PARAMS,
    ),
    ("textDocument/nonsense", None, NO_METHOD),
    ("textDocument/nonsense", {"a": 1}, NO_METHOD),
    ("workspace/executeCommand", {"command": "rm"}, INVALID_PARAMS),
    ("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, INVALID_REQUEST),
]


def test_a_request_that_cannot_be_read_is_refused(project: Path) -> None:
    with editor(project, PULLING) as client:
        found = [refused(client, method, params) for method, params, _ in UNREADABLE]
    assert found == [code for _, _, code in UNREADABLE]


def test_nothing_that_is_no_request_is_answered(project: Path) -> None:
    """Not even by a message that pops up; the editor sees that nothing is left unread."""
    with editor(project, PULLING) as client:
        client.notify("$/nonsense", {"a": 1})
        client.notify("textDocument/didChange", {"textDocument": "?"})
        client.notify("textDocument/didChange", None)
        client.notify("$/cancelRequest", {"id": 12345})
        client.notify("$/setTrace", {"value": "everything"})
        client.notify("window/workDoneProgress/cancel", {"token": "unknown"})
        client.change((project / "specs/half.yml").as_uri(), {"text": "never opened"})
        client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///nowhere.yml"}})
        client.send({"jsonrpc": "2.0", "id": 777, "result": None})
        uri = client.open(project / "specs/half.yml")
        assert client.ask_about("diagnostic", uri)["items"] == []


URIS = ["", "untitled:Untitled-1", "file:", "file:///a%00b.yml", "http://[", "\ud800", "é:/x"]


def test_any_uri_may_be_opened(project: Path) -> None:
    with editor(project, PULLING) as client:
        for uri in URIS:
            item = {"uri": uri, "languageId": "yaml", "version": 1, "text": SPEC}
            client.notify("textDocument/didOpen", {"textDocument": item})
            assert client.ask_about("hover", uri, position={"line": 0, "character": 0}) is None


NO_MESSAGES = [b"{", b"[]", b"7", b"null", b'"x"', b"[" * 50_000, b"\xff"]


def test_what_is_no_message_is_passed_over(project: Path) -> None:
    client = Client.spawn(project)
    try:
        client.initialize(PULLING)
        for body in NO_MESSAGES:
            client.send_bytes(body)
            assert client.request("textDocument/hover", at_start("file:///x")) is None
        assert client.leave() == 0
        assert client.rest() == []
    finally:
        client.close()


def test_deeply_nested_text_is_only_text(project: Path) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", "[" * 20_000)
        assert client.ask_about("diagnostic", uri)["items"]


def at_start(uri: str) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}


def test_nothing_before_initialize(stranger: Client) -> None:
    assert refused(stranger, "textDocument/hover", at_start("file:///x")) == NOT_INITIALIZED
    assert refused(stranger, "shutdown") == NOT_INITIALIZED
    stranger.initialize({})
    assert stranger.leave() == 0


def test_nothing_after_shutdown(project: Path) -> None:
    client = Client.spawn(project)
    try:
        client.initialize({})
        client.request("shutdown")
        assert refused(client, "textDocument/hover", at_start("file:///x")) == INVALID_REQUEST
        assert refused(client, "shutdown") == INVALID_REQUEST
        assert client.exit() == 0
    finally:
        client.close()


def test_leaving_without_shutdown_is_an_error(stranger: Client) -> None:
    stranger.initialize({})
    assert stranger.exit() == 1


def test_leaving_before_initialize_is_an_error(stranger: Client) -> None:
    assert stranger.exit() == 1


def test_an_editor_that_died_is_not_waited_for(stranger: Client) -> None:
    stranger.initialize({})
    assert stranger.server.stdin is not None
    stranger.server.stdin.close()
    assert stranger.server.wait(PATIENCE) == 1


def test_an_editor_that_died_before_it_said_anything(stranger: Client) -> None:
    assert stranger.server.stdin is not None
    stranger.server.stdin.close()
    assert stranger.server.wait(PATIENCE) == 1
    assert stranger.log() == ""


def test_a_client_newer_than_our_types_is_served(project: Path) -> None:
    newer = {
        "general": {"positionEncodings": ["utf-64", "utf-8"]},
        "textDocument": {
            "diagnostic": {},
            "completion": {"completionItem": {"tagSupport": {"valueSet": ["brand-new"]}}},
            "foldingRange": {"foldingRangeKind": 7},
        },
        "window": "yes",
    }
    client = Client.spawn(project)
    try:
        client.initialize(newer)
        assert client.capabilities["positionEncoding"] == "utf-8"
        uri = client.open(project / "specs/half.yml", "functoin: x\n")
        assert client.ask_about("diagnostic", uri)["items"]
        assert client.leave() == 0
    finally:
        client.close()


def test_an_initialize_that_cannot_be_read_is_refused_and_can_be_mended(stranger: Client) -> None:
    unusable = {"capabilities": {}, "workspaceFolders": 7}
    assert refused(stranger, "initialize", unusable) == INVALID_PARAMS
    stranger.initialize({})
    assert stranger.leave() == 0


def test_a_cancelled_request_is_answered(project: Path) -> None:
    """Request and cancellation come in one piece, behind a text that takes a while to read."""
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", SPEC * 200)
        document = {"textDocument": {"uri": uri}}
        first = client.ask("textDocument/diagnostic", document)
        with client.at_once():
            second = client.ask("textDocument/documentSymbol", document)
            client.notify("$/cancelRequest", {"id": second})
        with pytest.raises(RefusedError) as refusal:
            client.answer(second)
        assert refusal.value.code == CANCELLED
        assert client.answer(first)["items"]


def test_leaving_does_not_wait_for_what_is_being_read(project: Path) -> None:
    """Many megabytes take minutes to read; the server is gone long before that."""
    cases = "".join(f"  - case: case {n} -> raise ValueError('m{n}')\n" for n in range(300_000))
    client = Client.spawn(project)
    try:
        client.initialize({})
        uri = client.open(project / "specs/half.yml", SPEC + cases)
        client.ask("textDocument/hover", at_start(uri))
        client.request("shutdown")
        client.notify("exit", None)
        assert client.server.wait(PATIENCE) == 0
    finally:
        client.close()


def test_messages_are_answered_while_a_long_text_is_read(project: Path) -> None:
    with editor(project, PULLING) as client:
        long = client.open(project / "specs/long.yml", SPEC * 100)
        with client.at_once():
            slow = client.ask("textDocument/diagnostic", {"textDocument": {"uri": long}})
            quick = client.ask("textDocument/nonsense")
        with pytest.raises(RefusedError) as refusal:
            client.answer(quick)
        assert refusal.value.code == NO_METHOD
        assert not [message for message in client.unread if message.get("id") == slow]
        assert client.answer(slow)["items"]


def test_a_request_is_answered_from_the_text_it_was_asked_about(project: Path) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", SPEC)
        asked = client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        client.change(uri, {"text": "functoin: x\n"})
        assert client.answer(asked)["items"] == []


def test_text_with_half_characters(project: Path) -> None:
    with editor(project, PULLING) as client:
        text = json.loads('"function: \\ud800\\n"')
        uri = client.open(project / "specs/half.yml", text)
        assert client.ask_about("diagnostic", uri)["items"]
        position = {"line": 0, "character": 11}
        client.ask_about("completion", uri, position=position)
        client.ask_about("documentSymbol", uri)
