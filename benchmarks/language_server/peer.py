"""The client's end: raw JSON-RPC with any language server, each message with the time it came."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from benchmarks.language_server.servers import Server

PATIENCE = 60.0  # seconds
CAPABILITIES: dict[str, Any] = {
    "workspace": {"configuration": True, "workspaceFolders": True, "applyEdit": True},
    "textDocument": {
        "synchronization": {"didSave": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
    },
    "general": {"positionEncodings": ["utf-16"]},
}


class SilentError(Exception):
    """The server did not say what was waited for."""


@dataclass(frozen=True)
class Came:
    """A message and when it was read, in seconds of `time.perf_counter`."""

    message: dict[str, Any]
    at: float


@dataclass
class Peer:
    """A server's process. Its questions are answered at once, on the thread that reads."""

    server: Server
    process: subprocess.Popen[bytes]
    spawned: float
    _told: Queue[Came] = field(default_factory=Queue[Came])
    _answers: dict[int, Came] = field(default_factory=dict[int, Came])
    _answered: threading.Condition = field(default_factory=threading.Condition)
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _last_id: int = 0

    def request(self, method: str, params: object) -> Came:
        """Ask, and wait for the answer."""
        return self.answer(self.ask(method, params))

    def ask(self, method: str, params: object) -> int:
        """Ask; the number of the question."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        return self._last_id

    def answer(self, question: int) -> Came:
        """The answer to a question, whatever it says."""
        with self._answered:
            if not self._answered.wait_for(lambda: question in self._answers, PATIENCE):
                raise SilentError(f"{self.server.name} does not answer")
            return self._answers.pop(question)

    def has_answered(self, question: int) -> bool:
        """Whether there is an answer."""
        return question in self._answers

    def notify(self, method: str, params: object) -> float:
        """Tell; the moment before it was sent."""
        begin = time.perf_counter()
        self._send({"method": method, "params": params})
        return begin

    def initialize(self, folder: Path) -> Came:
        """Say hello; `initialized` is left to the caller."""
        hello = {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
            "capabilities": CAPABILITIES,
        }
        return self.request("initialize", hello)

    def open(self, path: Path, text: str) -> str:
        """Open a text; its name."""
        item = {
            "uri": path.as_uri(),
            "languageId": self.server.language,
            "version": 1,
            "text": text,
        }
        self.notify("textDocument/didOpen", {"textDocument": item})
        return path.as_uri()

    def diagnostics(self, uri: str) -> Came:
        """The next diagnostics of that text."""
        until = time.perf_counter() + PATIENCE
        while True:
            try:
                came = self._told.get(timeout=max(until - time.perf_counter(), 0.001))
            except Empty:
                raise SilentError(f"{self.server.name} has no diagnostics") from None
            is_such = came.message["method"] == "textDocument/publishDiagnostics"
            if is_such and came.message["params"]["uri"] == uri:
                return came

    def told(self, method: str, patience: float = PATIENCE) -> dict[str, Any]:
        """The params of the next notification with that method; others are passed over."""
        until = time.perf_counter() + patience
        while True:
            try:
                came = self._told.get(timeout=max(until - time.perf_counter(), 0.001))
            except Empty:
                raise SilentError(f"{self.server.name} sends no {method}") from None
            if came.message["method"] == method:
                return came.message["params"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        stream = _there(self.process.stdin)
        with self._writing:
            stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            stream.flush()

    def listen(self) -> None:
        """Read until the server ends."""
        stream = _there(self.process.stdout)
        while (message := _read(stream)) is not None:
            self._take(Came(message, time.perf_counter()))

    def _take(self, came: Came) -> None:
        message = came.message
        if "method" not in message:
            with self._answered:
                self._answers[message["id"]] = came
                self._answered.notify_all()
        elif "id" in message:
            self._send({"id": message["id"], "result": self._reply(message)})
        else:
            self._told.put(came)

    def _reply(self, question: dict[str, Any]) -> object:
        if question["method"] == "workspace/configuration":
            return [
                self.server.settings.get(each["section"]) for each in question["params"]["items"]
            ]
        return {"applied": False} if question["method"] == "workspace/applyEdit" else None


@contextmanager
def spawned(
    server: Server, folder: Path, log: IO[bytes] | int = subprocess.DEVNULL
) -> Generator[Peer]:
    """A server that works in `folder`, for as long as it is needed; what it logs goes to `log`."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        server.command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
    )
    peer = Peer(server, process, begin)
    listener = threading.Thread(target=peer.listen, daemon=True)
    listener.start()
    try:
        yield peer
    finally:
        process.kill()
        process.wait()
        listener.join()
        for stream in (process.stdin, process.stdout):
            _there(stream).close()


@contextmanager
def ready(server: Server, folder: Path) -> Generator[Peer]:
    """A server that has said hello and knows its settings."""
    with spawned(server, folder) as peer:
        peer.initialize(folder)
        settle(peer)
        yield peer


def settle(peer: Peer) -> None:
    """The handshake's second half."""
    peer.notify("initialized", {})
    if peer.server.settings:
        peer.notify("workspace/didChangeConfiguration", {"settings": peer.server.settings})


def _read(stream: IO[bytes]) -> dict[str, Any] | None:
    length = 0
    while (line := stream.readline()).strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(stream.read(length)) if line else None


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the process was started without pipes")
    return stream
