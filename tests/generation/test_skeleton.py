"""A module that has everything that its spec names, and does nothing."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from types import ModuleType

import pytest

from redfirst.generation.skeleton import skeleton_module
from redfirst.spec.document import read_spec

ROOT = Path(__file__).parents[2]
SPECS = sorted([*ROOT.glob("specs/*.yml"), *ROOT.glob("tests/corpus/*/spec.yml")])
SHOP = """\
function: Basket.add
module: shop
signature: "add(self, item: Item, *, times: int = 1) -> int"
behavior: Put an item into the basket, and say how many there are.
types:
  Basket:
    items: list[Item] = []
  Item:
    name: str
    colour: Colour = "Colour.RED"
  Colour: [RED, GREEN]
  Items: list[Item]
  TooManyError:
    base: ValueError
edge_cases:
  - one item -> 1
"""


def module_of(text: str) -> ModuleType:
    """The skeleton of a spec, imported."""
    spec = read_spec(text).spec
    assert spec is not None
    module = ModuleType("skeleton_under_test")
    sys.modules[module.__name__] = module
    try:
        exec(compile(skeleton_module(spec), "skeleton.py", "exec"), module.__dict__)
    finally:
        del sys.modules[module.__name__]
    return module


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_spec_has_a_skeleton_that_can_be_imported(path: Path) -> None:
    text = path.read_text("utf-8")
    spec = read_spec(text).spec
    assert spec is not None
    function = module_of(text)
    for name in spec.function.value.split("."):
        function = getattr(function, name)
    wanted = [parameter.name for parameter in spec.signature.value.parameters]
    assert [*inspect.signature(function).parameters] == wanted


def test_a_method_stands_in_its_class_beside_its_fields() -> None:
    shop = module_of(SHOP)
    basket = shop.Basket()
    assert basket.items == []
    assert basket.items is not shop.Basket().items
    with pytest.raises(NotImplementedError):
        basket.add(shop.Item("apple"), times=2)
    assert "Put an item into the basket" in inspect.getdoc(shop.Basket.add)
