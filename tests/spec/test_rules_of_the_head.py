"""Function, module, signature, behaviour, and the types that they name."""

from __future__ import annotations

import pytest

from tests.spec.findings import CASES, HEAD, check, mend, problems


def head(**keys: str) -> str:
    """A spec whose head differs from the usual one in `keys`."""
    usual = {
        "function": "split_bill",
        "module": "restaurant.bill",
        "signature": '"split_bill(total_cents: int) -> list[int]"',
        "behavior": "Split a bill as evenly as whole cents allow.",
    }
    return "".join(f"{key}: {value}\n" for key, value in (usual | keys).items()) + CASES


@pytest.mark.parametrize(
    ("signature", "found"),
    [
        ('"split_bill(a: int -> int"', "RF120 error: -> int"),
        ("'split_bill(a) x'", "RF120 error: x"),
        ('"split_bill(a=\\"x\\" b)"', 'RF120 error: "split_bill(a=\\"x\\" b)"'),
        ('"share(a)"', "RF121 error: share"),
        ("async def share(a)", "RF121 error: share"),
    ],
)
def test_signature(signature: str, found: str) -> None:
    assert check(head(signature=signature)) == [found]


def test_the_signature_is_renamed_after_the_function() -> None:
    assert mend(head(signature='"share(a: int)"')) == head(signature='"split_bill(a: int)"')


def test_a_method_of_another_class_is_another_function() -> None:
    text = head(function="Basket.add", signature='"Bag.add(self)"')
    assert check(text) == ["RF121 error: Bag.add"]
    assert check(head(function="Basket.add", signature='"Basket.add(self)"')) == []


@pytest.mark.parametrize(
    ("module", "mended"),
    [
        ("payments/reconcile.py", "payments.reconcile"),
        ("payments.reconcile.py", "payments.reconcile"),
        ("pay-ments", None),
        ("payments.class", None),
        ("payments..reconcile", None),
        ('"1st"', None),
    ],
)
def test_module(module: str, mended: str | None) -> None:
    text = head(module=module)
    (problem,) = problems(text)
    assert (problem.code, problem.severity) == ("RF122", "error")
    if mended is None:
        assert problem.fix is None
    else:
        assert mend(text) == head(module=mended)


@pytest.mark.parametrize(
    ("function", "mended"),
    [
        ("split_bill()", "split_bill"),
        ("def split_bill", "split_bill"),
        ("restaurant.bill.split_bill", "split_bill"),
        ("bill.split_bill", "split_bill"),
        ("split-bill", None),
        ("lambda", None),
        ("A.B.c", None),
    ],
)
def test_function(function: str, mended: str | None) -> None:
    text = head(function=function, signature='"(a: int) -> int"')
    found = [problem for problem in problems(text) if problem.code == "RF123"]
    assert [problem.severity for problem in found] == ["error"]
    fix = found[0].fix
    assert (fix.edits[0].new_text if fix else None) == mended


@pytest.mark.parametrize(
    ("behavior", "thin"),
    [
        ("Splits.", True),
        ('"..."', True),
        ("TODO", True),
        ("Splits bills.", False),
        ("分摊账单", False),
    ],
)
def test_behavior(behavior: str, thin: bool) -> None:
    assert any(line.startswith("RF136 warning") for line in check(head(behavior=behavior))) == thin


@pytest.mark.parametrize(
    ("annotation", "unknown"),
    [
        ("Entry", "Entry"),
        ("list[Entry | None]", "Entry"),
        ("Callable[[Entry], int]", "Entry"),
        ("list['Entry']", "Entry"),
        ("ledger.Entry", "ledger.Entry"),
        ("Decimal", "Decimal"),
        ("datetime.date", "datetime.date"),
        ("restaurant.bill.Entry", None),
        ("Literal['Entry']", None),
        ("Annotated[int, Positive]", None),
        ("Sequence[T] | Mapping[K, V]", None),
        ("Awaitable[Exception] | Ellipsis | type[None]", None),
        ("3 +", None),
    ],
)
def test_types_of_the_signature(annotation: str, unknown: str | None) -> None:
    found = check(head(signature=f'"split_bill(a: {annotation}) -> int"'))
    expected = [f"RF124 warning: {unknown}"] if unknown else []
    assert [line for line in found if line.startswith("RF124")] == expected


