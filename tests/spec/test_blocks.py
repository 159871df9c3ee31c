"""A spec that is read block by block is the spec that is read as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz_blocks import differences, main, texts
from redfirst.spec.blocks.block_reading import read_block
from redfirst.spec.blocks.read import read_in_blocks
from redfirst.spec.document import WholeContents
from tests.spec.test_half_typed import HALF_TYPED, SPEC, places

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yml"))
HEAD = """\
function: f
module: m
signature: "f(x: int) -> int"
behavior: The same number again, as it is.
edge_cases:
"""
CASE = "  - case: x is {0} -> {0}\n    examples:\n      - call: f({0})\n        returns: {0}\n"
LONG = HEAD + "".join(map(CASE.format, range(60)))
ERRORS = "errors:\n- x is none -> raise ValueError('none')\n- x is big -> raise ValueError('big')\n"


def test_random_edits() -> None:
    sources = [SPECS[0].read_text(encoding="utf-8"), SPEC, HEAD + CASE.format(1) + ERRORS]
    for text in texts(sources, 120, 1):
        assert list(differences(text)) == [], text


@pytest.mark.parametrize("place", places()[::5])
def test_half_typed_lines(place: int) -> None:
    for typed in HALF_TYPED:
        text = f"{SPEC[:place]}{typed}\n{SPEC[place:]}"
        assert list(differences(text)) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "types:\n|\n  A: int\n",  # a value at the margin
        "  - a -> b\nfunction: f\n",  # something before the first entry
        'behavior: "a\nedge_cases:\n  - b -> c"\n',  # a text that only looks like an entry
        "edge_cases:\n  - ? a\nerrors:\n  - b\n",  # a key whose value might follow
        "errors:\n- \n|\n  a\n",  # an item whose value follows at the margin
        f"{HEAD}  - a -> b\n b: c\n",
        f"{HEAD}  - &x a -> b\n  - *x\n",
        f"{HEAD}  - it is -> b\n  - It is -> c\n{ERRORS}- x  is big -> raise KeyError('x')\n",
        f"{HEAD}{CASE.format(1)}  - {{case: a -> b, examples: [{{call: f(1), returns: 2}}]}}\n",
        f"{HEAD}  - {{case: a -> b, id: A}}\n  - {{case: c -> d, id: A}}\n{ERRORS}",
        f"{HEAD}  - a -> b\nedge_cases:\n  - c -> d\n{ERRORS}",
        f"{HEAD.replace('x: int', 'price: float')}  - round up at x -> 1\n{ERRORS}",
        f"\ufeff{HEAD}  - a: b: c\n{ERRORS}",
    ],
)
def test_texts_that_are_easily_taken_apart_wrongly(text: str) -> None:
    assert list(differences(text)) == []


def test_a_keystroke_costs_the_block_that_it_is_in() -> None:
    read_in_blocks(LONG)
    at = LONG.index("examples:", len(LONG) // 2)
    assert _blocks_read(f"{LONG[:at]}x{LONG[at:]}") == 1


def test_a_keystroke_that_breaks_a_line_costs_its_block_and_what_is_masked_of_it() -> None:
    read_in_blocks(LONG)
    at = LONG.index("x is 30")
    assert _blocks_read(f'{LONG[:at]}"{LONG[at:]}') == 2


def _blocks_read(text: str) -> int:
    before = read_block.cache_info().misses
    assert not isinstance(read_in_blocks(text).contents, WholeContents)
    return read_block.cache_info().misses - before


def test_the_command_tells_how_many_texts_were_in_blocks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--edits", "5", "--seed", "1", str(SPECS[0])]) == 0
    assert "of them in blocks: the same as a whole" in capsys.readouterr().out
