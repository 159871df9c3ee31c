"""Names of test functions, made from the ids of their cases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST: Final = 64
_PREFIX: Final = re.compile(r"(?:EC|ER|EX)-(?=.)")


def test_names(case_ids: Iterable[str], taken: frozenset[str]) -> Mapping[str, str]:
    """Case id to function name: unique, valid, and none of `taken`."""
    names: dict[str, str] = {}
    for case_id in case_ids:
        names[case_id] = _free(_wished(case_id), {*taken, *names.values()})
    return names


def _wished(case_id: str) -> str:
    words = re.findall(r"\w+", _PREFIX.sub("", case_id, count=1).lower())
    name = "_".join(["test", *words]) if words else "test_case"
    while len(name) > _LONGEST and "_" in name.removeprefix("test_"):
        name = name.rpartition("_")[0]
    # A slug may hold a character that is a word's but not an identifier's, such as `²`.
    return name if name.isidentifier() else re.sub(r"[^a-z0-9_]", "_", name)


def _free(name: str, taken: set[str]) -> str:
    number = 1
    candidate = name
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate
