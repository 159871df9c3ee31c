"""Words that nobody may send, in every place that a test or a draft can read: none is ever sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.generation.provenance import Author
from redfirst.generation.render import render_by
from redfirst.spec.document import read_spec
from tests.model.batch_order import Order, add_spec
from tests.model.shop import (
    CODE,
    GOOD,
    KEY,
    NEGATIVE_PRICE,
    NO_PRICES,
    SECRETS,
    SPEC,
    TWO_PRICES,
    module,
)
from tests.support.model_server import Reply

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from redfirst.project.envoy_process import Envoy
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer, Request

# A draft that raises what it can see, and then answers that need no run: each asks for a repair.
LOUD = NO_PRICES.replace("total([])", 'total([int(open("tests/conftest.py").read())])')
REFUSED = (
    GOOD.replace("assert total([]) == 0", "assert total([]) == open('README.md'"),
    "I would rather see the code: shop/total.py",
    f"One:\n```python\n{GOOD}```\nor:\n```python\n{GOOD}```\n",
    "",
)
KEPT = TWO_PRICES.replace("== 350", '== 350, "canary_of_a_good_test"')
ROUNDS = 20
SPECS = 40


def stubborn(first: str) -> Callable[[Request], Reply]:
    """A model that never gets it right."""
    asked = -1

    def reply(_: Request) -> Reply:
        nonlocal asked
        asked += 1
        return Reply(REFUSED[asked % len(REFUSED)] if asked else first)

    return reply


@pytest.fixture
def secrets(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    monkeypatch.setenv("MY_SETTING", "canary_of_the_environment")
    code = [line.strip() for line in CODE.splitlines() if "canary" in line]
    return (*SECRETS, *code, "canary", KEY, str(shop.root))


def test_no_repair_and_no_regeneration_sends_a_word_of_the_project(
    shop: Shop,
    server: ModelServer,
    runner: asyncio.Runner,
    envoy: Envoy,
    secrets: tuple[str, ...],
) -> None:
    shop.configure(f"rounds = {ROUNDS}", f"budget = {10**9}")
    server.answer = stubborn(module(LOUD, TWO_PRICES, NEGATIVE_PRICE))
    shop.draft(runner, envoy)
    assert len(server.requests) == ROUNDS
    spec = read_spec(SPEC).spec
    assert spec is not None
    body = module(NO_PRICES, KEPT, NEGATIVE_PRICE)
    shop.test.write_text(render_by(Author("examples"), body, spec, "specs/total.yml"))
    shop.spec.write_text(SPEC.replace("no prices -> zero", "no prices -> nothing"))
    server.answer = stubborn(module(LOUD.replace("-> zero", "-> nothing")))
    shop.draft(runner, envoy)
    assert len(server.requests) == 2 * ROUNDS
    assert "EC-two-prices" not in server.requests[ROUNDS].body["messages"][0]["content"][1]["text"]
    for request in server.requests:
        assert [secret for secret in secrets if secret in request.words] == []


def test_no_batch_sends_a_word_of_the_project(
    shop: Shop,
    server: ModelServer,
    runner: asyncio.Runner,
    envoy: Envoy,
    secrets: tuple[str, ...],
) -> None:
    shop.configure(f"budget = {10**9}")
    for number in range(1, SPECS):
        add_spec(shop, f"total_{number}")
    server.answer = stubborn(REFUSED[0])
    runner.run(Order(shop, envoy).give())
    sent = [one for batch in server.batches.ordered for one in batch.requests.values()]
    assert len(sent) == SPECS * 3
    for request in server.requests:
        assert [secret for secret in secrets if secret in request.words] == []
