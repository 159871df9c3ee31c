"""Which batches were ordered and are not settled yet, in the project's cache.

A batch takes up to a day. Whoever stops waiting for it finds it here again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from redfirst.project.cache import CACHE, read_cached, write_cached

if TYPE_CHECKING:
    from pathlib import Path

_BATCHES: Final = "batches"


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """One order. `entries` are the hashes of its requests that are not settled.

    `batch` is the server's name for it, empty as long as nobody knows whether the server took it;
    `after` is the newest batch that the server had before. `server` is its address, `None`: the
    provider's own.
    """

    name: str
    entries: tuple[str, ...]
    server: str | None
    after: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class BatchRecords:
    """The records of the project at `root`."""

    root: Path

    def every(self) -> tuple[BatchRecord, ...]:
        """What is open."""
        folder = self.root / CACHE / _BATCHES
        read = (_read(path) for path in sorted(folder.glob("*.json")))
        return tuple(one for one in read if one is not None)

    def write(self, record: BatchRecord) -> None:
        """Keep it. `ProjectError` when that cannot be done."""
        document = asdict(record)
        del document["name"]
        write_cached(self.root, self._path(record), document)

    def settle(self, record: BatchRecord) -> None:
        """Keep what is open of it: nothing, when it has no entries any more."""
        if record.entries:
            self.write(record)
        else:
            self._path(record).unlink(missing_ok=True)

    def _path(self, record: BatchRecord) -> Path:
        return self.root / CACHE / _BATCHES / f"{record.name}.json"


def _read(path: Path) -> BatchRecord | None:
    document = read_cached(path) or {}
    try:
        return BatchRecord(
            path.stem,
            tuple(map(str, document["entries"])),
            document["server"],
            str(document["after"]),
            str(document["batch"]),
        )
    except (KeyError, TypeError):
        return None
