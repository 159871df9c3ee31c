"""Every trap of YAML is found where it stands, and its fix says what the author meant."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from tests.spec.marked import CASES, HEAD, check, mend, unmarked

LINES = {
    "note": ("⟦note: a -> b⟧", "RF106"),
    "colon in a message": ('⟦a -> raise ValueError("x: y")⟧', "RF106"),
    "two colons": ('⟦note: a -> raise ValueError("x: y")⟧', "RF106"),
    "backtick": ("⟦`total` is 0 -> b⟧", "RF109"),
    "at": ("⟦@a -> b⟧", "RF109"),
    "percent": ("⟦% of 0 -> b⟧", "RF109"),
    "star": ("⟦*args is empty -> b⟧", "RF109"),
    "folded mark": ("⟦> 3 people -> b⟧", "RF109"),
    "literal mark": ("⟦| in the name -> b⟧", "RF109"),
    "empty list": ("⟦[] -> b⟧", "RF109"),
    "empty mapping": ("⟦{} -> b⟧", "RF109"),
    "empty string": ('⟦"" -> b⟧', "RF109"),
    "quoted word": ("⟦'a' is missing -> it's b⟧", "RF109"),
    "comma": ("⟦, as separator -> b⟧", "RF109"),
    "comment in a message": ('⟦a -> raise ValueError("item #3")⟧', "RF110"),
    "comment before the arrow": ("⟦item #3 -> b⟧", "RF110"),
    "number": ("⟦12⟧", "RF105"),
    "nothing": ("⟦null⟧", "RF105"),
    "truth": ("⟦true⟧", "RF105"),
}


def in_a_list(line: str) -> str:
    return HEAD + "edge_cases:\n  - first -> one\n  - " + line + "\n  - last -> two\n"


def trap_codes(text: str) -> set[str]:
    yaml_codes = {f"RF{number}" for number in range(100, 114)}
    return {problem.code.value for problem in read_spec(text).problems} & yaml_codes


@pytest.mark.parametrize(("line", "code"), LINES.values(), ids=LINES)
def test_a_trap_in_a_case_is_found_where_it_stands(line: str, code: str) -> None:
    text, (span,) = unmarked(in_a_list(line))
    problem = next(each for each in read_spec(text).problems if each.code == code)
    assert problem.span == span
    assert trap_codes(text) == {code}


@pytest.mark.parametrize(("line", "code"), LINES.values(), ids=LINES)
def test_its_fix_gives_yaml_that_reads_as_the_intended_text(line: str, code: str) -> None:
    text, (span,) = unmarked(in_a_list(line))
    mended = mend_first(text, code)
    assert trap_codes(mended) == set()
    assert [case.text.value for case in read_spec(mended).cases] == [
        "first -> one",
        span.of(text),
        "last -> two",
    ]


def mend_first(text: str, code: str) -> str:
    problem = next(each for each in read_spec(text).problems if each.code == code)
    assert problem.fix is not None
    (edit,) = problem.fix.edits
    return text[: edit.span.start] + edit.new_text + text[edit.span.end :]


@pytest.mark.parametrize(("line", "code"), LINES.values(), ids=LINES)
def test_the_lines_around_a_trap_are_read_all_the_same(line: str, code: str) -> None:
    text, _ = unmarked(in_a_list(line))
    document = read_spec(text)
    texts = [case.text.value for case in document.cases]
    assert code
    assert document.spec is not None
    assert (texts[0], texts[-1]) == ("first -> one", "last -> two")


def test_an_unquoted_signature_is_read_and_its_quotes_are_asked_for() -> None:
    marked = HEAD.replace('"split', "⟦split").replace('int]"', "int]⟧") + CASES
    (problem,) = check(marked, "RF106")
    text, _ = unmarked(marked)
    assert read_spec(text).spec is not None
    assert mend(text) == HEAD + CASES
    assert problem.fix is not None
    assert problem.fix.title == "Quote this value"


def test_a_tab_is_found_and_becomes_spaces() -> None:
    text, _ = unmarked(HEAD + "edge_cases:\n⟦\t⟧- a -> b\n⟦\t⟧- c -> d\n")
    check(HEAD + "edge_cases:\n⟦\t⟧- a -> b\n⟦\t⟧- c -> d\n", "RF107", "RF107")
    assert mend(text) == HEAD + "edge_cases:\n  - a -> b\n  - c -> d\n"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_unclosed_quote_is_marked_on_its_own_line_only(quote: str) -> None:
    text = f"edge_cases:\n  - ⟦{quote}a -> b⟧\n  - {quote}c -> d{quote}\n  - e -> f\n"
    check(HEAD + text, "RF108")
    plain, _ = unmarked(HEAD + text)
    assert [case.text.value for case in read_spec(plain).cases] == ["a -> b", "c -> d", "e -> f"]
    assert f"- {quote}a -> b{quote}\n" in mend(plain)


def test_the_last_quote_of_a_file_may_be_the_unclosed_one() -> None:
    check(HEAD + 'edge_cases:\n  - a -> b\n  - ⟦"c -> d⟧', "RF108")


@pytest.mark.parametrize("word", ["yes", "Off", "no", "ON", "2026-01-31", "12:30"])
def test_a_word_that_other_readers_retype_is_a_warning(word: str) -> None:
    text = (
        HEAD
        + CASES
        + f"imports: []\ntypes:\n  Choice: {{record: {{a: str}}, enum: [x, ⟦{word}⟧]}}\n"
    )
    plain, (span,) = unmarked(text)
    problem = next(each for each in read_spec(plain).problems if each.code == "RF105")
    assert (problem.span, problem.severity.value) == (span, "warning")


@pytest.mark.parametrize(
    ("flow", "call"),
    [
        ("{call: ⟦f(1, 2)⟧, returns: 3}", "f(1, 2)"),
        ("{call: ⟦f([], [])⟧, returns: 3}", "f([], [])"),
        ("{call: ⟦f({1: 2}, x)⟧, returns: 3}", "f({1: 2}, x)"),
    ],
)
def test_a_call_between_braces_keeps_its_commas(flow: str, call: str) -> None:
    text, (span,) = unmarked(f"{HEAD}{CASES}examples:\n  - {flow}\n")
    document = read_spec(text)
    problem = next(each for each in document.problems if each.code == "RF106")
    assert problem.span == span
    assert document.cases[-1].examples[0].call.value == call
    assert f'call: "{call}"' in mend_first(text, "RF106")


@pytest.mark.parametrize(
    "line",
    [
        "a -> b # a comment",
        "a -> b # once it was c -> d",
        "it's 5 o'clock -> b",
        "'a: b' # quoted",
        "a->b#c",
        "- is not a number -> b",
        "x [y] -> (z)",
        "http://host -> b",
        "-> b",
    ],
)
def test_what_is_no_trap_is_not_called_one(line: str) -> None:
    assert trap_codes(in_a_list(line)) <= ({"RF104"} if line.startswith("- ") else set())


def test_a_duplicate_key_is_marked_at_its_second_place() -> None:
    check(HEAD + CASES + "⟦module⟧: other\n", "RF101")


def test_the_first_of_duplicate_keys_counts() -> None:
    spec = read_spec(HEAD + CASES + "module: other\n").spec
    assert spec is not None
    assert spec.module.value == "restaurant.bill"


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("⟦&a⟧ a -> b", ["RF112"]),
        ("⟦!text⟧ a -> b", ["RF112"]),
        ("⟦*a⟧", ["RF112"]),
        ("⟦!!str⟧ a -> b", ["RF112"]),
    ],
)
def test_features_that_hide_values_are_refused(value: str, codes: list[str]) -> None:
    check(HEAD + CASES + f"  - {value}\n", *codes)


def test_a_merge_key_is_refused_with_its_alias() -> None:
    text = f"{HEAD}{CASES}types:\n  Bill: {{⟦<<⟧: ⟦*base⟧, total: int}}\n"
    plain, spans = unmarked(text)
    refused = [each.span for each in read_spec(plain).problems if each.code == "RF112"]
    assert refused == spans
