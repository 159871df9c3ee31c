"""What a module defines, also while somebody types in it."""

from __future__ import annotations

from redfirst.spec.ide.code_outline import definition_of, definitions

MODULE = """\
import typing


class Basket:
    @property
    def total(self) -> int:
        def inner(): ...

    class Line:
        async def price(self): ...


if typing.TYPE_CHECKING:
    def half(number): ...
else:
    def half(number):
        return number
"""


def test_functions_and_classes_that_can_be_reached() -> None:
    """What is defined inside of a function cannot."""
    names = ["Basket", "Basket.total", "Basket.Line", "Basket.Line.price", "half", "half"]
    assert [each.name for each in definitions(MODULE)] == names
    for each in definitions(MODULE):
        assert each.span.of(MODULE) == each.name.rpartition(".")[2]


def test_a_half_typed_module_says_the_same() -> None:
    whole = {each.name: each.span for each in definitions(MODULE)}
    broken = {each.name: each.span for each in definitions(f"{MODULE}\nhalf(")}
    assert broken == whole


def test_the_last_definition_counts() -> None:
    found = definition_of(MODULE, "half")
    assert found is not None
    assert found.span.start > MODULE.index("else")
    assert definition_of(MODULE, "inner") is None


def test_columns_behind_wide_letters() -> None:
    source = 'class Übung:\n    def größe(self, ä="😀"): ...\n'
    assert [each.span.of(source) for each in definitions(source)] == ["Übung", "größe"]
