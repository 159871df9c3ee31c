"""A client that speaks raw JSON-RPC with the real process, and reads every message of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

PATIENCE = 120  # seconds; only a test that fails ever waits that long

PLAIN = {}
PULLING = {"textDocument": {"diagnostic": {}}}


class RefusedError(Exception):
    """The server answered with an error."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.code = error["code"]


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@dataclass
class Client:
    """Messages of the server wait in `unread` until a test asks for them."""

    forgets: ClassVar = {"ANTHROPIC_API_KEY"}  # that of a person who runs the tests

    server: subprocess.Popen[bytes]
    unread: list[dict[str, Any]] = field(default_factory=list)
    capabilities: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    _arrived: Queue[dict[str, Any] | None] = field(default_factory=Queue)
    _last_id: int = 0
    _held: bytes | None = None
    _versions: dict[str, int] = field(default_factory=dict)

    @classmethod
    def spawn(cls, folder: Path) -> Self:
        server = subprocess.Popen(
            [sys.executable, "-m", "redfirst", "lsp"],
            cwd=folder,
            env={name: text for name, text in os.environ.items() if name not in cls.forgets},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        client = cls(server)
        threading.Thread(target=client._listen, args=(server.stdout,), daemon=True).start()
        return client

    def initialize(self, capabilities: dict[str, Any], **more: Any) -> dict[str, Any]:
        asked = {"processId": os.getpid(), "rootUri": None, "capabilities": capabilities, **more}
        answer = self.request("initialize", asked)
        self.capabilities = answer["capabilities"]
        self.notify("initialized", {})
        return answer

    def request(self, method: str, params: Any = None) -> Any:
        return self.answer(self.ask(method, params))

    def ask(self, method: str, params: Any = None) -> int:
        self._last_id += 1
        message = {"jsonrpc": "2.0", "id": self._last_id, "method": method}
        self.send(message | ({} if params is None else {"params": params}))
        return self._last_id

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is sent meanwhile comes in one piece: the server finds all of it, whoever is busy.

        In one piece are as many bytes as a pipe holds, 65,536.
        """
        self._held = b""
        try:
            yield
        finally:
            held, self._held = self._held, None
            self._write(held)

    def answer(self, request: int) -> Any:
        answer = self._take(
            lambda message: message.get("id") == request and "method" not in message
        )
        if "error" in answer:
            raise RefusedError(answer["error"])
        return answer["result"]

    def notify(self, method: str, params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def notified(self, method: str) -> Any:
        """The params of the oldest unread notification of that method."""
        return self._take(lambda message: message.get("method") == method)["params"]

    def asked(self, method: str) -> tuple[Any, Any]:
        """The id and the params of the oldest request of the server with that method."""
        request = self._take(lambda message: message.get("method") == method)
        return request["id"], request.get("params")

    def reply(self, request: Any, result: Any) -> None:
        self.send({"jsonrpc": "2.0", "id": request, "result": result})

    def send(self, message: Any) -> None:
        self.send_bytes(json.dumps(message).encode())

    def send_bytes(self, body: bytes) -> None:
        self._write(framed(body))

    def _write(self, message: bytes) -> None:
        assert self.server.stdin is not None
        if self._held is not None:
            self._held += message
            return
        self.server.stdin.write(message)
        self.server.stdin.flush()

    def open(self, path: Path, text: str | None = None) -> str:
        if text is None:
            text = path.read_text("utf-8")
        uri = path.as_uri()
        item = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._versions[uri] = 1
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, *changes: dict[str, Any]) -> int:
        self._versions[uri] = self._versions.get(uri, 0) + 1
        document = {"uri": uri, "version": self._versions[uri]}
        params = {"textDocument": document, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)
        return self._versions[uri]

    def ask_about(self, method: str, uri: str, **more: Any) -> Any:
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, **more})

    def published(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """The diagnostics of `uri` at `version`; those of older versions are passed over."""
        while True:
            params = self.notified("textDocument/publishDiagnostics")
            assert params["uri"] == uri
            if params.get("version") == version:
                return params["diagnostics"]

    def leave(self) -> int:
        self.request("shutdown")
        return self.exit()

    def exit(self) -> int:
        self.notify("exit", None)
        return self.server.wait(PATIENCE)

    def log(self) -> str:
        """What the server logged, once it has ended."""
        assert self.server.stderr is not None
        return self.server.stderr.read().decode()

    def rest(self) -> list[dict[str, Any]]:
        """The messages that nobody has read, once the server has ended."""
        while (message := self._arrived.get(timeout=PATIENCE)) is not None:
            self.unread.append(message)
        return self.unread

    def close(self) -> None:
        """End the server if it is still there, and let go of its pipes."""
        self.server.kill()
        self.server.wait()
        for stream in (self.server.stdin, self.server.stdout, self.server.stderr):
            if stream is not None:
                stream.close()

    def _take(self, wanted: Any) -> dict[str, Any]:
        for message in self.unread:
            if wanted(message):
                self.unread.remove(message)
                return message
        while (message := self._arrived.get(timeout=PATIENCE)) is not None:
            if wanted(message):
                return message
            self.unread.append(message)
        raise AssertionError(f"the server ended: {self.log()}")

    def _listen(self, stream: BinaryIO) -> None:
        while (header := stream.readline()).startswith(b"Content-Length: "):
            while stream.readline() != b"\r\n":
                pass
            self._arrived.put(json.loads(stream.read(int(header.split()[1]))))
        self._arrived.put(None)


@contextmanager
def editor(folder: Path, capabilities: dict[str, Any] = PLAIN, **more: Any) -> Iterator[Client]:
    """An editor that starts the server and leaves it in peace: code 0, no log, nothing unread."""
    client = Client.spawn(folder)
    try:
        client.initialize(capabilities, **more)
        yield client
        assert client.leave() == 0
        log = client.log()
        assert not log, log
        assert client.rest() == []
    finally:
        client.close()
