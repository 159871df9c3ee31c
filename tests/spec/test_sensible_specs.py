"""Specs as careful people write them: nothing is to be found in them."""

from __future__ import annotations

import pytest

from tests.spec.findings import check

PLAIN = """\
function: reconcile_batch
module: payments.reconcile
signature: "reconcile_batch(ledger: list[dict[str, int]], statement: list[dict[str, int]]) -> dict"
behavior: >
  Match ledger entries with statement entries of the same amount in cents whose dates are
  at most two days apart. Unmatched ledger entries are pending.
edge_cases:
  - both empty -> nothing matched, nothing pending
  - equal amounts on one day -> greedy, oldest first
  - a difference of one cent -> no match
errors:
  - null ledger entry -> raise ValueError("null ledger entry")
  - 'negative amount -> raise ValueError("negative amount: refused")'
"""

RECORDS = """\
function: reconcile_batch
module: payments.reconcile
signature: "reconcile_batch(ledger: list[Entry], statement: list[Entry]) -> Result"
behavior: Match entries of the same amount, oldest first.
imports:
  - from datetime import date
types:
  Entry: {id: str, amount_cents: int, day: date}
  Side: [DEBIT, CREDIT]
  Cents: int
  LedgerLocked: exception(RuntimeError)
  Result: {matched: "list[tuple[Entry, Entry]]", side: "Side | None = None"}
edge_cases:
  - case: one entry on each side -> both matched
    examples:
      - given: {early: "Entry('L1', 100, date(2026, 1, 1))", same: early}
        call: reconcile_batch([early], [same])
        returns: Result([(early, same)])
errors:
  - 'the ledger is locked -> raise LedgerLocked("try later"); nothing is written'
"""

METHOD = """\
function: Basket.add
module: shop.basket
signature: "add(self, item: str, count: int = 1) -> None"
behavior: Put an item into the basket; the count of an item already there grows.
types:
  Basket: {record: {items: "dict[str, int]"}, frozen: false}
edge_cases:
  - case: an item twice -> its count is the sum
    examples:
      - given: {basket: "Basket({'pear': 1})"}
        call: basket.add('pear')
        returns: None
        after: {basket: "Basket({'pear': 2})"}
errors:
  - 'count < 1 -> raise ValueError("count must be positive")'
  - 'count > 99 -> raise ValueError("count must be below 100")'
"""

COROUTINE = """\
function: fetch
module: net.fetch
signature: "async def fetch(urls: Sequence[str], get: Callable[[str], Awaitable[bytes]]) -> list"
behavior: Fetch all urls at once and keep their order.
edge_cases:
  - no url -> empty list, `get` is never called
  - one call fails -> the others still finish
errors:
  - 'a url without scheme -> raise ValueError("no scheme")'
"""

GENERATOR = """\
function: windows
module: text.windows
signature: "windows(items: Iterable[T], size: int, /, *, step: int = 1) -> Iterator[tuple[T, ...]]"
behavior: Yield windows of the given size; the last one may not be shorter.
edge_cases:
  - case: fewer items than the size -> nothing
    examples:
      - {call: "list(windows([1, 2], 3))", returns: "[]"}
      - {call: "[w for w in windows('abc', 2)]", returns: "[('a', 'b'), ('b', 'c')]"}
errors:
  - 'size 0 -> raise ValueError("size must be positive")'
"""

DECIMALS = """\
function: convert
module: money.convert
signature: "convert(amount: Decimal, rate: Decimal, currency: Literal['EUR', 'USD']) -> Decimal"
behavior: Multiply and round half up to two places.
imports: [from decimal import Decimal]
edge_cases:
  - currency EUR -> unchanged
  - currency eur -> refused like an unknown one
  - the note says "USD" -> ignored
  - the note says "usd" -> converted
examples:
  - {call: "convert(Decimal('1.005'), Decimal(1), 'EUR')", returns: "Decimal('1.01')"}
"""

FLOATS = """\
function: mean_delay
module: stats.delay
signature: "mean_delay(delays: list[float]) -> float"
behavior: Return the arithmetic mean, correct to within a microsecond.
edge_cases:
  - one value -> that value
errors:
  - 'no value -> raise ZeroDivisionError("no delays")'
"""

IN_PLACE = """\
function: rotate
module: lists.rotate
signature: "rotate(items: list, by: int) -> None"
behavior: Rotate the list in place to the left.
edge_cases:
  - rotating by 0 -> unchanged
  - rotating by -1 -> the last item comes first
examples:
  - {call: "rotate(xs, 1)", given: {xs: "[1, 2, 3]"}, returns: null, after: {xs: "[2, 3, 1]"}}
  - {call: "rotate(xs, 1)", given: {xs: "[]"}, returns: null, after: {xs: "[]"}}
"""

CHINESE = """\
function: normalize
module: 文本.规范
signature: "normalize(文本: str) -> str"
behavior: 删除首尾空格并把全角字符转换为半角字符。
edge_cases:
  - 空字符串 -> 空字符串
  - 只有空格 → 空字符串
errors:
  - '含有控制字符 -> raise ValueError("控制字符")'
"""

EXAMPLES_ONLY = """\
function: parse
module: config.parse
signature: "parse(text: str, **defaults: Any) -> Mapping[str, str | int]"
behavior: Read `key = value` lines; text behind # is a comment.
imports: [import json]
types:
  BadLine: exception
examples:
  - {call: "parse('a = 1')", returns: "{'a': 1}"}
  - {call: "parse(json.dumps('x'), a=(lambda v: v)(2))", returns: "{'a': 2}"}
  - {call: "parse('a')", raises: BadLine("line 1")}
  - {call: "parse('b')", raises: BadLine}
settings: {threshold: 100, timeout: 2.5}
"""

LONG_CASES = """\
function: allocate
module: payments.allocate
signature: "allocate(total_cents: int, weights: list[int]) -> list[int]"
behavior: Allocate cents by weight with the largest remainder; no cent is lost.
edge_cases:
  - case: the shares always sum up to the total
    id: EC-sum
    examples:
      - {call: "sum(allocate(100, [1, 1, 1]))", returns: 100}
    waive: {weak: only the sum is promised here}
  - case: equal remainders -> the first weight wins
    waive: {float-equality: the value is a power of two}
errors:
  - case: 'no weights -> raise ValueError("no weights")'
    examples:
      - {call: "allocate(1, [])", raises: 'ValueError("no weights")'}
"""

SENSIBLE = {
    "plain": PLAIN,
    "records": RECORDS,
    "method": METHOD,
    "coroutine": COROUTINE,
    "generator": GENERATOR,
    "decimals": DECIMALS,
    "floats with a rule": FLOATS,
    "in place": IN_PLACE,
    "not English": CHINESE,
    "examples only": EXAMPLES_ONLY,
    "long cases": LONG_CASES,
}


@pytest.mark.parametrize("name", SENSIBLE)
def test_nothing_is_found(name: str) -> None:
    assert check(SENSIBLE[name]) == []


def test_types_without_a_types_section_are_one_warning() -> None:
    text = PLAIN.replace("list[dict[str, int]]", "list[Entry]").replace("-> dict", "-> Result")
    assert check(text) == ["RF124 warning: Entry"]
