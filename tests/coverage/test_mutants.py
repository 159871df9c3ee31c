"""A source goes in, with which lines are run; small changes come out."""

import ast
import textwrap

import pytest

from redfirst.coverage.measurement import Measurement, Share
from redfirst.coverage.mutation.find import find_mutants
from redfirst.coverage.mutation.mutant import Mutant
from redfirst.coverage.mutation.strength import Fate, StrengthResult, Tried, is_weaker
from redfirst.coverage.mutation.waivers import unused, waiver_of
from redfirst.spec.model import Located, MutantWaiver
from redfirst.spec.ranges import LineIndex, Position, Span, TextRange


def measured(
    source: str,
    unrun: frozenset[int] = frozenset(),
    missing_branches: frozenset[tuple[int, int]] = frozenset(),
) -> Measurement:
    """As if one test ran every line but those."""
    lines = frozenset(range(1, source.count("\n") + 2))
    return Measurement(
        statements=lines,
        excluded=frozenset(),
        missing=unrun,
        branches=missing_branches,
        missing_branches=missing_branches,
        tests_by_line={line: frozenset({"t::one"}) for line in lines - unrun},
    )


def mutants(source: str, function: str = "f", *messages: str) -> tuple[Mutant, ...]:
    text = textwrap.dedent(source)
    found = find_mutants(text, function, measured(text), frozenset(messages))
    for mutant in found:
        ast.parse(mutant.applied_to(text))
        assert mutant.applied_to(text) != text
    assert len({mutant.id for mutant in found}) == len(found)
    return found


def changes(source: str, function: str = "f", *messages: str) -> list[str]:
    return [f"{one.line} {one.change}" for one in mutants(source, function, *messages)]


