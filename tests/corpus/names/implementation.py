def join_names(*names: str, separator: str = ", ", last: str = " and ", **titles: str) -> str:
    if not set(titles) <= set(names):
        raise KeyError("no such name")
    shown = [f"{titles[name]} {name}" if name in titles else name for name in names if name]
    if len(shown) < 2:
        return "".join(shown)
    return separator.join(shown[:-1]) + last + shown[-1]
