"""A page of docs/findings, read as its tests need it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "findings"


@dataclass(frozen=True)
class Page:
    """A title, and the text of each section; the text before the first has an empty name."""

    title: str
    sections: dict[str, str]

    def block(self, section: str) -> str:
        """The text of the one fenced block of a section."""
        blocks = re.findall(
            r"^(?P<fence>`{3,}|~{3,})\w*\n(?P<body>.*?)^(?P=fence)$",
            self.sections[section],
            re.MULTILINE | re.DOTALL,
        )
        assert len(blocks) == 1, f"`## {section}` holds one block"
        return blocks[0][1]


def read_page(code: str) -> Page:
    """The page of a finding, checked for its layout only."""
    path = PAGES / f"{code}.md"
    assert path.is_file(), f"docs/findings/{code}.md is missing"
    title, _, body = path.read_text(encoding="utf-8").partition("\n")
    parts = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Page(title, {"": parts[0], **sections})