NOISE = '''\
"""Words."""
logger.info("x %s", 1)
self.log.debug(a)
assert a, "words 1"
x: Literal["a"]
raise NotImplementedError("later")
if TYPE_CHECKING:
    y = 1
z = f"{a + 1} b"
import os
...
'''
BODIES: dict[str, tuple[str, list[str]]] = {
    "a boundary and its opposite": ("return a < b", ["`<` changed to `<=`", "`<` changed to `>=`"]),
    "no twin of the boundary": ("return a >= 1", ["`>=` changed to `<`", "`>=` changed to `>`"]),
    "a chain": (
        "return 0 < a <= b",
        [
            "`0` changed to `1`",
            "`<` changed to `<=`",
            "`<` changed to `>=`",
            "`<=` changed to `<`",
            "`<=` changed to `>`",
        ],
    ),
    "words as operators": (
        "return a is not b, a not  in b, not(a or b)",
        [
            "`return a is not b, a not in b, not(a or b)` changed to `return None`",
            "`is not` changed to `is`",
            "`not in` changed to `in`",
            "`not(a or b)` without `not`",
            "`or` changed to `and`",
        ],
    ),
    "arithmetic, between brackets and comments": (
        "return ((a)  # one\n    + (b) *  # two\n    a)",
        [
            "`return ((a) # one + (b) * # two a)` changed to `return None`",
            "`+` changed to `-`",
            "`*` changed to `//`",
        ],
    ),
    "texts are not subtracted": (
        "a += 'x' + b",
        ["`a += 'x' + b` removed", "`'x'` changed to `\"\"`"],
    ),
    "a minus": ("return -a", ["`-` of `-a` removed", "`return -a` changed to `return None`"]),
    "a negative number": ("return -1", ["`1` changed to `2`"]),
    "constants": (
        "return [3, 1.5, True, '', b'x', None]",
        [
            "`return [3, 1.5, True, '', b'x', None]` changed to `return None`",
            "`3` changed to `4`",
            "`1.5` changed to `2.5`",
            "`True` changed to `False`",
            "`''` changed to `\"text\"`",
            "`b'x'` changed to `b\"\"`",
        ],
    ),
    "equal changes of a line are counted": (
        "return g(0, 0)",
        [
            "`return g(0, 0)` changed to `return None`",
            "the first `0` changed to `1`",
            "the second `0` changed to `1`",
        ],
    ),
    "bounds of a slice": (
        "return a[b:2]",
        [
            "`return a[b:2]` changed to `return None`",
            "slice without its bound `b`",
            "`2` changed to `3`",
        ],
    ),
    "a condition": (
        "if a < 1:\n    return 0\nreturn 1",
        [
            "`a < 1` changed to `False`",
            "`a < 1` changed to `True`",
            "`<` changed to `<=`",
            "`0` changed to `1`",
            "`1` changed to `2`",
        ],
    ),
    "a condition that guards one effect": (
        "if a:\n    b.append(a)",
        ["`a` changed to `True`", "`b.append(a)` removed"],
    ),
    "conditions in a line": (
        "x = [c for c in a if c] if b else 0",
        [
            "`c` changed to `False`",
            "`c` changed to `True`",
            "`b` changed to `False`",
            "`b` changed to `True`",
            "`0` changed to `1`",
        ],
    ),
    "no space where none is needed": ("x = b if(a)else 2", [
        "`a` changed to `False`", "`a` changed to `True`", "`2` changed to `3`"]),
    "a condition that binds": ("if (c := a): return c", ["`return c` changed to `return None`"]),
    "loops": (
        "while a:\n    if b: break\n    continue",
        [
            "`a` changed to `False`",
            "`b` changed to `False`",
            "`b` changed to `True`",
            "`break` changed to `continue`",
            "`continue` changed to `break`",
        ],
    ),
    "effects": (
        "a.x = 1\na[0] -= 2\ndel a[0]\ny = g(a)",
        [
            "`a.x = 1` removed",
            "`1` changed to `2`",
            "`a[0] -= 2` removed",
            "`0` changed to `1`",
            "`-=` changed to `+=`",
            "`2` changed to `3`",
            "`del a[0]` removed",
            "`0` changed to `1`",
        ],
    ),
    "matching": (
        "match a:\n    case 1 if b:\n        return a",
        [
            "`1` changed to `2`",
            "`b` changed to `False`",
            "`b` changed to `True`",
            "`return a` changed to `return None`",
        ],
    ),
    "names of builtins": ("x = min(a, b)", ["`min` changed to `max`"]),
    "an error with a message that the spec declares": (
        'raise ValueError("no total")',
        ['`raise ValueError("no total")` removed', '`"no total"` changed to `""`'],
    ),
    "an error with a message of its own": (
        'raise ValueError("free")',
        ['`raise ValueError("free")` removed'],
    ),
    "noise": (NOISE, []),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_the_changes_of_a_body(name: str) -> None:
    body, expected = BODIES[name]
    source = f"def f(a, b):\n{textwrap.indent(body, '    ')}\n"
    assert [one.change for one in mutants(source, "f", "no total")] == expected


def test_only_what_the_function_reaches_is_changed() -> None:
    source = """\
    from typing import Final

    LIMIT: Final = 2
    TWICE = LIMIT * 2
    TABLE = {"a": 1}
    UNUSED = 3
    __all__ = ["f"]

    @cache(maxsize=5)
    def f(a: "int" = 4, *, b=5) -> "int":
        return helper(a, TWICE, TABLE)

    def helper(a, b, c):
        x = 6

    def other():
        y = 7
    """
    assert changes(source) == [
        "3 `2` changed to `3`",
        "4 `*` changed to `//`",
        "4 `2` changed to `3`",
        "10 `4` changed to `5`",
        "10 `5` changed to `6`",
        "11 `return helper(a, TWICE, TABLE)` changed to `return None`",
        "14 `6` changed to `7`",
    ]


def test_a_method_with_what_it_calls() -> None:
    source = """\
    class Base:
        def shared(self):
            x = 1

    class Basket(Base):
        def __init__(self):
            x = 2

        def add(self, item):
            self.shared()
            return Money(item).cents

        def remove(self):
            x = 3

        def __eq__(self, other):
            return False

    class Money:
        def __init__(self, item):
            self.cents = item

        @property
        def whole(self):
            return 4
    """
    assert changes(source, "Basket.add") == [
        "3 `1` changed to `2`",
        "7 `2` changed to `3`",
        "10 `self.shared()` removed",
        "11 `return Money(item).cents` changed to `return None`",
        "21 `self.cents = item` removed",
    ]


@pytest.mark.parametrize("source", ["def g(): return 1\n", "def f(:\n", "f = len\n", ""])
def test_nothing_to_change(source: str) -> None:
    assert mutants(source) == ()


def test_what_is_a_gap_already_is_not_said_again() -> None:
    source = "def f(a):\n    if a:\n        x = 1\n    if a:\n        y = 2\n    return a\n"
    never_true = measured(source, unrun=frozenset({3}), missing_branches=frozenset({(2, 3)}))
    said = [one.change for one in find_mutants(source, "f", never_true, frozenset())]
    assert said == [
        "`a` changed to `True`",
        "`a` changed to `False`",
        "`a` changed to `True`",
        "`2` changed to `3`",
        "`return a` changed to `return None`",
    ]
    never_false = measured(source, missing_branches=frozenset({(2, 4), (4, 6)}))
    said = [one.change for one in find_mutants(source, "f", never_false, frozenset())]
    assert "`a` changed to `True`" not in said
    assert said.count("`a` changed to `False`") == 2


def test_a_place_is_what_an_editor_counts() -> None:
    source = 'def f(a):\r\n    return "😀é" <  a # ä\r\n'
    mutant = mutants(source)[1]
    assert mutant.range == TextRange(Position(1, 17), Position(1, 18))
    assert (mutant.line, mutant.line_text) == (2, 'return "😀é" < a # ä')
    assert (mutant.before, mutant.after) == ("<", "<=")
    assert mutant.applied_to(source) == source.replace("<", "<=")
    assert mutant.tests == {"t::one"}


def test_an_id_stays_when_the_line_moves() -> None:
    source = "def f(a):\n    return a < 1\n"
    moved = "import os\n\n\n" + source
    assert [one.id for one in mutants(source)] == [one.id for one in mutants(moved)]


def waiver(code: str, change: str) -> MutantWaiver:
    def located(text: str) -> Located[str]:
        return Located(text, Span(0, 0))

    return MutantWaiver(located(code), located(change), located("so it is"))


def test_a_waiver_names_the_line_and_the_change() -> None:
    boundary, opposite = mutants("def f(a):\n    return a  < 1\n")
    fits = waiver("return a < 1", "< changed to <=")
    assert waiver_of(boundary, [fits]) is fits
    assert waiver_of(opposite, [fits]) is None
    old = waiver("return a < 2", "`<` changed to `<=`")
    assert unused([fits, old], [boundary, opposite]) == (old,)


def test_the_share_leaves_out_what_is_waived() -> None:
    found = mutants("def f(a):\n    x = [1, 2, 3, 4, 5]\n")
    fates = (Fate.NOTICED, Fate.TIMED_OUT, Fate.SURVIVED, Fate.WAIVED, Fate.NOT_RUN)
    tried = tuple(Tried(one, fate) for one, fate in zip(found, fates, strict=True))
    result = StrengthResult("pay.py", 50, tried, "", "")
    assert (result.share.reached, result.share.total) == (2, 4)
    assert result.holds
    assert result.survivors == (found[2],)
    assert not StrengthResult("pay.py", 50.1, tried, "", "").holds
    assert StrengthResult("pay.py", None, tried, "", "").holds


@pytest.mark.parametrize(
    ("before", "after", "weaker"),
    [
        ((7, 8), (6, 7), False),  # the same one slips through, in a shorter text
        ((7, 8), (6, 12), True),
        ((7, 8), (6, 8), True),
        ((8, 8), (0, 0), False),
        ((0, 0), (1, 2), True),
        ((4, 8), (14, 20), False),  # more slip through a longer text, and more are noticed
    ],
)
def test_a_text_is_held_less_when_more_slips_through(
    before: tuple[int, int], after: tuple[int, int], *, weaker: bool
) -> None:
    assert is_weaker(Share(*before), Share(*after)) is weaker


def test_every_place_of_a_source_is_found_again() -> None:
    """What a change says that it replaces is what stands at its place."""
    for body, _ in BODIES.values():
        source = f"def f(a, b):\n{textwrap.indent(body, '    ')}\n"
        index = LineIndex(source)
        for mutant in mutants(source):
            assert index.span(mutant.range) == mutant.span
            assert mutant.span.of(source) == mutant.before
