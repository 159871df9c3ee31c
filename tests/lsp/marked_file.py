"""Marked files: a small project in one file, whose comments say what an editor shows where.

A marked file is a sequence of `-- PATH --` lines, each followed by the text of that file. What
stands before the first one says what the file is about. Lines that begin with `#~` are no part of
any text: they stand below the line that they speak of, and say what the server answers there.

    edge_cases:
    #~ hover `edge`: The first line of the hover
    #~ | and the second.

The words between backticks are the place, in the line above: the cursor is at their beginning, or
where a `|` stands among them. `marked_answers.py` has all kinds of marks. Diagnostics are asked of
every file that has a mark at all, and each of them must have its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.lsp.marked_answers import ANSWERS, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.lsp.client import Client

FILE = re.compile(r"-- (\S+) --")
MARK = re.compile(r"(\s*)#~ ([a-z]+)(?: `([^`]*)`)?:(.*)")


@dataclass(frozen=True)
class Mark:
    """What `kind` of answer is expected at `words` of the line above."""

    indent: str
    kind: str
    words: str | None
    said: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        words = "" if self.words is None else f" `{self.words}`"
        first, *more = self.said or ("nothing",)
        yield f"{self.indent}#~ {self.kind}{words}: {first}".rstrip()
        yield from (f"{self.indent}#~ | {line}".rstrip() for line in more)


@dataclass(frozen=True)
class Line:
    """A line of a text, and the marks below it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Part:
    """One file of the project."""

    path: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(f"{line.text}\n" for line in self.lines)


@dataclass(frozen=True)
class MarkedFile:
    """What it is about, and the files of its project."""

    about: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        lines: list[str] = []
        for part in self.parts:
            lines.append(f"-- {part.path} --")
            for line in part.lines:
                lines += (line.text, *(each for mark in line.marks for each in mark.lines()))
        return self.about + "".join(f"{line}\n" for line in lines)


def read_marked(text: str) -> MarkedFile:
    about: list[str] = []
    parts: list[Part] = []
    for written in text.splitlines():
        if match := FILE.fullmatch(written):
            parts.append(Part(match[1], ()))
        elif not parts:
            about.append(f"{written}\n")
        else:
            parts[-1] = replace(parts[-1], lines=_with(parts[-1].lines, written))
    return MarkedFile("".join(about), tuple(parts))


def _with(lines: tuple[Line, ...], written: str) -> tuple[Line, ...]:
    """`lines` and one more; or one mark more for the last, or one line more for its mark."""
    if not written.lstrip().startswith("#~"):
        return (*lines, Line(written))
    *before, last = lines
    if match := MARK.fullmatch(written):
        mark = Mark(match[1], match[2], match[3], (match[4].strip(),))
        return (*before, replace(last, marks=(*last.marks, mark)))
    *marks, mark = last.marks
    mark = replace(mark, said=(*mark.said, written.lstrip().removeprefix("#~ |").removeprefix(" ")))
    return (*before, replace(last, marks=(*marks, mark)))


def write_project(marked: MarkedFile, folder: Path) -> None:
    for part in marked.parts:
        path = folder / part.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(part.text, encoding="utf-8")


def answered(marked: MarkedFile, client: Client, folder: Path) -> MarkedFile:
    """The same file with what the server says today."""
    uris = {part.path: client.open(folder / part.path) for part in marked.parts}
    return replace(
        marked,
        parts=tuple(_answered(part, client, uris[part.path], folder) for part in marked.parts),
    )


def _answered(part: Part, client: Client, uri: str, folder: Path) -> Part:
    if not part.path.endswith((".yml", ".py")) or not _is_marked(part):
        return part
    found = client.ask_about("diagnostic", uri)["items"]
    lines: list[Line] = []
    for number, line in enumerate(part.lines):
        asked = (mark for mark in line.marks if mark.kind != "diagnostic")
        marks = [
            _answer(mark, line, Place(client, uri, folder, part.text, number)) for mark in asked
        ]
        here = (each for each in found if each["range"]["start"]["line"] == number)
        lines.append(
            replace(line, marks=(*marks, *(_diagnostic(each, line.text) for each in here)))
        )
    return replace(part, lines=tuple(lines))


def _is_marked(part: Part) -> bool:
    return any(line.marks for line in part.lines)


def _answer(mark: Mark, line: Line, place: Place) -> Mark:
    column = 0
    if mark.words is not None:
        before, cursor, after = mark.words.partition("|")
        start = line.text.find(before + after)
        assert start >= 0, f"`{mark.words}` does not stand in the line {line.text!r}"
        column = start + (len(before) if cursor else 0)
    said = ANSWERS[mark.kind](replace(place, column=column))
    return replace(mark, said=tuple(said))


def _diagnostic(told: dict[str, Any], line: str) -> Mark:
    start, end = told["range"]["start"], told["range"]["end"]
    column = end["character"] if end["line"] == start["line"] else len(line)
    words = line[start["character"] : column].replace("`", "'")
    severity = ("", "error", "warning", "information", "hint")[told["severity"]]
    indent = re.match(r"\s*", line)
    said = f"{told['code']} {severity}. {told['message']}"
    return Mark(indent[0] if indent else "", "diagnostic", words, tuple(said.splitlines()))
