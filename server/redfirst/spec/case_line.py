"""One line of a spec: `condition -> outcome`, `condition -> raise Exc("message")`, and its id."""

from __future__ import annotations

import ast
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import CaseKind, ExpectedError
from redfirst.spec.scan import first_outside, past_brackets
from redfirst.spec.syntax import parse_expression

if TYPE_CHECKING:
    from collections.abc import Iterable

ARROW: Final = re.compile(r"(?<![<\-=])(?:-{1,3}>|={1,2}>|[→⟶⇒])")
ID_PATTERN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")

_RAISE: Final = re.compile(r"raise\s+(?P<type>[^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*")
_PREFIXES: Final = {CaseKind.EDGE_CASE: "EC", CaseKind.ERROR: "ER", CaseKind.EXAMPLE: "EX"}
_SLUG_WORDS: Final = 6
_SLUG_LENGTH: Final = 40
# Without these, `total < 0` and `total > 0` would share one slug and be told apart by order only.
_SPOKEN: Final = {
    "<=": " le ", ">=": " ge ", "==": " eq ", "!=": " ne ", "<": " lt ", ">": " gt ",
    "≤": " le ", "≥": " ge ", "≠": " ne ", "%": " percent ",
}  # fmt: skip
_SPOKEN_PATTERN: Final = re.compile("|".join(map(re.escape, _SPOKEN)))
_MINUS: Final = re.compile(r"(?<![\w)\]])[-\u2212](?=\d)")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """The halves of a line. Without an arrow, `condition` is the whole line and `outcome` empty.

    `error` is set when the outcome is `raise Exc(...)`; its message is `None` unless it is
    one string literal.
    """

    condition: str
    outcome: str
    error: ExpectedError | None = None
    has_arrow: bool = True


@lru_cache(maxsize=4096)  # asked by every rule of cases, at each keystroke
def parse_case_line(text: str) -> CaseLine:
    """Split `text` at its arrow and read the error that it declares. Never raises."""
    arrow = first_outside(ARROW, text) or ARROW.search(text)
    if arrow is None:
        return CaseLine(fold(text), "", has_arrow=False)
    # Not folded for the error: white space inside its message is part of the message.
    error = parse_raise(text[arrow.end() :].strip())
    return CaseLine(fold(text[: arrow.start()]), fold(text[arrow.end() :]), error)


def parse_raise(outcome: str) -> ExpectedError | None:
    """The error of `raise Exc("message")`; prose behind it is for people. `None` for all else."""
    match = _RAISE.match(outcome)
    if match is None:
        return None
    type_name = match["type"]
    if outcome[match.end() : match.end() + 1] != "(":
        bare = _is_bare(type_name, outcome[match.end() :])
        return ExpectedError(type_name, None) if bare else None
    end = past_brackets(outcome, match.end())
    call = parse_expression(type_name + outcome[match.end() : end]) if end else None
    if not isinstance(call, ast.Call):
        return None
    return ExpectedError(type_name, literal_message(call))


def literal_message(call: ast.Call) -> str | None:
    """The message of `Exc("message")`, when it is one string literal."""
    match call:
        case ast.Call(args=[ast.Constant(value=str(message))], keywords=[]):
            return message
        case _:
            return None


def fold(text: str) -> str:
    """`text` with each run of white space as one space."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """A short name for `text`: ASCII, lower case, at most six words and forty characters."""
    spoken = _SPOKEN_PATTERN.sub(lambda match: _SPOKEN[match[0]], _MINUS.sub(" minus ", text))
    plain = unicodedata.normalize("NFKD", spoken).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])'(?=[a-z])", "", plain))
    if not words:
        return hashlib.sha256(fold(text).encode(errors="replace")).hexdigest()[:8]
    short = words[0][:_SLUG_LENGTH]
    for word in words[1:_SLUG_WORDS]:
        if len(short) + 1 + len(word) > _SLUG_LENGTH:
            break
        short = f"{short}-{word}"
    return short


def generated_id(kind: CaseKind, condition: str) -> str:
    """The id of a case that has none of its own: `EC-both-empty`."""
    return f"{_PREFIXES[kind]}-{slug(condition)}"


def number_ids(ids: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """`ids` made unique: the second of equal ones gets `-2`; `taken` are used elsewhere."""
    used = set(taken)
    seen: dict[str, int] = {}
    numbered: list[str] = []
    for wanted in ids:
        count = seen.get(wanted, 0) + 1
        unique = wanted if count == 1 else f"{wanted}-{count}"
        while unique in used:
            count += 1
            unique = f"{wanted}-{count}"
        seen[wanted] = count
        used.add(unique)
        numbered.append(unique)
    return tuple(numbered)


def _is_bare(type_name: str, rest: str) -> bool:
    """Whether this is a bare `raise Exc`, and not prose like `raise alarm` or `raise A and B`."""
    return type_name.rpartition(".")[2][0].isupper() and rest.strip() in {"", ".", ";"}
