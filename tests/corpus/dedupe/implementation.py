def remove_duplicates(words: list[str], seen: set[str] | None = None) -> None:
    if "" in words:
        raise ValueError("empty word")
    known = set() if seen is None else seen
    kept = []
    for word in words:
        if word not in known:
            known.add(word)
            kept.append(word)
    words[:] = kept
