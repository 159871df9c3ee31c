from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K")


def group_by(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for item in items:
        name = key(item)
        if not isinstance(name, Hashable):
            raise TypeError("key cannot be hashed")
        groups.setdefault(name, []).append(item)
    return groups
