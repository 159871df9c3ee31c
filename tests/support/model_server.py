"""A server on this machine that speaks `/v1/messages` and misbehaves on order."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.support.model_batches import BATCHES, Batches

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    503: "api_error",
    529: "overloaded_error",
}
_PER_TOKEN = 4  # characters, roughly
USAGE = {
    "input_tokens": 0,
    "cache_creation_input_tokens": 80,
    "cache_read_input_tokens": 20,
    "output_tokens": 1,
}


@dataclass(frozen=True)
class Reply:
    """An answer. `status` fails at the start, `breaks` in the middle.

    `breaks` is `cut` (the connection goes), `end` (a clean end without a stop), `silent` (nothing
    more comes), `drip` (a character now and then, without end), or a type of error that is sent.
    Already at the start it may be `mute` (no answer at all) or `page` (one for people).
    In a batch, a status is an error of this one entry, and `breaks` may be `canceled`, `expired` or
    `absent`.
    """

    text: str = ""
    stop: str = "end_turn"
    status: int = 200
    breaks: str = ""
    says: str = ""


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def words(self) -> str:
        """Everything that was sent, but for the headers."""
        return self.path + json.dumps(self.body, ensure_ascii=False)


@dataclass
class ModelServer:
    """`answer` says what to reply; requests are kept in their order."""

    url: str
    batches: Batches
    answer: Callable[[Request], Reply] = field(default=lambda _: Reply())
    requests: list[Request] = field(default_factory=list[Request])
    stopping: threading.Event = field(default_factory=threading.Event)
    disconnected: threading.Event = field(default_factory=threading.Event)
    writing: threading.Event = field(default_factory=threading.Event)

    def script(self, *replies: Reply) -> None:
        """One reply after the other; the last one for good. Forget what was asked before."""
        waiting = list(replies)
        self.batches = Batches(self.url)
        self.requests.clear()
        self.disconnected.clear()
        self.writing.clear()
        self.answer = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def model_server() -> Generator[ModelServer]:
    """The server, for as long as it is needed."""
    served: list[ModelServer] = []

    class Handler(_Handler):
        server_of_models = property(lambda _: served[0])

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        url = f"http://127.0.0.1:{server.server_address[1]}"
        served.append(ModelServer(url, Batches(url)))
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield served[0]
        finally:
            served[0].stopping.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_models: ModelServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer(json.loads(sent or b"{}"))

    def _answer(self, body: dict[str, Any]) -> None:
        models = self.server_of_models
        request = Request(self.path, dict(self.headers), body)
        models.requests.append(request)
        if self.path.startswith("/v1/models"):
            self._models(models.answer(request))
            return
        if self.path.startswith(BATCHES):
            self._batch(request)
            return
        reply = models.answer(request)
        if reply.status != 200:
            self._json(reply.status, _error(reply))
        elif reply.breaks == "page":
            self._send(200, b"<!doctype html><title>Welcome</title>", "text/html")
        elif reply.breaks == "mute":
            self._wait_until_gone()
        elif self.path.endswith("count_tokens"):
            self._json(200, {"input_tokens": 5})
        else:
            self._stream(reply, body)

    def _batch(self, request: Request) -> None:
        models = self.server_of_models
        if "requests" in request.body and models.batches.refusing != 200:
            refusal = Reply(status=models.batches.refusing)
            self._json(refusal.status, _error(refusal))
            return

        def entry(params: dict[str, Any]) -> dict[str, Any]:
            return _entry(models.answer(Request("/v1/messages", request.headers, params)), params)

        said = models.batches.respond(self.path, request.body, entry)
        if said is None:
            self.close_connection = True
            self.connection.close()
        else:
            self._send(said[0], said[1].encode())

    def _models(self, reply: Reply) -> None:
        name = self.path.partition("?")[0].removeprefix("/v1/models").strip("/")
        model = {"type": "model", "display_name": "M", "created_at": "2026-01-01T00:00:00Z"}
        known = [{"id": each, **model} for each in ("model-a", "model-b")]
        if reply.status not in (200, 404):
            self._json(reply.status, _error(reply))
        elif not name:
            page = {"data": known, "has_more": False, "first_id": None, "last_id": None}
            self._json(200, page)
        elif name in ("model-a", "model-b"):
            self._json(200, {"id": name, **model})
        else:
            error = {"type": "not_found_error", "message": f"model: {name}"}
            self._json(404, {"type": "error", "error": error})

    def _json(self, status: int, value: object) -> None:
        self._send(status, json.dumps(value).encode())

    def _send(self, status: int, data: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.send_header("retry-after-ms", "5")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        try:
            self._events(reply, str(body.get("model")), len(json.dumps(body)) // _PER_TOKEN)
        except OSError:
            self.server_of_models.disconnected.set()
            self.close_connection = True

    def _events(self, reply: Reply, model: str, read: int) -> None:
        self._event("message_start", message=_message(model, {**USAGE, "input_tokens": read}))
        block = {"type": "text", "text": ""}
        self._event("content_block_start", index=0, content_block=block)
        text = reply.text
        size = max(1, len(text) // 8)
        parts = [text[start : start + size] for start in range(0, len(text), size)]
        for part in parts[: 2 if reply.breaks else None]:
            self._text(part)
        if reply.breaks:
            self._break(reply)
            return
        self._event("content_block_stop", index=0)
        delta = {"stop_reason": reply.stop, "stop_sequence": None}
        self._event("message_delta", delta=delta, usage={"output_tokens": len(text) // _PER_TOKEN})
        self._event("message_stop")
        self.wfile.write(b"0\r\n\r\n")

    def _break(self, reply: Reply) -> None:
        models = self.server_of_models
        models.writing.set()
        match reply.breaks:
            case "cut":
                self.close_connection = True
                self.connection.close()
            case "end":
                self.wfile.write(b"0\r\n\r\n")
            case "silent":
                self._wait_until_gone()
                raise OSError
            case "drip":
                while not models.stopping.wait(0.02):
                    self._text("x")
            case kind:
                error = {"type": kind, "message": reply.says or "no"}
                self._event("error", error=error)
                self.wfile.write(b"0\r\n\r\n")

    def _wait_until_gone(self) -> None:
        self.close_connection = True
        self.connection.setblocking(False)
        while not self.server_of_models.stopping.wait(0.02) and _is_there(self.connection):
            pass

    def _text(self, text: str) -> None:
        self._event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    def _event(self, kind: str, **values: object) -> None:
        data = f"event: {kind}\ndata: {json.dumps({'type': kind, **values})}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


def _message(model: str, usage: dict[str, int]) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": usage,
    }


def _error(reply: Reply) -> dict[str, Any]:
    error = {"type": KINDS[reply.status], "message": reply.says or "no"}
    return {"type": "error", "error": error, "request_id": None}


def _entry(reply: Reply, params: dict[str, Any]) -> dict[str, Any]:
    """What became of one request of a batch."""
    if reply.status != 200:
        return {"type": "errored", "error": _error(reply)}
    if reply.breaks:
        return {"type": reply.breaks}
    tokens = {"input_tokens": len(json.dumps(params)) // _PER_TOKEN}
    said = {"output_tokens": len(reply.text) // _PER_TOKEN}
    message = _message(str(params.get("model")), {**USAGE, **tokens, **said})
    content = [{"type": "text", "text": reply.text}]
    return {
        "type": "succeeded",
        "message": {**message, "content": content, "stop_reason": reply.stop},
    }


def _is_there(connection: Any) -> bool:
    """Whether the other side has not hung up."""
    try:
        return bool(connection.recv(1))
    except BlockingIOError:
        return True


def answer(module: str, *cases: str) -> str:
    """A good answer's text."""
    plan = [{"case": case, "inputs": "...", "expected": "..."} for case in cases]
    return json.dumps({"plan": plan, "module": module})
