"""What is offered where a cursor stands, in texts that are not YAML yet."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.ide.candidate import Candidate, Modules
from redfirst.spec.ide.completion import complete
from redfirst.spec.ide.yaml_text import without_placeholders
from tests.spec.ide.marked import HEAD, at_cursor

TOP = ("types", "imports", "settings", "waive_mutants")
CASE = "edge_cases:\n  - case: zero -> zero\n"
EXAMPLE = f"{CASE}    examples:\n      - call: half(0)\n"


def offered(
    marked: str, modules: tuple[str, ...] = (), source: str | None = None
) -> dict[str, Candidate]:
    """The candidates at the cursor by their labels; `source` is that of the spec's module."""
    document, offset = at_cursor(marked)
    found = complete(document, offset, Modules(lambda: modules, lambda _: source))
    return {each.label: each for each in found}


def accepted(marked: str, label: str) -> str:
    """The text once a candidate was taken and its placeholders were left as they are."""
    document, _ = at_cursor(marked)
    chosen = offered(marked)[label]
    text = document.text
    line = text[: chosen.span.start].rpartition("\n")[2]
    indent = line[: len(line) - len(line.lstrip())]
    new = without_placeholders(chosen.snippet).replace("\n", f"\n{indent}")
    return text[: chosen.span.start] + new + text[chosen.span.end :]


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        (f"{HEAD}¦", ["edge_cases", "errors", "examples", *TOP]),
        (f"¦\n{HEAD}{CASE}errors:\n", ["examples", *TOP]),
        (f"{HEAD}{CASE}    ¦", ["id", "examples", "waive"]),
        (f"{HEAD}{CASE}    id: EC-x\n    ¦\n  - case: other\n", ["examples", "waive"]),
        (f"{HEAD}{EXAMPLE}        ¦", ["returns", "raises", "given", "after"]),
        (f"{HEAD}{EXAMPLE}        re¦", ["returns", "raises", "given", "after"]),
        ("edge_cases:\n- case: a -> b\n  ¦", ["id", "examples", "waive"]),
        (f"{HEAD}settings:\n  timeout: 3\n  ¦\n", ["threshold", "strength", "model"]),
        (f"{HEAD}waive_mutants:\n  - code: a\n    ¦\n", ["change", "reason"]),
        (f"{HEAD}errors:\n  - case: [ broken\n    ¦", ["id", "examples", "waive"]),
        (
            f"{HEAD}{CASE}    examples:\n      - {{call: half(0), ¦}}",
            ["returns", "raises", "given", "after"],
        ),
        (f"{HEAD}settings: {{timeout: 3, ¦", ["threshold", "strength", "model"]),
    ],
)
def test_the_keys_that_are_missing_here(marked: str, labels: list[str]) -> None:
    assert list(offered(marked)) == labels


@pytest.mark.parametrize(
    ("marked", "labels"),
    [
        ("edge_cases:\n  ¦", {"case", "case with an example"}),
        ("edge_cases:\n  - ¦", {"case with an example", "case", "id", "examples", "waive"}),
        ("errors:\n  - ¦\n", {"error", "case", "id", "examples", "waive"}),
    ],
)
def test_whole_values_where_nothing_is_written(marked: str, labels: set[str]) -> None:
    assert set(offered(HEAD + marked)) == labels


@pytest.mark.parametrize(
    "marked",
    [
        "behavior: >\n  What it ¦",
        "behavior: wh¦",
        "# func¦",
        "function: f # ¦",
        "edge_cases:\n  - zero -> ¦",
        "nonsense:\n  ¦",
    ],
)
def test_nothing_in_prose(marked: str) -> None:
    assert list(offered(marked)) == []


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        (f"{HEAD}{CASE}¦", "errors"),
        (f"{HEAD}¦", "edge_cases"),
        (f"{HEAD}edge_cases:\n  ¦", "case with an example"),
        (f"{HEAD}edge_cases:\n  - ¦", "case with an example"),
        (f"{HEAD}{CASE}    ¦", "examples"),
        (f"{HEAD}{CASE}¦", "types"),
        ("¦", "spec"),
        (f"{HEAD}errors:\n  - odd number -> raise ¦", "ValueError"),
    ],
)
def test_what_is_taken_fits_into_its_place(marked: str, label: str) -> None:
    """The sentence may be a bad one, but its shape is right."""
    text = accepted(marked, label)
    codes = {each.code.value for each in read_spec(text).problems}
    assert not codes & {"RF100", "RF102", "RF103", "RF104", "RF105", "RF106"}, text


def test_a_key_that_has_its_colon_is_only_renamed() -> None:
    assert accepted("modu¦: maths\n", "module") == "module: maths\n"


def test_exceptions_those_of_the_spec_first() -> None:
    types = "types:\n  Locked: exception(ValueError)\n  Entry: {id: str}\n"
    for line in ("  - odd -> raise ¦", "  - case: odd -> raise Va¦", '  - "odd -> raise V¦"'):
        names = list(offered(f"{HEAD}{types}errors:\n{line}"))
        assert names[:3] == ["Locked", "ValueError", "TypeError"]
        assert "Entry" not in names
    assert "KeyError" in offered(f"{HEAD}{EXAMPLE}        raises: ¦")


def test_modules_of_the_project() -> None:
    modules = ("maths", "shop.money")
    assert list(offered("module: sh¦", modules)) == list(modules)
    assert offered("module: sh¦", modules)["maths"].span.of("module: sh") == "sh"


@pytest.mark.parametrize("text", [HEAD + EXAMPLE, "- {a: [\n\t- ? x\r\n  :\n", "{call: 'x, {"])
def test_no_place_makes_it_fail(text: str) -> None:
    document = read_spec(text)
    for offset in range(len(text) + 1):
        complete(document, offset, Modules(tuple, lambda _: "def half(x"))
