"""Every row is a source, the calls made of it, and what is said of it; measured for real."""

import textwrap

import pytest

from redfirst.coverage.gaps import find_gaps
from redfirst.coverage.measurement import Gap, GapKind, Measurement
from tests.coverage.real_coverage import measure_all

ROWS: dict[str, tuple[str, tuple[str, ...], list[str]]] = {
    "everything runs": (
        """\
        def f(x):
            if x:
                return 1
            return 2
        """,
        ("f(0)", "f(1)"),
        [],
    ),
    "a whole function": (
        '''\
        def helper(x):
            """Docstring."""
            if x:
                return 1

            # a comment
            return 2
        ''',
        (),
        ["1-7 `def helper` (lines 1-7) never runs"],
    ),
    "an async method, with its nested function": (
        """\
        class A:
            @staticmethod
            async def f(x):
                def g():
                    return 1
                return g
        """,
        (),
        ["3-6 `async def f` (lines 3-6) never runs"],
    ),
    "two functions, one of them on one line": (
        """\
        def f(): return 1

        def g():
            return 2
        """,
        (),
        ["1-1 `def f` of line 1 never runs", "3-4 `def g` (lines 3-4) never runs"],
    ),
    "blank lines and comments do not split": (
        """\
        def f(x):
            if x:
                a = 1

                # why
                b = [
                    2,
                ]
            return x
        """,
        ("f(0)",),
        ["3-8 lines 3-8 never run: `if` of line 2 never true"],
    ),
    "a line that ran splits": (
        """\
        def f(x):
            if x:
                a = 1
            b = 2
            if x:
                c = 3
            return b
        """,
        ("f(0)",),
        [
            "3-3 line 3 never runs: `if` of line 2 never true",
            "6-6 line 6 never runs: `if` of line 5 never true",
        ],
    ),
    "if never true, without lines of its own": (
        """\
        def f(xs):
            for x in xs:
                if x == 3: continue
                print(end="")
            if xs: return 1
            return 2
        """,
        ("f([])", "f([1])"),
        ["3-3 `if` of line 3 never true"],
    ),
    "if never false": (
        """\
        def f(x):
            if x:
                x = 2
            return x
        """,
        ("f(1)",),
        ["2-2 `if` of line 2 never false"],
    ),
    "return on the line of its if, inside with": (
        """\
        import io
        def f(x):
            with io.StringIO() as stream:
                if x: return 1
            return 2
        """,
        ("f(0)",),
        ["4-4 `if` of line 4 never true"],
    ),
    "else never taken": (
        """\
        def f(x):
            if x:
                return 1
            # otherwise
            else:

                return 2
        """,
        ("f(1)",),
        ["7-7 line 7 never runs: `else` of line 5 never taken"],
    ),
    "elif never true, else never taken": (
        """\
        def f(x):
            if x == 1:
                y = 1
            elif x == 2:
                y = 2
            elif x == 3:
                y = 3
            else:
                y = 4
            return y
        """,
        ("f(1)", "f(3)"),
        [
            "5-5 line 5 never runs: `elif` of line 4 never true",
            "9-9 line 9 never runs: `else` of line 8 never taken",
        ],
    ),
    "elif never false": (
        """\
        def f(x):
            y = 0
            if x == 1:
                y = 1
            elif x == 2:
                y = 2
            return y
        """,
        ("f(1)", "f(2)"),
        ["5-5 `elif` of line 5 never false"],
    ),
    "if never false, so its elif is not reached": (
        """\
        def f(x):
            if x:
                y = 1
            elif x is None:
                y = 2
            return y
        """,
        ("f(1)",),
        ["4-5 lines 4-5 never run: `if` of line 2 never false"],
    ),
    "for never runs to its end": (
        """\
        def f(xs):
            for x in xs:
                if x:
                    break
            return xs
        """,
        ("f([0, 1])",),
        ["2-2 `for` of line 2 never runs to its end"],
    ),
    "for that always returns": (
        """\
        def f(xs):
            for x in xs:
                return x
            return None
        """,
        ("f([1])",),
        ["4-4 line 4 never runs: `for` of line 2 never runs to its end"],
    ),
    "for over nothing": (
        """\
        def f(xs):
            for x in xs:
                print(x)
            return 1
        """,
        ("f([])",),
        ["3-3 line 3 never runs: `for` of line 2 never enters its body"],
    ),
    "else of for": (
        """\
        def f(xs):
            for x in xs:
                if x:
                    break
            else:
                return 2
            return 1
        """,
        ("f([1])",),
        [
            "3-3 `if` of line 3 never false",
            "6-6 line 6 never runs: `else` of line 5 never taken",
        ],
    ),
    "while": (
        """\
        def f(x):
            while x:
                x -= 1
                if x == 7:
                    break
            return x
        """,
        ("f(8)",),
        ["2-2 `while` of line 2 never false", "4-4 `if` of line 4 never false"],
    ),
    "while never entered": (
        """\
        def f(x):
            while x:
                x -= 1
            return x
        """,
        ("f(0)",),
        ["3-3 line 3 never runs: `while` of line 2 never true"],
    ),
    "an except that nothing reaches": (
        """\
        def f(x):
            try:
                y = int(x)
            except ValueError:
                y = 1
            except TypeError:
                y = 2
            return y
        """,
        ("f(1)",),
        ["4-7 lines 4-7 never run: no exception reaches `except` of line 4"],
    ),
    "the second except": (
        """\
        def f(x):
            try:
                y = int(x)
            except ValueError:
                y = 1
            except TypeError:
                y = 2
            return y
        """,
        ("f('1')", "f('a')"),
        ["6-7 lines 6-7 never run: no exception reaches `except` of line 6"],
    ),
    "match": (
        """\
        def f(x):
            match x:
                case 0:
                    y = 1
                case [a, b] if a:
                    y = 2
                case 9: return 3
            return x
        """,
        ("f(0)", "f(3)"),
        [
            "6-6 line 6 never runs: `case` of line 5 never matches",
            "7-7 `case` of line 7 never matches",
        ],
    ),
    "match that always matches": (
        """\
        def f(x):
            match x:
                case 0:
                    y = 1
                case 1:
                    y = 2
            return x
        """,
        ("f(0)", "f(1)"),
        ["5-5 `case` of line 5 never fails to match"],
    ),
    "case whose body stands on its line, and another case follows": (
        """\
        def f(x):
            match x:
                case 0: return 1
                case 1: return 2
            return x
        """,
        ("f(0)",),
        [
            "4-5 lines 4-5 never run: `case` of line 3 never fails to match",
        ],
    ),
    "a condition over several lines": (
        """\
        def f(x):
            if (
                x
                and x > 1
            ):
                @staticmethod
                def g():
                    return 1
            return x
        """,
        ("f(0)",),
        ["6-8 lines 6-8 never run: `if` of line 2 never true"],
    ),
    "what is excluded does not count and does not split": (
        """\
        def f(x):
            if x:
                a = 1
                if x > 1:  # pragma: no cover
                    a = 2
                b = 3
            return x
        """,
        ("f(0)",),
        ["3-6 lines 3-6 never run: `if` of line 2 never true"],
    ),
    "a test that ends in an exception takes neither way": (
        """\
        def f(x):
            if x.missing:
                x = 1
            return 2
        """,
        ("f(1)",),
        ["3-4 lines 3-4 never run: `if` of line 2 never true, `if` of line 2 never false"],
    ),
    "module level": (
        """\
        import sys
        if sys.version_info < (3, 0):
            x = 1
        if sys.version_info < (3, 1): x = 2
        """,
        (),
        ["3-3 line 3 never runs: `if` of line 2 never true"],
    ),
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measurement]:
    rows = [(source, calls) for source, calls, _ in ROWS.values()]
    return dict(zip(ROWS, measure_all(rows, tmp_path_factory.mktemp("rows")), strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_gaps_in_words(name: str, measured: dict[str, Measurement]) -> None:
    source, _, expected = ROWS[name]
    assert [shown(gap) for gap in find_gaps(textwrap.dedent(source), measured[name])] == expected


def shown(gap: Gap) -> str:
    return f"{gap.first}-{gap.last} {gap.text}"


def check(source: str, expected: list[str], **values: set[int] | set[tuple[int, int]]) -> None:
    """What is said when coverage.py, perhaps another version of it, has measured these `values`."""
    nothing: dict[str, frozenset[int]] = dict.fromkeys(
        ("statements", "excluded", "missing", "branches", "missing_branches"), frozenset()
    )
    measurement = Measurement(**(nothing | values), tests_by_line={})  # type: ignore[arg-type]
    assert [shown(gap) for gap in find_gaps(source, measurement)] == expected


def test_expressions_that_older_versions_count() -> None:
    source = "x = [i for i in ()]\ny = lambda: 1\n"
    said = ["1-1 line 1 never reaches the end of the module", "2-2 `lambda` of line 2 never runs"]
    check(source, said, statements={1, 2}, missing_branches={(1, -1), (2, -2)})
    source = "\n" + source
    said = ["2-2 the comprehension of line 2 never runs to its end"]
    check(source, said, statements={2, 3}, missing_branches={(2, -2)})


def test_what_is_not_understood_is_still_true() -> None:
    """A source for a newer Python than ours: there is no syntax tree, and nothing is guessed."""
    source = "def f(x):\n    newer syntax\n        y = 1\n"
    said = [
        "2-2 line 2 never goes on to line 4",
        "2-2 line 2 never leaves the block that begins at line 3",
    ]
    check(source, said, statements={1, 2}, missing_branches={(2, 4), (2, -3)})


def test_leaving_a_function() -> None:
    source = "\n@cache\ndef f(x):\n    try:\n        a()\n    finally:\n        b()\n    c()\n"
    check(source, ["7-7 line 7 never leaves `f`"], statements={7}, missing_branches={(7, -2)})


def test_kinds() -> None:
    measurement = Measurement(
        statements=frozenset({1, 2, 3, 4}),
        excluded=frozenset(),
        missing=frozenset({3}),
        branches=frozenset({(1, 2), (1, 4), (2, 3), (2, 4)}),
        missing_branches=frozenset({(1, 4), (2, 3)}),
        tests_by_line={},
    )
    gaps = find_gaps("if a:\n    if b:\n        c\nd\n", measurement)
    assert [gap.kind for gap in gaps] == [GapKind.BRANCH, GapKind.LINES]
