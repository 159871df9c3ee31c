"""Every spec that README and docs show is silent, unless it is shown for what is wrong with it.

```yaml           a complete spec, without a problem
```yaml fragment  continues the complete spec above it: its keys take the place of the same keys
```yaml finds=RF1xx  a fragment in which exactly this is found
```yaml ci        no spec
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from redfirst.spec.document import read_spec
from tests.meta.documents import ROOT, blocks, pages

ELSEWHERE = {"docs/tutorial.md"}  # followed step by step by a test of its own
KEY = re.compile(r"^(?=\w+:)", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """A spec as a reader understands it."""

    place: str
    text: str
    finds: set[str]


def shown() -> list[Shown]:
    found: list[Shown] = []
    for page in pages():
        name = page.relative_to(ROOT).as_posix()
        if name in ELSEWHERE or name.startswith("docs/findings/"):
            continue
        whole = ""
        for block in blocks(page):
            if block.language != "yaml" or block.mark == "ci":
                continue
            if not block.mark:
                whole = block.text
            text = continued(whole, block.text) if block.mark else block.text
            expected = {block.mark.removeprefix("finds=")} - {"", "fragment"}
            found.append(Shown(block.place, text, expected))
    return found


def continued(whole: str, fragment: str) -> str:
    """`whole`, with the fragment's keys in the place of its own; a fragment may be whole itself."""
    if fragment.startswith("function:"):
        return fragment
    replaced = {part.partition(":")[0] for part in KEY.split(fragment)}
    kept = [part for part in KEY.split(whole) if part.partition(":")[0] not in replaced]
    return "".join(kept) + fragment


@pytest.mark.parametrize("spec", shown(), ids=lambda spec: spec.place)
def test_a_shown_spec_is_as_silent_as_the_page_says(spec: Shown) -> None:
    document = read_spec(spec.text)
    assert {str(problem.code) for problem in document.problems} == spec.finds
    assert spec.finds or document.spec is not None


def test_the_format_is_shown() -> None:
    assert any(spec.place.startswith("docs/spec-format.md") for spec in shown())
    assert any(spec.place.startswith("README.md") for spec in shown())


def test_the_ids_that_the_format_names_are_those_of_its_spec() -> None:
    cases = blocks(ROOT / "docs/spec-format.md")[4].text
    ids = [case.id for case in read_spec(cases).cases]
    assert ids == [
        "EC-amount-divides-evenly",
        "EC-ties",
        "EC-weight-of-zero",
        "ER-negative-weight",
    ]
