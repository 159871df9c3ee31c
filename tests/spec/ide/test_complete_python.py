"""Functions, types, calls and values, offered in specs that are half-written."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.ide.candidate import Candidate, Modules
from redfirst.spec.ide.completion import complete
from redfirst.spec.ide.yaml_text import without_placeholders
from tests.spec.ide.marked import at_cursor

MODULE = """\
class Basket:
    def add(self, item): ...
    def _count(self): ...
    def __len__(self): ...

def _private(): ...
def half(number): ...
def broken(
"""
HEAD = """\
function: plan
module: retry
signature: "plan(entries: list[Entry], mode: Mode, *, limit: int = 3, note: str) -> Plan | None"
types:
  Entry: {id: str, total: int}
  Mode: [fast, slow]
  Plan: "Entry | bool"
imports:
  - from decimal import Decimal
"""
CASE = f'{HEAD}errors:\n  - case: late -> raise ValueError("too late")\n    examples:\n'


def offered(marked: str) -> dict[str, Candidate]:
    document, offset = at_cursor(marked)
    found = complete(document, offset, Modules(tuple, lambda _: MODULE))
    return {each.label: each for each in found}


def accepted(marked: str, label: str) -> str:
    """The line of the cursor, once a candidate was taken as it stands."""
    document, _ = at_cursor(marked)
    chosen = offered(marked)[label]
    start, end = chosen.span.start, chosen.span.end
    text = document.text[:start] + without_placeholders(chosen.snippet) + document.text[end:]
    return text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0].strip()


def test_functions_of_the_module_even_while_it_is_typed() -> None:
    for text in ("module: retry\nfunction: ¦", "function: ha¦\nmodule: retry\nsignature: [\n"):
        names = list(offered(text))
        assert names == ["Basket.add", "half", "broken", "Basket._count", "_private"]
    assert accepted("module: retry\nfunction: Basket.a¦", "Basket.add") == "function: Basket.add"
    assert offered("function: ¦") == {}


@pytest.mark.parametrize(
    "signature",
    [
        '"plan(a: ¦',
        "'plan(a: list[E¦', b",
        "plan(a: dict[str, E¦",
        "plan(a: int | ¦) -> str",
        "plan() -> ¦",
    ],
)
def test_types_where_a_signature_has_one(signature: str) -> None:
    text = HEAD.replace(HEAD.split("\n")[2], f"signature: {signature}")
    names = list(offered(text))
    assert names[:6] == ["Entry", "Mode", "Plan", "Decimal", "int", "str"]
    assert {"Iterable", "Any"} < set(names)
    assert names[-1] == "Basket"


@pytest.mark.parametrize("signature", ["pl¦", "plan(a¦", "plan(a: int, b¦", "plan(a: int = 3¦"])
def test_no_types_where_there_are_names(signature: str) -> None:
    assert offered(f"function: plan\nsignature: {signature}") == {}


def test_types_of_fields() -> None:
    assert "Mode" in offered(HEAD.replace("Plan: ", "Note: {mode: M¦}\n  Plan: "))


@pytest.mark.parametrize(
    ("line", "label", "written"),
    [
        ("- call: ¦", "plan", "- call: plan(entries, mode, note=note)"),
        ("- call: pl¦", "plan", "- call: plan(entries, mode, note=note)"),
        ("- {call: ¦}", "plan", "- {call: 'plan(entries, mode, note=note)'}"),
        ('- call: "pl¦', "plan", '- call: "plan(entries, mode, note=note)'),
        ("- call: plan([], lim¦", "limit=", "- call: plan([], limit=limit"),
        ("- call: plan([E¦", "Entry", "- call: plan([Entry(id=id, total=total)"),
        ("- call: plan([], M¦", "Mode.fast", "- call: plan([], Mode.fast"),
        ("- call: x\n        returns: ¦", "None", "returns: None"),
        ("- call: x\n        returns: ¦", "Entry", "returns: Entry(id=id, total=total)"),
        ("- call: x\n        returns: T¦", "True", "returns: True"),
        (
            "- call: x\n        raises: ¦",
            'ValueError("too late")',
            'raises: ValueError("too late")',
        ),
        ("- call: x\n        given:\n          mo¦", "mode", "mode: value"),
        ("- call: x\n        given:\n          entries: ¦", "[]", "entries: '[]'"),
        ("- call: x\n        given:\n          note: ¦", '""', "note: '\"\"'"),
        ("- call: x\n        given:\n          mode: ¦", "Mode.slow", "mode: Mode.slow"),
    ],
)
def test_calls_values_and_names_of_an_example(line: str, label: str, written: str) -> None:
    assert accepted(f"{CASE}      {line}\n", label) == written


def test_nothing_inside_of_a_text_or_where_yaml_would_break() -> None:
    assert offered(f"{CASE}      - call: plan('ha¦") == {}
    assert "Entry" not in offered(f"{CASE}      - {{call: plan([E¦")


@pytest.mark.parametrize(
    ("head", "call"),
    [
        ('Basket.add\nsignature: "(self, item: str)"', "Basket().add(item)"),
        ('Basket.of\nsignature: "@classmethod of(cls, item: str)"', "Basket.of(item)"),
        ("half\nsignature: '(", "half()"),
        ('half\nsignature: "(*items, **rest)"', "half()"),
    ],
)
def test_what_is_called_and_how(head: str, call: str) -> None:
    text = f"function: {head}\nexamples:\n  - call: ¦"
    assert accepted(text, call.partition("(i")[0].removesuffix("()")) == f"- call: {call}"


def test_no_place_makes_it_fail() -> None:
    text = f"{CASE}      - {{call: plan([Entry(id='x"
    document = read_spec(text)
    for offset in range(len(text) + 1):
        complete(document, offset, Modules(tuple, lambda _: MODULE))
