from collections.abc import Mapping


def is_balanced(text: str, pairs: Mapping[str, str] = {"(": ")"}) -> bool:
    if not pairs:
        raise ValueError("no pairs")
    expected: list[str] = []
    for character in text:
        if character in pairs:
            expected.append(pairs[character])
        elif character in pairs.values():
            if not expected or expected.pop() != character:
                return False
    return not expected
