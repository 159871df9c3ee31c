from collections.abc import Iterable, Iterator


def batches(items: Iterable[int], size: int) -> Iterator[list[int]]:
    if size < 1:
        raise ValueError("size below one")
    batch: list[int] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
