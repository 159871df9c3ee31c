"""Throw damaged specs at the reader: `python benchmarks/fuzz_spec.py --mutations N --seed S FILES`.

Every prefix of every file and N random mutations (of characters, words and lines) must come back
as a document whose problems lie inside the text. The same seed gives the same texts.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.spec.document import SpecDocument, read_spec
from redfirst.spec.yaml.nodes import Mapping, Node, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

CHARACTERS: Final = (
    *"'\"#:-[]{},&*!|>%@`?\\ \t\n\r~<=().01aZ",
    "\x00", "\x07", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\ud800", "é", "\U0001f600",
    ": ", " #", "- ", "\n\n", "---\n", "...\n", "<<: *a\n", "&a ", "!!str ", "? ", "\\x",
    "%YAML 1.1\n",
)  # fmt: skip
WORD: Final = re.compile(r"\w+|[^\w\s]|\s+")


def mutate(source: random.Random, text: str) -> str:
    """`text` after one to four random changes."""
    for _ in range(source.randint(1, 4)):
        text = source.choice(MUTATIONS)(source, text)
    return text


def change_character(source: random.Random, text: str) -> str:
    """Insert, remove or replace one character."""
    at = source.randint(0, len(text))
    return text[:at] + source.choice((*CHARACTERS, "")) + text[at + source.randint(0, 1) :]


def change_word(source: random.Random, text: str) -> str:
    """Put one word in the place of another, or remove it."""
    words = WORD.findall(text) or [""]
    at = source.randrange(len(words))
    words[at] = source.choice((source.choice(words), ""))
    return "".join(words)


def change_line(source: random.Random, text: str) -> str:
    """Remove, repeat, move or indent a line, or cut it short."""
    lines = text.split("\n")
    at = source.randrange(len(lines))
    line = lines.pop(at)
    kept = source.choice(
        (
            [],
            [line, line],
            [" " * source.randint(0, 4) + line.strip()],
            ["\t" + line],
            [line[: source.randint(0, len(line))]],
        )
    )
    to = at if source.random() < 0.8 else source.randint(0, len(lines))
    return "\n".join([*lines[:to], *kept, *lines[to:]])


MUTATIONS: Final = (change_character, change_character, change_word, change_line)


def texts(sources: list[str], mutations: int, seed: int) -> Iterator[str]:
    """Every prefix of the sources, then mutations of them."""
    for source in sources:
        for end in range(len(source)):
            yield source[:end]
    chance = random.Random(seed)
    for _ in range(mutations):
        yield mutate(chance, chance.choice(sources))


def faults(document: SpecDocument) -> Iterator[str]:
    """What a document may never look like."""
    length = len(document.text)
    for problem in document.problems:
        if not 0 <= problem.span.start <= problem.span.end <= length:
            yield f"{problem.code} lies at {problem.span}, outside the text"
        for edit in problem.fix.edits if problem.fix else ():
            if not 0 <= edit.span.start <= edit.span.end <= length:
                yield f"the fix of {problem.code} lies at {edit.span}, outside the text"
    if document.spec is None and not any(one.severity == "error" for one in document.problems):
        yield "no spec, and no error says why"
    if document.tree is not None:
        yield from _node_faults(document.tree, length)


def _node_faults(node: Node, length: int) -> Iterator[str]:
    if not 0 <= node.span.start <= node.span.end <= length:
        yield f"a node lies at {node.span}, outside the text"
    children: tuple[Node, ...] = ()
    if isinstance(node, Sequence):
        children = node.items
    elif isinstance(node, Mapping):
        children = tuple(part for pair in node.pairs for part in (pair.key, pair.value))
    for child in children:
        yield from _node_faults(child, length)


def main(arguments: list[str]) -> int:
    """Run the command; 1 when a text got through to a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    sources = [path.read_text(encoding="utf-8") for path in options.files]
    codes: Counter[str] = Counter()
    count = usable = 0
    slowest = 0.0
    started = time.perf_counter()
    for text in texts(sources, options.mutations, options.seed):
        before = time.perf_counter()
        document = read_spec(text)
        slowest = max(slowest, time.perf_counter() - before)
        count += 1
        usable += document.spec is not None
        codes.update(str(problem.code) for problem in document.problems)
        for fault in faults(document):
            print(f"{fault}:\n{text!r}")
            return 1
    seconds = time.perf_counter() - started
    found = ", ".join(f"{code} {number}" for code, number in sorted(codes.items()))
    print(f"{count} texts in {seconds:.1f} s, the slowest in {slowest * 1000:.0f} ms, no exception")
    print(f"{usable} still hold a whole spec; problems found: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
