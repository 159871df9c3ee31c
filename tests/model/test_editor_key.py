"""The key that an editor keeps reaches the model's server, and nothing else."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

import pytest

from tests.lsp.client import Client, RefusedError
from tests.lsp.commands import agree_to_progress, apply, progress
from tests.model.editor import CONFIRMING, order
from tests.model.shop import GOOD
from tests.support.model_server import Reply, answer
from tests.support.processes import descendants, is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

CANARY = "sk-canary-of-the-editor"
# Where tests run, the project's own code looks for the key.
LOOKING = """\
import os
from pathlib import Path

seen = [*os.environ.values(), *(path.read_text("latin-1") for path in (
    Path("/proc/self/cmdline"), Path("/proc/self/environ")) if path.exists())]
assert not any("canary-of-the-editor" in text for text in seen)
"""
SPOILT: list[Any] = [
    CANARY,
    [CANARY],
    {"key": [CANARY]},
    {"key": {"value": CANARY}},
    {"kye": CANARY},
]


class Recorder:
    """Keeps what passes through a pipe."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.heard: list[bytes] = []

    def readline(self) -> bytes:
        return self._keep(self.stream.readline())

    def read(self, size: int) -> bytes:
        return self._keep(self.stream.read(size))

    def _keep(self, data: bytes) -> bytes:
        self.heard.append(data)
        return data


class Eavesdropper(Client):
    """It knows every byte that the server sent. There is a key in the environment, too."""

    forgets: ClassVar = set[str]()
    recorder: Recorder

    def _listen(self, stream: Any) -> None:
        self.recorder = Recorder(stream)
        super()._listen(self.recorder)


@contextmanager
def eavesdropping(folder: Path) -> Iterator[Eavesdropper]:
    client = Eavesdropper.spawn(folder)
    try:
        client.initialize(CONFIRMING, trace="verbose", initializationOptions={"log_level": "debug"})
        yield client
    finally:
        client.close()


def shows_the_key(pid: int) -> bool:
    try:
        files = [
            Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ", "comm")
        ]
    except OSError:  # it has just ended
        return False
    return any(CANARY.encode() in data for data in files)


def holding(folder: Path) -> list[Path]:
    """The files that hold the key."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if CANARY.encode() in path.read_bytes()]


def test_the_key_of_the_editor_is_nowhere_but_at_the_server(
    shop: Shop,
    server: ModelServer,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that the server says is read, at the highest level of tracing and logging. It beats
    the one in the environment; a model's server that quotes it gets it into no message.
    """
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(temporary))
    (shop.root / "tests/conftest.py").write_text(LOOKING)
    with eavesdropping(shop.root) as client:
        uri = client.open(shop.spec)
        for spoilt in SPOILT:
            client.notify("redfirst/key", spoilt)
        client.request("redfirst/key", {"key": CANARY})
        with pytest.raises(RefusedError):
            client.request("redfirst/keys", {"key": CANARY})
        client.notify("redfirst/key", {"key": f" {CANARY}\n"})

        server.script(Reply(GOOD, breaks="drip"))
        asking = order(client, "generate", uri, provider="anthropic")
        token = agree_to_progress(client)
        assert server.writing.wait(60)
        processes = descendants(client.server.pid)
        assert not any(map(shows_the_key, (client.server.pid, *(pid for pid, _ in processes))))
        assert holding(temporary) == []
        client.notify("window/workDoneProgress/cancel", {"token": token})
        assert client.answer(asking) is None
        progress(client, token)
        assert server.disconnected.wait(60)
        envoys = [pid for pid, command in processes if "envoy" in command]
        assert envoys
        assert all(map(is_gone, envoys))

        server.script(Reply(status=401, says=f"no such key: {CANARY}"), Reply(answer(GOOD)))
        refused = order(client, "generate", uri, provider="anthropic")
        progress(client, agree_to_progress(client))
        assert client.answer(refused)["written"] is False
        assert "(the key)" in client.notified("window/showMessage")["message"]
        asking = order(client, "generate", uri, provider="anthropic")
        token = agree_to_progress(client)
        apply(client)
        assert client.answer(asking)["written"]
        told = progress(client, token)
        messages = [each.get("message", "") for each in told]
        assert any("round 1 of 3, tokens of claude-sonnet-5-5" in each for each in messages)
        assert client.request("redfirst.status", {"uri": uri})["model"]["problem"] is None
        assert client.leave() == 0
        assert CANARY not in client.log()
        client.rest()
        assert CANARY.encode() not in b"".join(client.recorder.heard)
        assert b"logTrace" in b"".join(client.recorder.heard)
    assert {request.headers["Authorization"] for request in server.requests} == {f"Bearer {CANARY}"}
    assert "<specification>" in "".join(path.read_text() for path in shop.root.rglob("*.json"))
    assert holding(shop.root) == holding(temporary) == []
    assert os.environ["ANTHROPIC_API_KEY"] != CANARY
