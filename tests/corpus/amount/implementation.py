import re
from typing import Union


def parse_amount(text: str) -> Union[int, str]:
    stripped = text.strip()
    if not stripped:
        raise ValueError("empty text")
    found = re.fullmatch(r"(\d+)(?:\.(\d\d))?", stripped)
    if found is None:
        return stripped
    return int(found[1]) * 100 + int(found[2] or 0)
