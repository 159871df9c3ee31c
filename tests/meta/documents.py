"""The pages of the documentation that are written by hand, and their fenced blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(\w*) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """```LANGUAGE MARK, the page it stands on, and the line on which its text begins."""

    page: str
    line: int
    language: str
    mark: str
    text: str

    @property
    def place(self) -> str:
        """For the name of a test."""
        return f"{self.page}:{self.line}"


def pages() -> list[Path]:
    """README, CONTRIBUTING, CHANGELOG, and everything below docs."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [*top, ROOT / "benchmarks/README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(page: Path) -> str:
    """The path from the root, with forward slashes."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(name_of(page), text.count("\n", 0, found.start()) + 2, *found.groups())
        for found in FENCE.finditer(text)
    ]


def prose_and_code(page: Path) -> str:
    """A page's text without its fenced blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))
