"""A part of many specs, so that several machines can share a check."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`-th (from 1) of `total` parts."""

    number: int
    total: int

    def part(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names of this part. A name stays in its part whatever other names come and go."""
        return tuple(name for name in names if _part(name, self.total) == self.number - 1)


def parse_shard(text: str) -> Shard:
    """`2/5` is the second of five parts."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise ArgumentTypeError(f"`{text}` is no shard; write 2/5 for the second of five parts")
    return Shard(int(match[1]), int(match[2]))


def _part(name: str, total: int) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big") % total
