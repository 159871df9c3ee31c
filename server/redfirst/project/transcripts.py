"""What a model was asked and what it answered, word for word, in the project's cache.

Each request is kept once, in a file named by its hash, with all that came of it. No key is ever
in it: it is made from the request's words. The folder is not for a repository, and says so.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from redfirst.project.cache import CACHE, read_cached, write_cached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_TRANSCRIPTS: Final = "transcripts"
_ANSWERS: Final = "answers"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The transcripts of the project at `root`."""

    root: Path

    def keep(self, request: Mapping[str, Any], outcome: Mapping[str, Any]) -> str:
        """Note what came of a request; its hash. `ProjectError` when that cannot be written."""
        digest = digest_of(request)
        before = self.find(digest)
        outcomes: list[Any] = [] if before is None else before["outcomes"]
        document = {"request": request, "outcomes": [*outcomes, dict(outcome)]}
        write_cached(self.root, self._path(_TRANSCRIPTS, digest), document)
        return digest

    def find(self, digest: str) -> Mapping[str, Any] | None:
        """What was kept under that hash: `request`, and `outcomes` with the newest last.

        `None` when nothing was, or when it is not that request any more.
        """
        document = read_cached(self._path(_TRANSCRIPTS, digest)) if digest.isalnum() else None
        if document is None or digest_of(document.get("request")) != digest:
            return None
        return document if _is_list_of_objects(document.get("outcomes")) else None

    def newest_first(self) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """Every transcript, as its file and the request in it."""
        files = (self.root / CACHE / _TRANSCRIPTS).glob("*.json")
        for path in sorted(files, key=_age, reverse=True):
            document = read_cached(path)
            if document is not None and isinstance(document.get("request"), dict):
                yield path, document["request"]

    def remember(self, question: str, digest: str) -> None:
        """The request `digest` has answered `question` (a hash of all that its answer rests on)."""
        write_cached(self.root, self._path(_ANSWERS, question), {"request": digest})

    def recall(self, question: str) -> tuple[str, Mapping[str, Any]] | None:
        """The hash of the request that answered the question once, and what came of it."""
        digest = str((read_cached(self._path(_ANSWERS, question)) or {}).get("request"))
        document = self.find(digest) or {"outcomes": []}
        answered = [one for one in document["outcomes"] if "answer" in one]
        return (digest, answered[-1]) if answered else None

    def _path(self, kind: str, name: str) -> Path:
        return self.root / CACHE / kind / f"{name}.json"


def _is_list_of_objects(value: object) -> bool:
    """As written; a person may have changed it."""
    entries = cast("list[object]", value) if isinstance(value, list) else [None]
    return all(isinstance(each, dict) for each in entries)


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # somebody has just deleted the folder
        return 0


def digest_of(value: object) -> str:
    """16 hexadecimal digits, the same for the same JSON value."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_DIGITS]
