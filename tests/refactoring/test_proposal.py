"""A proposal keeps what callers know of a module; only its inside may change."""

from __future__ import annotations

import json

import pytest

from redfirst.refactoring.proposal import NoProposalError, read_proposal

BEFORE = '''\
LIMIT = 3
_TABLE = {}


class Basket:
    """Prices."""

    owner: str = ""

    def total(self, *prices: int, rounded: bool = False) -> int:
        result = 0
        for price in prices:
            result += price
        return _checked(result)


def _checked(value):
    return value
'''
SAME_TO_CALLERS = [
    ("_TABLE = {}\n", ""),
    ("return _checked(result)", "return result"),
    ('    """Prices."""\n', ""),
    ("LIMIT = 3", "LIMIT = 1 + 2"),
]
ANOTHER_TO_CALLERS = [
    ("LIMIT = 3\n", "", "LIMIT"),
    ("rounded: bool = False", "rounded: bool = True", "Basket.total"),
    ("self, *prices: int", "self, *amounts: int", "Basket.total"),
    ("    def total", "    @staticmethod\n    def total", "Basket.total"),
    ("class Basket:", "class Basket(dict):", "Basket"),
    ('owner: str = ""', 'holder: str = ""', "Basket.owner"),
    ("def _checked(value):", "def checked(value):", "checked"),
]


def proposed(module: str) -> str:
    return read_proposal(json.dumps({"reasons": [], "module": module}), BEFORE).module


@pytest.mark.parametrize(("old", "new"), SAME_TO_CALLERS)
def test_the_inside_may_change(old: str, new: str) -> None:
    after = BEFORE.replace(old, new)
    assert proposed(after) == after


@pytest.mark.parametrize(("old", "new", "name"), ANOTHER_TO_CALLERS)
def test_public_names_and_signatures_stay(old: str, new: str, name: str) -> None:
    with pytest.raises(NoProposalError, match=f"callers know of the module: `{name}`$"):
        proposed(BEFORE.replace(old, new))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("Sorry, I cannot.", "not the JSON object"),
        ("[]", "holds no module"),
        ('{"module": ""}', "holds no module"),
        (json.dumps({"module": BEFORE[:-3] + "("}), "not valid Python"),
    ],
)
def test_what_is_no_proposal_is_told(answer: str, words: str) -> None:
    with pytest.raises(NoProposalError, match=words):
        read_proposal(answer, BEFORE)


def test_the_line_breaks_are_those_of_the_file() -> None:
    answer = f"```json\n{json.dumps({'module': BEFORE})}\n```"
    before = BEFORE.replace("\n", "\r\n")
    assert read_proposal(answer, before).module == before
