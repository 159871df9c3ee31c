"""New names for cases and functions: what the spec's text is afterwards, and when not."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.ide.rename import Refusal, rename_case, rename_function
from tests.spec.ide.marked import HEAD


def with_case(text: str, new_id: str, place: int = 0) -> str:
    """The text with that id for a case, or why it stays."""
    document = read_spec(text)
    renamed = rename_case(document, document.cases[place], new_id)
    return renamed.message if isinstance(renamed, Refusal) else renamed.document.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - zero -> zero\n", "  - case: zero -> zero\n    id: EC-nil\n"),
        ("- 'zero: -> zero'\n", "- case: 'zero: -> zero'\n  id: EC-nil\n"),
        ("  - {case: a -> b}\n", "  - {case: a -> b, id: EC-nil}\n"),
        ("  - case: a -> b\n    id: EC-x  # why\n", "  - case: a -> b\n    id: EC-nil  # why\n"),
        ("  - case: a -> b\n    id: 'EC-x'\n", "  - case: a -> b\n    id: 'EC-nil'\n"),
        (
            "  - case: a -> b\n    examples: []\n",
            "  - case: a -> b\n    id: EC-nil\n    examples: []\n",
        ),
        (
            "  - case: a -> b  # one\n    waive: {weak: no}\n",
            "  - case: a -> b  # one\n    id: EC-nil\n    waive: {weak: no}\n",
        ),
    ],
)
def test_the_id_is_replaced_or_written_down(before: str, after: str) -> None:
    assert with_case(f"{HEAD}edge_cases:\n{before}", "EC-nil") == f"{HEAD}edge_cases:\n{after}"


def test_an_id_that_yaml_takes_for_a_number_is_quoted() -> None:
    text = f"{HEAD}edge_cases:\n  - case: a -> b\n    id: EC-x\n"
    assert with_case(text, "2024-01-01") == text.replace("EC-x", '"2024-01-01"')


def test_other_line_breaks_are_kept() -> None:
    text = f"{HEAD}edge_cases:\n  - zero -> zero\n".replace("\n", "\r\n")
    assert with_case(text, "EC-nil").endswith("  - case: zero -> zero\r\n    id: EC-nil\r\n")


@pytest.mark.parametrize(
    ("cases", "new_id", "reason"),
    [
        ("  - a -> b\n", "EC nil", "letters, digits"),
        ("  - a -> b\n  - c -> d\n", "EC-c", "a case `EC-c` already"),
        ("  - same -> b\n  - same -> c\n", "EC-nil", "without a change to another case"),
        ("  - two\n    lines -> b\n", "EC-nil", "the long form"),
    ],
)
def test_why_an_id_stays(cases: str, new_id: str, reason: str) -> None:
    """Above all when the second of two equal ids would lose its number with the first."""
    assert reason in with_case(f"{HEAD}edge_cases:\n{cases}", new_id)


def test_the_function_is_renamed_wherever_it_is_called() -> None:
    examples = "  - call: half(half(8))\n    returns: 2\n  - {call: half(0), returns: 0}\n"
    text = f"{HEAD}examples:\n{examples}"
    renamed = rename_function(read_spec(text), "halve")
    assert not isinstance(renamed, Refusal)
    assert renamed.document.text == text.replace("half(", "halve(").replace(": half\n", ": halve\n")
    assert [case.id for case in renamed.document.cases] == ["EX-halve-halve-8", "EX-halve-0"]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (HEAD, "class", "cannot be the name"),
        ("function: half\n", "halve", "cannot be read as a whole"),
        (
            f'{HEAD}examples:\n  - call: "half(\\"half\\")"\n    returns: 1\n',
            "halve",
            "one plain line",
        ),
        (f"{HEAD}types:\n  Half: {{size: int}}\n", "Half", "something else"),
    ],
)
def test_why_a_function_keeps_its_name(text: str, name: str, reason: str) -> None:
    renamed = rename_function(read_spec(text), name)
    assert isinstance(renamed, Refusal)
    assert reason in renamed.message
