"""What the server of the tests does with `/v1/messages/batches`."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[[dict[str, Any]], dict[str, Any]]
    Response = tuple[int, str]

BATCHES = "/v1/messages/batches"
_DAY = {"created_at": "2026-01-01T00:00:00Z", "expires_at": "2026-01-02T00:00:00Z"}


@dataclass
class Batch:
    """`requests` by their names. It is over when nobody holds it, and then has `results`."""

    id: str
    requests: dict[str, dict[str, Any]]
    canceled: bool = False
    results: dict[str, dict[str, Any]] | None = None


@dataclass
class Batches:
    """`held`: none of them ends. `losing`: an order is taken, and its answer never arrives.

    `refusing` is the status that an order gets instead of a batch. `asked_for` is set when somebody
    has asked whether one is over.
    """

    url: str
    held: bool = False
    losing: bool = False
    refusing: int = 200
    asked_for: threading.Event = field(default_factory=threading.Event)
    ordered: list[Batch] = field(default_factory=list[Batch])

    def respond(self, path: str, body: dict[str, Any], answer: Answer) -> Response | None:
        """Status and text; `None` when the connection is lost."""
        name, _, verb = path.partition("?")[0].removeprefix(BATCHES).strip("/").partition("/")
        if not name:
            return self._order(body) if "requests" in body else self._list()
        batch = next((one for one in self.ordered if one.id == name), None)
        if batch is None:
            error = {"type": "not_found_error", "message": f"batch: {name}"}
            return 404, json.dumps({"type": "error", "error": error})
        self.asked_for.set()
        if verb == "cancel":
            batch.canceled = True
        if verb == "results":
            return 200, "".join(reversed(list(_lines(batch))))
        if batch.results is None and (batch.canceled or not self.held):
            batch.results = {
                key: {"type": "canceled"} if batch.canceled else answer(params)
                for key, params in batch.requests.items()
            }
        return 200, json.dumps(self._shown(batch))

    def _order(self, body: dict[str, Any]) -> Response | None:
        requests = {one["custom_id"]: one["params"] for one in body["requests"]}
        batch = Batch(f"msgbatch_{len(self.ordered) + 1}", requests)
        self.ordered.append(batch)
        return None if self.losing else (200, json.dumps(self._shown(batch)))

    def _list(self) -> Response:
        data = [self._shown(batch) for batch in reversed(self.ordered)]
        return 200, json.dumps({"data": data, "has_more": False, "first_id": None, "last_id": None})

    def _shown(self, batch: Batch) -> dict[str, Any]:
        """As of a real server, every entry is counted as open until the whole batch is over."""
        kinds = [one["type"] for one in (batch.results or {}).values()]
        names = ("succeeded", "errored", "canceled", "expired")
        over = {name: kinds.count(name) for name in names}
        ended = batch.results is not None
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if ended else "in_progress",
            "request_counts": {"processing": len(batch.requests) - len(kinds), **over},
            "results_url": f"{self.url}{BATCHES}/{batch.id}/results" if ended else None,
            "ended_at": None,
            "archived_at": None,
            "cancel_initiated_at": None,
            **_DAY,
        }


def _lines(batch: Batch) -> Iterator[str]:
    for name, result in (batch.results or {}).items():
        if result["type"] != "absent":
            yield json.dumps({"custom_id": name, "result": result}) + "\n"
