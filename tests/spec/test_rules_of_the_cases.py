"""Cases: their form, their errors, what they say of each other, their examples and waivers."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from tests.spec.findings import HEAD, check, mend, problems


def errors(*lines: str) -> str:
    return HEAD + "errors:\n" + "".join(f"  - {line}\n" for line in lines)


def edges(*lines: str) -> str:
    return HEAD + "edge_cases:\n" + "".join(f"  - {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("outcome", "mended"),
    [
        ('raises ValueError("no people")', 'raise ValueError("no people")'),
        ('ValueError("no people")', 'raise ValueError("no people")'),
        ("throws ValueError('no people').", "raise ValueError('no people')"),
        ("raise a ValueError: no people", 'raise ValueError("no people")'),
        ("raises ValueError with message no people.", 'raise ValueError("no people")'),
        ('ValueError "no people"', 'raise ValueError("no people")'),
        ("ValueError - no people", 'raise ValueError("no people")'),
        ('Raise ValueError, say "no"', None),
        ("raises ValueError", None),
        ("ValueError", None),
        ("an error", None),
        ("refused", None),
        ('raise ValueError("no people"', None),
    ],
)
def test_errors_in_another_form(outcome: str, mended: str | None) -> None:
    def line(text: str) -> str:
        return errors("'no people -> " + text.replace("'", "''") + "'")

    (problem,) = problems(line(outcome))
    assert (problem.code, problem.severity) == ("RF130", "error")
    if mended is None:
        assert problem.fix is None
    else:
        text = mend(line(outcome))
        assert [case.outcome for case in read_spec(text).cases] == [mended]
        assert check(text) == []


def test_a_fix_keeps_the_condition_as_it_was() -> None:
    text = mend(errors("\"the client's  fault → ValueError: it's his\""))
    assert text == errors("'the client''s fault → raise ValueError(\"it''s his\")'")


@pytest.mark.parametrize(
    ("outcome", "warned"),
    [
        ('raise ValueError(f"no {people}")', True),
        ("raise ValueError(MESSAGE)", True),
        ("raise KeyError('a', 1)", True),
        ("raise StopIteration", True),
        ("raise StopIteration()", False),
        ('raise ValueError("")', False),
    ],
)
def test_a_message_that_no_test_can_check(outcome: str, warned: bool) -> None:
    text = errors('"a -> ' + outcome.replace('"', '\\"') + '"')
    assert [each.code for each in problems(text)] == (["RF130"] if warned else [])
    assert all(each.severity == "warning" for each in problems(text))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("bad input -> raises ValueError", True),
        ("bad input -> throws ValueError at once", False),
        ("bad input -> raises the price", False),
        ("bad input -> raises Prices", False),
        ("bad input -> ValueError", False),
    ],
)
def test_an_edge_case_that_is_an_error_in_another_form(line: str, found: bool) -> None:
    assert [line[:13] for line in check(edges(line))] == (["RF130 warning"] if found else [])


@pytest.mark.parametrize(
    ("name", "extra", "found"),
    [
        ("ValueError", "", False),
        ("KeyboardInterrupt", "", False),
        ("TableError", "", True),
        ("TableError", "types: {TableError: exception}\n", False),
        ("TableError", "types: {TableError: {id: str}}\n", True),
        ("TableError", "imports: [from restaurant.errors import TableError]\n", False),
        ("errors.TableError", "imports: [from restaurant import errors]\n", False),
        ("errors.TableError", "", True),
        ("int", "", True),
        ("JSONDecodeError", "", True),
    ],
)
def test_exceptions_must_be_known(name: str, extra: str, found: bool) -> None:
    text = errors(f"'a -> raise {name}(\"m\")'") + extra
    expected = [f"RF131 error: 'a -> raise {name}(\"m\")'"] if found else []
    assert check(text) == expected


@pytest.mark.parametrize(
    ("name", "mended"),
    [
        ("ValeuError", "'a -> raise ValueError(\"m\")'"),
        ("JSONDecodeError", "imports:\n  - from json import JSONDecodeError\n"),
        ("TableError", "types:\n  TableError: exception\n"),
    ],
)
def test_an_unknown_exception_is_mended(name: str, mended: str) -> None:
    text = mend(errors(f"'a -> raise {name}(\"m\")'"))
    assert mended in text
    assert check(text) == []


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("'empty input: empty result'", '"empty input -> empty result"'),
        ("empty input - > empty result", '"empty input -> empty result"'),
        ("empty input - empty result", '"empty input -> empty result"'),
        ("empty input gives empty result", None),
        ("a well-known input", None),
        ("'at 12:30 nothing'", None),
        ("'a - b - c'", None),
    ],
)
def test_a_case_without_an_arrow(line: str, mended: str | None) -> None:
    text = edges(line)
    (problem,) = problems(text)
    assert (problem.code, problem.severity) == ("RF132", "warning")
    if mended is None:
        assert problem.fix is None
    else:
        assert mend(text) == edges(mended)


def test_an_error_without_an_arrow_is_an_error() -> None:
    assert check(errors("no people")) == ["RF132 error: no people"]
    mended = mend(errors("'no people: raise ValueError(\"a: b\")'"))
    assert mended == errors("'no people -> raise ValueError(\"a: b\")'")


def test_a_case_with_examples_needs_no_arrow() -> None:
    case = "{case: a tie, examples: [{call: 'split_bill(1, 1)', returns: '[1]'}]}"
    assert check(edges(case)) == []


@pytest.mark.parametrize("line", ["'-> nothing'", "'empty ->'", "'->'"])
def test_both_halves_must_be_there(line: str) -> None:
    assert check(edges(line)) == [f"RF139 error: {line}"]
    assert check(errors(line)) == [f"RF139 error: {line}"]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("Both  empty -> nothing.", "RF133 warning"),
        ("both empty → nothing", "RF133 warning"),
        ("both empty -> an empty list", "RF134 warning"),
        ("both Empty -> raise ValueError('x')", "RF134 error"),
        ("both EMPTY -> an empty list", None),
        ("both emptied -> nothing", None),
    ],
)
def test_two_cases_with_the_same_condition(second: str, found: str | None) -> None:
    text = edges("both empty -> nothing", second)
    assert check(text) == ([f"{found}: {second}"] if found else [])


def test_of_many_cases_with_the_same_condition_each_is_found_once() -> None:
    text = edges("a -> b", "a -> b.", "a -> c")
    assert check(text) == ["RF133 warning: a -> b.", "RF134 warning: a -> c"]


def test_an_error_contradicts_an_edge_case() -> None:
    text = edges("no people -> empty list") + "errors: ['no people -> raise ValueError(\"x\")']\n"
    assert [line[:11] for line in check(text)] == ["RF134 error"]


def test_the_same_error_twice_is_a_duplicate_however_quoted() -> None:
    text = errors("""'a -> raise ValueError("x")'""", '''"a -> raise ValueError('x')"''')
    assert [line[:13] for line in check(text)] == ["RF133 warning"]


@pytest.mark.parametrize(
    ("given", "returns", "found"),
    [
        ("[1]", "3", True),
        ("[1]", "2.0", False),
        ("[1]", "two", False),
        ("[2]", "3", False),
    ],
)
def test_examples_that_contradict_each_other(given: str, returns: str, found: bool) -> None:
    text = HEAD + (
        "examples:\n"
        "  - {call: 'split_bill(xs,1)', given: {xs: '[1]'}, returns: 2}\n"
        f"  - {{call: 'split_bill(xs, 1)', given: {{xs: '{given}', two: 2}}, returns: {returns}}}\n"
    ).replace(", two: 2", "" if returns != "two" else ", two: 2")
    assert [each.code for each in problems(text)] == (["RF134"] if found else [])


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("EC-1", "EC-2", []),
        ("EC-1", "EC-1", ["RF135 error: EC-1"]),
        ("EC 1", "EC-2", ["RF135 error: EC 1"]),
        ("-x", "ok.y_z", ["RF135 error: -x"]),
    ],
)
def test_ids(first: str, second: str, found: list[str]) -> None:
    text = edges(f"{{case: a -> b, id: {first}}}", f"{{case: c -> d, id: {second}}}")
    assert check(text) == found


def test_a_spec_without_cases() -> None:
    assert check(HEAD) == ["RF138 warning: split_bill"]
    assert check(HEAD + "edge_cases: []\n") == ["RF138 warning: split_bill"]


def test_a_case_that_cannot_be_read_is_a_case_all_the_same() -> None:
    assert "RF138" not in "".join(check(HEAD + "edge_cases:\n  - [1]\n"))


def example(call: str, **keys: str) -> str:
    """A spec with one example."""
    parts = {"returns": "'[1]'"} | keys
    lines = "".join(f"        {key}: {value}\n" for key, value in parts.items() if value)
    return f"{HEAD}edge_cases:\n  - case: a -> b\n    examples:\n      - call: {call}\n{lines}"


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("split_bill(1, 2)", []),
        ("sorted(split_bill(1, 2))", []),
        ("list(map(split_bill, [1], [2]))", []),
        ("bill.split_bill(1, 2)", ["RF141 error: bill"]),
        ("divmod(1, 2)", ["RF143 error: divmod(1, 2)"]),
        ("split_bil(1, 2)", ["RF143 error: split_bil(1, 2)"]),
    ],
)
def test_the_call_of_an_example(call: str, found: list[str]) -> None:
    assert check(example(call)) == found


def test_a_misspelled_call_is_mended() -> None:
    assert mend(example("split_bil(1, 2)")) == example("split_bill(1, 2)")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"given": "{n: m + 1}"}, "RF141 error: m"),
        ({"given": "{n: 1, m: n}"}, None),
        ({"given": "{m: n, n: 1}"}, "RF141 error: n"),
        ({"returns": "'[k for k in [1]]'"}, None),
        ({"returns": "'[k]'"}, "RF141 error: k"),
        ({"given": "{n: 1}", "after": "{n: 1}"}, None),
        ({"given": "{n: 1}", "after": "{m: 1}"}, "RF141 error: 1"),
        ({"given": "{f: 'lambda x: x + 1'}"}, None),
        ({"given": "{n: math.inf}"}, "RF141 error: math"),
    ],
)
def test_names_of_an_example(keys: dict[str, str], found: str | None) -> None:
    assert check(example("split_bill(1, 2)", **keys)) == ([found] if found else [])


def test_a_standard_module_is_imported() -> None:
    mended = mend(example("split_bill(math.floor(1), 2)"))
    assert mended.endswith("imports:\n  - import math\n")
    assert check(mended) == []


def test_a_type_that_is_missing_is_reported_once() -> None:
    text = example("split_bill(Entry(1), 2)").replace("total_cents: int", "entry: Entry")
    assert check(text) == ["RF124 warning: Entry"]


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        ('raises: ValueError("x")', []),
        ("raises: ValueError('x')", []),
        ("raises: ValueError", []),
        ("raises: ValueError('y')", ["RF144 error: ValueError('y')"]),
        ("raises: KeyError('x')", ["RF144 error: KeyError('x')"]),
        ("returns: 3", ["RF144 error: 3"]),
    ],
)
def test_an_example_shows_the_error_of_its_case(outcome: str, found: list[str]) -> None:
    text = errors(
        "case: 'a -> raise ValueError(\"x\")'\n    examples:\n"
        f"      - call: split_bill(1, 0)\n        {outcome}"
    )
    assert check(text) == found


@pytest.mark.parametrize(("raises", "count"), [("ValueError('x')", 0), ("KeyError('x')", 1)])
def test_a_free_example_shows_the_error_of_its_own_text(raises: str, count: int) -> None:
    case = "case: 'a -> raise ValueError(\"x\")', call: 'split_bill(1, 0)'"
    text = f"{HEAD}examples:\n  - {{{case}, raises: {raises}}}\n"
    assert check(text) == [f"RF144 error: {raises}"] * count


@pytest.mark.parametrize(
    ("waiver", "found"),
    [
        ("weak: the sum alone counts", []),
        ("float-equality: a power of two", []),
        ("RF212: a power of two", []),
        ("waek: because", ["RF145 error: waek"]),
        ("vacuous: because", ["RF145 error: vacuous"]),
        ("RF301: because", ["RF145 error: RF301"]),
        ("weak: ' '", ["RF145 error: ' '"]),
    ],
)
def test_waivers(waiver: str, found: list[str]) -> None:
    assert check(edges(f"case: a -> b\n    waive: {{{waiver}}}")) == found


@pytest.mark.parametrize(
    ("waived", "found"),
    [
        ("{code: x, change: y, reason: because}", []),
        ("{code: x, change: y, reason: ' '}", ["RF145 error: ' '"]),
        ("{code: x, change: y, reason: ''}", ["RF145 error: ''"]),
        ("{code: x, reason: because}", ["RF103 error: code"]),
        ("x", ["RF145 error: x"]),
    ],
)
def test_waived_mutants(waived: str, found: list[str]) -> None:
    assert check(edges("a -> b") + f"waive_mutants: [{waived}]\n") == found


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("threshold: 0", []),
        ("threshold: 100", []),
        ("threshold: 101", ["RF146 error: 101"]),
        ("strength: 80", []),
        ("strength: 101", ["RF146 error: 101"]),
        ("timeout: 0.5", []),
        ("timeout: 0", ["RF146 error: 0"]),
        ("timeout: .inf", ["RF146 error: .inf"]),
    ],
)
def test_settings(settings: str, found: list[str]) -> None:
    assert check(edges("a -> b") + f"settings: {{{settings}}}\n") == found
