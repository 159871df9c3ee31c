"""The specs that the gate's tests judge by, and the one helper that judges."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

from redfirst.generation.gate import check_module
from redfirst.spec.document import read_spec
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem

MARKERS = frozenset({"slow"})


def spec(text: str) -> Spec:
    document = read_spec(dedent(text))
    assert document.spec is not None, document.problems
    return document.spec


TOTAL = spec("""
    function: total
    module: shop.basket
    signature: "total(prices: list[int]) -> int"
    behavior: Adds up the prices of a basket, in cents.
    edge_cases:
      - empty basket -> 0
""")

PUT = spec("""
    function: Basket.put
    module: basket
    signature: "put(self, price: int) -> int"
    behavior: Puts an article into the basket and says how many it holds, at most its limit.
    types:
      Basket: {record: {limit: int}, frozen: false}
    edge_cases:
      - first article -> 1
""")

REFUSE = spec("""
    function: total
    module: shop.basket
    signature: "total(prices: list[int]) -> int"
    behavior: Adds up the prices of a basket, in cents.
    imports:
      - from decimal import InvalidOperation
      - import requests
    types:
      Locked: exception(ValueError)
    errors:
      - 'negative price -> raise ValueError("negative price (cents)")'
""")

LOCKED = spec("""
    function: total
    module: shop.basket
    signature: "total(prices: list[int]) -> int"
    behavior: Adds up the prices of a basket, in cents.
    types:
      Locked: exception(ValueError)
      Bolted: exception(Locked)
      Sealed: exception
    errors:
      - 'locked basket -> raise Locked("basket is locked")'
""")

MISSING = spec("""
    function: price_of
    module: shop.basket
    signature: "price_of(name: str) -> int"
    behavior: Looks the price of an article up.
    errors:
      - 'unknown name -> raise KeyError("unknown")'
""")

MEAN = spec("""
    function: mean
    module: shop.basket
    signature: "mean(prices: list[int]) -> float"
    behavior: The mean price of a basket, to twelve significant digits.
    edge_cases:
      - one price -> that price
""")

ADD = spec("""
    function: Basket.add
    module: shop.basket
    signature: "add(self, price: int) -> None"
    behavior: Puts one more price into the basket, at its end.
    types:
      Basket: {record: {prices: "list[int]"}, frozen: false}
    edge_cases:
      - first price -> the basket holds that price
""")

AT_MOST = spec("""
    function: Basket.__le__
    module: shop.basket
    signature: "__le__(self, other: list[int]) -> bool"
    behavior: Whether all prices of the basket are among others.
    types:
      Basket: {record: {prices: "list[int]"}, frozen: false}
    edge_cases:
      - fewer prices -> true
""")

WAIVING = spec("""
    function: mean
    module: shop.basket
    signature: "mean(prices: list[int]) -> float"
    behavior: The mean price of a basket, to twelve significant digits.
    edge_cases:
      - case: one price -> that price
        waive: {float-equality: "halves are exact"}
      - case: two prices -> half their sum
        waive: {RF212: "halves are exact"}
      - three prices -> a third of their sum
""")


def findings(marked: str, judged_by: Spec) -> tuple[str, tuple[Problem, ...]]:
    """The source without its marks, and what the gate says of it."""
    source = re.sub("[«»]", "", marked)
    return source, check_module(source, judged_by, MARKERS)


def marked_spans(marked: str) -> list[Span]:
    """The stretches between « and », as places in the source without these marks."""
    opened: list[int] = []
    spans: list[Span] = []
    length = 0
    for character in marked:
        if character == "«":
            opened.append(length)
        elif character == "»":
            spans.append(Span(opened.pop(), length))
        else:
            length += 1
    return sorted(spans)