def test_all_undefined_types_of_a_signature_are_one_finding_with_one_fix() -> None:
    text = head(signature='"split_bill(a: Entry, b: list[Entry]) -> Result"')
    assert check(text) == ["RF124 warning: Entry"]
    assert mend(text) == text + "types:\n  Entry:\n    id: str\n  Result:\n    id: str\n"
    assert check(mend(text)) == []


def test_types_are_added_to_those_that_are_there() -> None:
    types = "types:\n    # of the ledger\n    Side: [DEBIT, CREDIT]\n"
    text = head(signature='"split_bill(a: Entry, side: Side)"') + types
    added = types.replace("types:\n", "types:\n    Entry:\n      id: str\n")
    assert mend(text) == text.replace(types, added)


@pytest.mark.parametrize("types", ["types: {Side: [A, B]}\n", "...\n"])
def test_there_is_no_fix_where_a_line_cannot_be_added(types: str) -> None:
    (problem,) = problems(head(signature='"split_bill(a: Entry)"') + types)
    assert problem.fix is None


@pytest.mark.parametrize(
    ("imports", "mended"),
    [
        ("", "imports:\n  - from decimal import Decimal\n"),
        ("imports:\n- import json\n", "imports:\n- from decimal import Decimal\n- import json\n"),
        (
            "imports:\n  - import json\n",
            "imports:\n  - from decimal import Decimal\n  - import json\n",
        ),
    ],
)
def test_a_standard_type_is_imported(imports: str, mended: str) -> None:
    text = head(signature='"split_bill(a: Decimal)"')
    assert mend(text + imports) == text + mended
    assert check(text + mended) == []


def test_a_misspelled_type_is_mended() -> None:
    text = head(signature='"split_bill(a: Itreator)"')
    assert mend(text) == text.replace("Itreator", "Iterator")


@pytest.mark.parametrize(
    ("types", "found"),
    [
        ("types: {Entry: {side: Side}}\n", "RF124 warning: Side"),
        ("types: {Entry: 'list[Side]'}\n", "RF124 warning: Entry"),
        ("types: {Entry: {side: 'Side | None = None'}, Side: [A, B]}\n", None),
        ("types: {Entry: {parent: 'Entry | None'}}\n", None),
    ],
)
def test_types_of_types(types: str, found: str | None) -> None:
    text = HEAD.replace("int, people: int", "Entry, people: int") + CASES + types
    assert check(text) == ([found] if found else [])


@pytest.mark.parametrize(
    ("signature", "types", "kind"),
    [
        ("(price: float) -> str", "", "money"),
        ("(totalCost: 'float | None') -> str", "", "money"),
        ("(delay_seconds: float) -> str", "", "a duration"),
        ("(x: int) -> str", "types: {Fee: {fee: float}}\n", "money"),
        ("(price: int) -> str", "", None),
        ("(tax_rate: float) -> str", "", None),
        ("(weight: float) -> float", "", None),
        ("(price) -> str", "", None),
    ],
)
def test_money_and_time_as_floats(signature: str, types: str, kind: str | None) -> None:
    text = head(signature=f'"{signature}"', behavior="Describe it in words.") + types
    found = problems(text)
    assert [each.code for each in found] == (["RF137"] if kind else [])
    assert all(f"is {kind} as a float" in each.message for each in found)


def test_the_function_itself_may_be_money() -> None:
    text = head(function="total_price", signature='"(items: list) -> float"', behavior="Sum up.")
    assert check(text) == ['RF137 warning: "(items: list) -> float"']


@pytest.mark.parametrize(
    "rule", ["Rounded to two places.", "Exact.", "Within 1e-9.", "Give whole euros."]
)
def test_a_rule_of_precision_is_enough(rule: str) -> None:
    assert check(head(signature='"(price: float)"', behavior=f"Show it. {rule}")) == []
