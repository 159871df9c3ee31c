"""Many specs in one order: a batch for each round, and none of them paid for twice."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from redfirst.cli.main import main
from redfirst.envoy import wire
from redfirst.project.batch_records import BatchRecord, BatchRecords
from redfirst.project.together import all_of
from redfirst.project.transcripts import Transcripts, digest_of
from redfirst.workflow.audit import audit
from redfirst.workflow.batch_cancel import cancel_batches
from redfirst.workflow.batch_desk import BatchDesk
from redfirst.workflow.batch_post import BatchPost
from redfirst.workflow.progress import Silent
from tests.model.batch_order import Order, add_spec
from tests.model.shop import (
    GOOD,
    KEY,
    NEGATIVE_PRICE,
    NO_PRICES,
    TWO_PRICES,
    WEAK,
    module,
    shows_the_key,
)
from tests.support.model_server import Reply, answer
from tests.support.processes import descendants

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.project.envoy_process import Envoy
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer, Request


def by_function(**replies: Callable[[int], Reply] | Reply) -> Callable[[Request], Reply]:
    """What to answer about a spec, whichever comes first; a function is told how often before."""
    asked = dict.fromkeys(replies, 0)

    def reply(request: Request) -> Reply:
        text = request.body["messages"][0]["content"][0]["text"]
        name = next(name for name in replies if f"function: {name}\n" in text)
        chosen = replies[name]
        asked[name] += 1
        return chosen if isinstance(chosen, Reply) else chosen(asked[name] - 1)

    return reply


def test_a_round_is_one_batch_and_what_fell_short_goes_into_the_next(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    shop.configure("input_price = 3", "output_price = 15")
    add_spec(shop, "add_up")
    drafts = [module(NO_PRICES, WEAK, NEGATIVE_PRICE), module(TWO_PRICES)]
    other = [
        one.replace("total(", "add_up(").replace("import total", "import add_up") for one in drafts
    ]
    server.answer = by_function(
        total=Reply(answer(GOOD)), add_up=lambda before: Reply(answer(other[before]))
    )
    order = Order(shop, envoy)
    reports = runner.run(order.give())
    assert {name: one.written for name, one in reports.items()} == {"total": True, "add_up": True}
    assert [len(one.requests) for one in server.batches.ordered] == [2, 1]
    for batch in server.batches.ordered:
        for name, request in batch.requests.items():
            assert name == digest_of(request)
            kept = Transcripts(shop.root).find(name)
            assert kept is not None
            (outcome,) = kept["outcomes"]
            assert outcome["batch"] == batch.id
            read, written = (outcome["usage"][f"{part}_tokens"] for part in ("input", "output"))
            cache = 80 * 1.25 + 20 * 0.1
            whole = ((read + cache) * 3 + written * 15) / 1e6
            assert outcome["dollars"] == pytest.approx(whole / 2, abs=1e-6)
    assert [words.partition(",")[0] for words in order.told] == [
        "The batch `msgbatch_1` holds 2 questions",
        "The batch `msgbatch_2` holds 1 question",
    ]
    assert all(audit(shop.project, shop.root / one.path).ok for one in reports.values())
    assert order.seen[-1] == ("batch msgbatch_2", 1, 1)
    assert order.on_record == 0


def test_an_interrupted_wait_goes_on_with_the_same_batch(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    server.script(Reply(stop="refusal"))
    server.batches.held = True
    before = shop.contents()

    async def interrupt() -> Order:
        order = Order(shop, envoy)
        task = asyncio.create_task(order.give())
        task.add_done_callback(lambda _: order.waiting.set())  # one that fails waits for nothing
        await order.waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return order

    first = runner.run(interrupt())
    assert first.told[-1] == "The batch `msgbatch_1` is not over: the same command goes on with it."
    assert (first.on_record, shop.contents()) == (1, before)
    server.batches.held = False
    second = Order(shop, envoy)
    (finding,) = runner.run(second.give())["total"].findings
    assert "refused to answer" in finding.message
    assert second.told == ["Going on with the batch `msgbatch_1`, which was ordered before."]
    assert len(server.batches.ordered) == 1
    assert second.on_record == 0


def test_an_interrupt_orders_nothing(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """One of two specs has asked; the other one takes its time to leave."""
    server.script(Reply(answer(GOOD)))
    told: list[str] = []
    records, transcripts = BatchRecords(shop.root), Transcripts(shop.root)
    order = wire.Ask(wire.Access(KEY, server.url), {"model": "model-a"})

    async def asks(desk: BatchDesk) -> None:
        async for _ in desk.ask(order):
            raise AssertionError("it was answered")

    async def lingers() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await runs_its_course(envoy, server)

    async def interrupt() -> None:
        post = BatchPost(envoy, records, transcripts, Silent(), told.append)
        async with BatchDesk(post, 2, asyncio.Semaphore(2)) as desk:
            works = (desk.attend(partial(asks, desk)), desk.attend(lingers))
            both = asyncio.create_task(all_of(works))
            while desk.members == 2:  # noqa: ASYNC110
                await asyncio.sleep(0)
            both.cancel()
            with pytest.raises(asyncio.CancelledError):
                await both

    runner.run(interrupt())
    assert (server.batches.ordered, records.every(), told) == ([], (), [])


async def runs_its_course(envoy: Envoy, server: ModelServer) -> None:
    """What the envoy was asked before is over when it answers this."""
    order = wire.Reach(wire.Access(KEY, server.url), "model-a")
    async with aclosing(envoy.ask(order)) as messages:
        assert [each async for each in messages]


def test_an_order_whose_answer_was_lost_is_not_given_twice(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """The connection is cut after the server has taken the order, and before it says so."""
    server.script(Reply(stop="refusal"))
    server.batches.losing = True
    order = Order(shop, envoy)
    (finding,) = runner.run(order.give())["total"].findings
    assert "refused to answer" in finding.message
    assert len(server.batches.ordered) == 1
    assert order.on_record == 0


FATES = {
    "errored": (Reply(status=529), "is overloaded"),
    "wrong_model": (Reply(status=404, says="model: x"), "does not know the model"),
    "canceled": (Reply(breaks="canceled"), "was canceled before it came to this spec"),
    "expired": (Reply(breaks="expired"), "expired before it came to this spec"),
    "absent": (Reply(breaks="absent"), "has no answer for this spec"),
    "huge": (Reply("x" * 600_000), "longer than any module"),
    "cut_off": (Reply(GOOD, stop="max_tokens"), "was cut off after 16000 tokens"),
    "total": (Reply(GOOD, stop="refusal"), "refused to answer"),
}


def test_each_entry_without_an_answer_is_told(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """One batch, in which everything goes wrong that can; the next call may ask anew."""
    for name in FATES:
        add_spec(shop, name)
    server.answer = by_function(**{name: reply for name, (reply, _) in FATES.items()})
    before = shop.contents()
    order = Order(shop, envoy)
    reports = runner.run(order.give())
    for name, (_, words) in FATES.items():
        (finding,) = reports[name].findings
        assert words in finding.message, name
    assert len(server.batches.ordered) == 1
    assert (order.on_record, shop.contents()) == (0, before)


def test_a_batch_that_the_server_does_not_know_is_told_and_kept(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """It may be one of another key, and paid for."""
    server.script(Reply(stop="refusal"))
    order = Order(shop, envoy)
    runner.run(order.give())
    entries = tuple(server.batches.ordered[0].requests)
    record = BatchRecord("x", entries, server.url, batch="msgbatch_9")
    BatchRecords(shop.root).write(record)
    (finding,) = runner.run(order.give())["total"].findings
    assert "does not know the batch (batch: msgbatch_9). If it was ordered with" in finding.message
    assert BatchRecords(shop.root).every() == (record,)
    assert len(server.batches.ordered) == 1


def test_the_budget_is_for_all_that_is_waited_for(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    shop.configure("budget = 40000")
    add_spec(shop, "add_up")
    add_spec(shop, "sum_up")
    server.script(Reply(stop="refusal"))
    reports = runner.run(Order(shop, envoy).give())
    said = [one.findings[0].message for one in reports.values()]
    words = "answers that are waited for may take 32000, and another one 16000"
    assert sum(words in one for one in said) == 1
    assert [len(one.requests) for one in server.batches.ordered] == [2]


REFUSALS = [
    (404, 1, "takes no batches (no). Generate without `--batch`."),
    (401, 1, "does not know the key"),
    (429, 3, "Wait a minute"),
]


@pytest.mark.parametrize(("status", "times", "words"), REFUSALS)
def test_an_order_that_is_refused_is_told_and_not_on_record(  # noqa: PLR0913, PLR0917
    shop: Shop,
    server: ModelServer,
    runner: asyncio.Runner,
    envoy: Envoy,
    status: int,
    times: int,
    words: str,
) -> None:
    server.batches.refusing = status
    order = Order(shop, envoy)
    (finding,) = runner.run(order.give())["total"].findings
    assert words in finding.message
    assert sum("requests" in one.body for one in server.requests) == times
    assert order.on_record == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name a spec, or a folder of specs: `redfirst generate specs/`."),
        (("--cancel", "specs"), "only batches can be canceled"),
        (("--cancel",), "only batches can be canceled"),
        (("--batch",), "only a model takes batches: add `--provider anthropic` to `--batch`."),
    ],
)
def test_a_batch_needs_a_model_and_no_names(
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(shop.root)
    assert main(["generate", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_crash_of_the_envoy_shows_no_key_and_keeps_the_batch(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """The real command, whose envoy is killed while it waits. The batch can still be canceled."""
    server.script(Reply(answer(GOOD)))
    server.batches.held = True
    words = ("--debug", "generate", "--batch", "--provider", "anthropic")
    with subprocess.Popen(
        [sys.executable, "-m", "redfirst", *words],
        cwd=shop.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert server.batches.asked_for.wait(60)
        processes = descendants(command.pid)
        assert not any(map(shows_the_key, processes))
        os.kill(processes[-1][0], signal.SIGKILL)
        out, err = command.communicate()
    assert command.returncode == 2
    assert "The process that asks the model failed: it ended with code" in out
    assert "The batch `msgbatch_1` is not over: the same command goes on with it." in err
    kept = [path.read_text() for path in shop.root.rglob("*") if path.is_file()]
    assert any("msgbatch_1" in text for text in kept)
    assert not any(KEY in text for text in (out, err, *kept))
    canceled: list[str] = []
    assert runner.run(cancel_batches(shop.project, canceled.append, envoy)) == ()
    assert canceled[0].startswith("The batch `msgbatch_1` is canceled.")
    order = Order(shop, envoy)
    (finding,) = runner.run(order.give())["total"].findings
    assert "was canceled before it came to this spec" in finding.message
    assert (len(server.batches.ordered), order.on_record) == (1, 0)
