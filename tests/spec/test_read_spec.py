"""A text becomes a spec whose every value knows where it stands."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.model import Case, CaseKind, Spec, TypeKind
from tests.spec.marked import CASES, HEAD, check


def spec_of(rest: str = CASES) -> Spec:
    document = read_spec(HEAD + rest)
    assert document.problems == ()
    assert document.spec is not None
    return document.spec


def case_of(rest: str) -> Case:
    return spec_of(rest).cases[0]


def test_the_plainest_spec_is_read_whole() -> None:
    spec = spec_of()
    assert spec.function.value == "split_bill"
    assert spec.module.value == "restaurant.bill"
    assert spec.signature.value.returns == "list[int]"
    assert spec.signature.span.of(HEAD).startswith('"split_bill(')
    assert spec.behavior.value == "Split a bill over people as evenly as whole cents allow."
    assert [case.id for case in spec.cases] == ["EC-nothing-to-pay"]


def test_a_folded_behavior_keeps_its_paragraphs() -> None:
    text = (
        HEAD.partition("behavior:")[0] + "behavior: >\n  One rule\n  goes on.\n\n  Another one.\n"
    )
    spec = read_spec(text + CASES).spec
    assert spec is not None
    assert spec.behavior.value == "One rule goes on.\nAnother one."


def test_short_and_long_form_mean_the_same_case() -> None:
    short = case_of("edge_cases:\n  - a person   alone -> pays all\n")
    long = case_of("edge_cases:\n  - case: >\n      a person\n      alone -> pays all\n")
    assert (short.id, short.text.value, short.condition, short.outcome) == (
        "EC-a-person-alone", "a person alone -> pays all", "a person alone", "pays all",
    )  # fmt: skip
    assert (long.id, long.text.value) == (short.id, short.text.value)


def test_an_error_line_declares_its_error() -> None:
    case = case_of("errors:\n  - 'nobody pays -> raise ValueError(\"nobody: pays\")'\n")
    assert (case.id, case.kind) == ("ER-nobody-pays", CaseKind.ERROR)
    assert case.error is not None
    assert (case.error.type_name, case.error.message) == ("ValueError", "nobody: pays")


def test_a_written_id_stays_and_equal_ones_are_numbered() -> None:
    text = HEAD + (
        "edge_cases:\n  - {case: a -> b, id: EC-a}\n  - a -> c\n  - a -> d\n  - a! -> e\n"
    )
    assert [case.id for case in read_spec(text).cases] == ["EC-a", "EC-a-2", "EC-a-3", "EC-a-4"]


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("[0]", None), ("'[0]'", "[0]"), ("0", "0"), ("true", "True"), ("null", "None"),
        ("None", "None"), ("1.5", "1.5"), (".inf", 'float("inf")'), ("-.inf", 'float("-inf")'),
        ("'\"a\"'", '"a"'), ("list( )", "list( )"),
    ],
)  # fmt: skip
def test_a_constant_of_yaml_becomes_the_literal_of_python(written: str, source: str | None) -> None:
    text = f"{HEAD}edge_cases:\n  - case: a -> b\n    examples:\n"
    text += f"      - call: split_bill(0, 1)\n        returns: {written}\n"
    (case,) = read_spec(text).cases
    assert [each.returns and each.returns.value for each in case.examples] == (
        [source] if source else []
    )


def test_an_expression_on_several_lines_is_held_together() -> None:
    case = case_of(
        "edge_cases:\n  - case: a -> b\n    examples:\n      - call: |\n          split_bill(\n"
        "            3, 1)\n        returns: |\n          1\n          + 2  # cents\n"
    )
    (example,) = case.examples
    assert example.call.value == "split_bill(\n  3, 1)"
    assert example.returns is not None
    assert eval(example.returns.value) == 3


def test_an_example_binds_names_calls_and_looks_at_its_arguments() -> None:
    case = case_of(
        "edge_cases:\n  - case: a -> b\n    examples:\n      - given: {xs: '[2, 1]'}\n"
        "        call: split_bill(xs, 1)\n        returns: None\n        after: {xs: '[1, 2]'}\n"
    )
    (example,) = case.examples
    assert [(name, value.value) for name, value in example.given] == [("xs", "[2, 1]")]
    assert [(name, value.value) for name, value in example.after] == [("xs", "[1, 2]")]
    assert example.returns is not None
    assert example.returns.value == "None"


def test_a_free_example_is_a_case_of_its_own() -> None:
    case = case_of('examples:\n  - {call: "split_bill(0, 2)", returns: "[0, 0]"}\n')
    assert case.kind is CaseKind.EXAMPLE
    assert (case.text.value, case.condition) == ("split_bill(0, 2) -> [0, 0]", "split_bill(0, 2)")
    assert case.id.startswith("EX-split-bill")


def test_a_free_example_may_raise() -> None:
    case = case_of("examples:\n  - call: split_bill(1, 0)\n    raises: ValueError('nobody')\n")
    assert case.error is not None
    assert (case.error.type_name, case.error.message) == ("ValueError", "nobody")
    assert case.text.value == "split_bill(1, 0) -> raise ValueError('nobody')"


def test_types_in_every_form() -> None:
    types = spec_of(
        CASES + "types:\n  Bill: {total: int, note: str = '', rows: 'tuple[int, ...] = ()'}\n"
        "  Side: [DEBIT, CREDIT]\n  Level: {enum: {LOW: 1, HIGH: top}}\n  Cents: int\n"
        "  Locked: exception\n  Broken: exception(Locked)\n"
        "  Basket: {record: {items: 'list[str]'}, frozen: false}\n"
    ).types
    record, side, level, alias, locked, broken, basket = types
    assert [(each.name, each.annotation, each.default) for each in record.fields] == [
        ("total", "int", None), ("note", "str", "''"), ("rows", "tuple[int, ...]", "()"),
    ]  # fmt: skip
    assert side.members == (("DEBIT", "'DEBIT'"), ("CREDIT", "'CREDIT'"))
    assert level.members == (("LOW", "1"), ("HIGH", "'top'"))
    assert (alias.kind, alias.target) == (TypeKind.ALIAS, "int")
    assert (locked.kind, locked.target) == (TypeKind.EXCEPTION, "Exception")
    assert broken.target == "Locked"
    assert (record.frozen, basket.frozen, basket.fields[0].annotation) == (True, False, "list[str]")


def test_settings_and_imports() -> None:
    spec = spec_of(
        CASES + "settings: {threshold: 90, timeout: 1.5, model: m}\nimports:\n  - import decimal\n"
    )
    assert (spec.settings.threshold, spec.settings.timeout, spec.settings.model) == (90, 1.5, "m")
    assert [each.value for each in spec.imports] == ["import decimal"]


def test_waived_mutants() -> None:
    spec = spec_of(
        CASES + "settings: {strength: 80}\nwaive_mutants:\n"
        '  - {code: "if x < 0:", change: "`<` changed to `<=`", reason: zero is no amount}\n'
    )
    assert spec.settings.strength == 80
    (waiver,) = spec.mutant_waivers
    assert (waiver.code.value, waiver.change.value) == ("if x < 0:", "`<` changed to `<=`")
    assert waiver.reason.value == "zero is no amount"


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        ("examples:\n  - {call: split_bill, returns: '⟦(⟧'}\n", ["RF140"]),
        ("examples:\n  - {call: 'split_bill(1, 2)', raises: ⟦'not one'⟧}\n", ["RF140"]),
        ("examples:\n  - {⟦call⟧: 'split_bill(1, 2)'}\n", ["RF142"]),
        ("examples:\n  - {call: 'split_bill(1, 2)', returns: 1, ⟦raises⟧: KeyError}\n", ["RF142"]),
        ("types: {⟦a b⟧: int}\n", ["RF125"]),
        ("types: {Bill: {⟦class⟧: int}}\n", ["RF125"]),
        ("types: {Side: [⟦a-b⟧]}\n", ["RF125"]),
        ("types: {Bill: {total: ⟦int = (⟧}}\n", ["RF125"]),
        ("imports: [⟦from . import a⟧]\n", ["RF126"]),
        ("imports: [⟦from a import *⟧]\n", ["RF126"]),
        ("imports: [⟦a = 1⟧]\n", ["RF126"]),
    ],
)
def test_what_is_no_python_is_marked(rest: str, codes: list[str]) -> None:
    check(HEAD + CASES + rest, *codes)


def test_a_broken_case_leaves_the_others_alone() -> None:
    document = read_spec(HEAD + CASES + "  - {id: x}\n  - last -> one\n")
    assert document.spec is not None
    assert [case.condition for case in document.cases] == ["nothing to pay", "last"]


def test_a_signature_that_cannot_be_read_leaves_no_spec_and_says_so() -> None:
    document = read_spec(HEAD.replace("-> list[int]", "->") + CASES)
    assert document.spec is None
    assert [problem.code.value for problem in document.problems] == ["RF120"]
    assert len(document.cases) == 1
