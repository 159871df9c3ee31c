"""What must hold for a line to be reached, as the condition of a case says it."""

import textwrap
from pathlib import Path

import pytest

from redfirst.coverage.gaps import find_gaps
from redfirst.coverage.leading import find_lead
from tests.coverage.real_coverage import measure_all

# A source, the line, which way its branch goes, the words, and what is raised.
ROWS: dict[str, tuple[str, int, bool | None, str, str | None]] = {
    "the body of an `if`": (
        """\
        def f(amount):
            if amount < 0:
                return -1
            return 1
        """,
        3,
        None,
        "when `amount < 0`",
        None,
    ),
    "behind a guard": (
        """\
        def f(amount):
            if amount < 0:
                return -1
            return 1
        """,
        4,
        None,
        "when `amount >= 0`",
        None,
    ),
    "a branch into its body": (
        """\
        def f(names):
            for name in names:
                if not name:
                    break
        """,
        3,
        True,
        "when there is a `name` in `names` and `not name`",
        None,
    ),
    "a branch past its body": (
        """\
        def f(names):
            while names:
                names.pop()
        """,
        2,
        False,
        "when `not names`",
        None,
    ),
    "`elif` and `else`": (
        """\
        def f(x):
            if x == "a":
                return 1
            elif x in "bc":
                return 2
            else:
                return 3
        """,
        7,
        None,
        'when `x != "a"` and `x not in "bc"`',
        None,
    ),
    "a loop that runs to its end": (
        """\
        def f(xs):
            for x in xs:
                return x
        """,
        2,
        False,
        "when the loop over `xs` runs to its end",
        None,
    ),
    "an error": (
        """\
        def f(weights):
            if any(weight < 0 for weight in weights):
                raise ValueError("negative \\"weight\\"")
        """,
        2,
        True,
        "when `any(weight < 0 for weight in weights)`",
        'ValueError("negative \\"weight\\"")',
    ),
    "an error whose message has a name": (
        """\
        def f(x):
            if x is None:
                message = "nothing there"
                raise errors.Missing(message)
        """,
        3,
        None,
        "when `x is None`",
        'errors.Missing("nothing there")',
    ),
    "an error whose message is made": (
        """\
        def f(x):
            if not (x and x.y):
                raise LookupError(f"no {x}")
        """,
        3,
        None,
        "when `not (x and x.y)`",
        "LookupError",
    ),
    "an error that came from elsewhere is none of ours": (
        """\
        def f(x, error):
            if x:
                raise error
        """,
        3,
        None,
        "when `x`",
        None,
    ),
    "a handler": (
        """\
        def f(x, table):
            try:
                return table[x]
            except (KeyError, IndexError):
                return None
        """,
        4,
        None,
        "when `(KeyError, IndexError)` is raised",
        None,
    ),
    "a `case`": (
        """\
        def f(x):
            match x:
                case 0:
                    return 1
                case [y] if y > 1:
                    return 2
        """,
        6,
        None,
        "when `x` matches `[y]` and `y > 1`",
        None,
    ),
    "another function of the module": (
        """\
        class A:
            def helper(self, x):
                with x:
                    if x.left and x.right:
                        return 1
        """,
        5,
        None,
        "when `x.left and x.right` in `A.helper`",
        None,
    ),
    "a function that never runs": (
        """\
        def helper():
            return 1
        """,
        1,
        None,
        "when `helper` is called",
        None,
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_words(name: str) -> None:
    source, line, enters, words, error = ROWS[name]
    lead = find_lead(textwrap.dedent(source), line, enters)
    assert lead is not None
    assert (lead.words("f"), lead.error) == (words, error)


def test_a_line_of_no_function_or_of_no_python_has_none() -> None:
    assert find_lead("x = 1\n", 1) is None
    assert find_lead("def f(:\n    return 1\n", 2) is None


def test_the_gaps_of_a_real_measurement(tmp_path: Path) -> None:
    """Each gap knows which way its branch goes."""
    source = textwrap.dedent("""\
        def f(xs):
            for x in xs:
                if x > 2:
                    return x
                elif x == 1:
                    x += 1
                else:
                    x -= 1
                x += 1
            return None
        """)
    (measured,) = measure_all([(source, ("f([1, 3])",))], tmp_path)
    leads = [find_lead(source, gap.first, gap.enters) for gap in find_gaps(source, measured)]
    assert [lead.words("f") for lead in leads if lead] == [
        "when there is a `x` in `xs` and `x <= 2` and `x != 1`",
        "when the loop over `xs` runs to its end",
    ]
