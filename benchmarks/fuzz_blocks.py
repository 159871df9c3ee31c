"""Type into specs at random: `python -m benchmarks.fuzz_blocks --edits N --seed S FILES`.

After each edit the text is read block by block, as the language server reads it, and as a whole:
tree, cases, spec and problems must be the same. The same seed gives the same texts.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.fuzz_spec import mutate
from redfirst.spec.blocks.read import read_in_blocks
from redfirst.spec.document import WholeContents, read_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

# What people have typed when they are halfway through a line.
FRAGMENTS: Final = (
    "x", " ", "\n", "\n  - ", "\n- ", "\n -", "  - case: a\n", "\n    examples:\n", "{a, b}", "[a",
    "|\n", ">", "*a", "!x ", "%", "? a", "- - a", "\r\n", "\u2028", "->",
    ' -> raise ValueError("x")', "errors:\n", "edge_cases:\n", "examples:\n", "types:\n", "id: A\n",
    "\n    id: A", "key: a: b",
    "returns: 1\n", "no", "0", "\n# c\n", "\n  # c\n", " #", " # a -> b", '"', "'", ": ", "- ",
)  # fmt: skip
_EDITS: Final = 12  # of one spec in a row; after more of them not much is left of it


def texts(sources: list[str], edits: int, seed: int) -> Iterator[str]:
    """The texts after each of so many edits."""
    chance = random.Random(seed)
    text = ""
    for number in range(edits):
        if number % _EDITS == 0:
            text = chance.choice(sources)
            text = text.replace("\n", "\r\n") if chance.random() < 0.2 else text
        text = _typed(chance, text) if chance.random() < 0.6 else mutate(chance, text)
        yield text


def _typed(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(FRAGMENTS) + text[at + chance.choice((0, 0, 1)) :]


def differences(text: str) -> Iterator[str]:
    """What is not the same when the text is read in blocks."""
    whole, blocks = read_spec(text), read_in_blocks(text)
    for name in ("problems", "tree", "cases", "spec"):
        if getattr(whole, name) != getattr(blocks, name):
            yield f"{name}: {getattr(whole, name)}\nin blocks: {getattr(blocks, name)}"


def main(arguments: list[str]) -> int:
    """Run the command; 1 when a text was read differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    sources = [path.read_text(encoding="utf-8") for path in options.files]
    in_blocks = 0
    for text in texts(sources, options.edits, options.seed):
        in_blocks += not isinstance(read_in_blocks(text).contents, WholeContents)
        for difference in differences(text):
            print(f"{difference}\n{text!r}")
            return 1
    print(f"{options.edits} texts, {in_blocks} of them in blocks: the same as a whole")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
