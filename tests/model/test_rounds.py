"""Draft, gate, red verification, and again: what is asked, what is kept, what is written."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from redfirst.generation.provenance import read_provenance
from redfirst.project.fault import ProjectError
from redfirst.project.transcripts import Transcripts
from redfirst.workflow.asking import Answers
from redfirst.workflow.generate import Consent, Overwrite, Terms, generate
from redfirst.workflow.model_draft import Drafted
from redfirst.workflow.progress import Silent
from tests.model.shop import (
    GOOD,
    KEY,
    NEGATIVE_PRICE,
    NO_PRICES,
    SPEC,
    TWO_PRICES,
    WEAK,
    module,
    shows_the_key,
)
from tests.support.model_server import Reply, answer
from tests.support.processes import PATIENCE, descendants, is_gone

if TYPE_CHECKING:
    from redfirst.project.envoy_process import Envoy
    from redfirst.workflow.report import SpecReport
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer, Request

TERMS = Terms("anthropic", Overwrite.UNTOUCHED)
CASES = ("EC-no-prices", "EC-two-prices", "ER-negative-price")


def wanted(request: Request) -> list[str]:
    """The cases that a request asks for."""
    task = request.body["messages"][0]["content"][1]["text"]
    return [case for case in CASES if f"  {case}: " in task]


def drafted(said: object) -> Drafted:
    assert isinstance(said, Drafted), said
    return said


def test_good_tests_are_kept_and_only_the_rest_is_asked_for_again(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    first = module(NO_PRICES, WEAK, NEGATIVE_PRICE)
    server.script(Reply(answer(first, *CASES)), Reply(answer(module(TWO_PRICES))))
    result = drafted(shop.draft(runner, envoy))
    assert result.is_good
    assert [wanted(request) for request in server.requests] == [list(CASES), ["EC-two-prices"]]
    said = server.requests[1].body["messages"][0]["content"][1]["text"]
    assert "refused: it passes when the function " in said
    provenance = read_provenance(result.text)
    assert provenance is not None
    assert (provenance.provider, provenance.model) == ("anthropic", "claude-sonnet-5-5")
    assert provenance.prompt == "2"
    kept = [Transcripts(shop.root).find(digest) for digest in provenance.requests]
    sent = [{**one.body} for one in server.requests]
    assert [{**one["request"], "stream": True} for one in kept if one] == sent
    assert all(one["outcomes"][0]["usage"]["cache_read_input_tokens"] == 20 for one in kept if one)


def test_what_falls_short_to_the_end_is_offered_and_never_accepted(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """Tests of another function, a truncated module, then the best: two good tests of three."""
    other = GOOD.replace("total", "sum_up")
    best = module(NO_PRICES, WEAK, NEGATIVE_PRICE)
    replies = [other, GOOD[:-40], f"Sure:\n```python\n{best}```\nHave fun!"]
    server.script(*map(Reply, replies))
    result = drafted(shop.draft(runner, envoy))
    assert not result.is_good
    assert [wanted(request) for request in server.requests] == [list(CASES)] * 3
    assert {finding.case for finding in result.verification.findings} == {"EC-two-prices"}
    assert "Have fun" not in result.text
    assert "```" not in result.text
    assert result.stripped == 2


class Watching:
    """Whoever looks at the bar."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int]] = []

    def report(self, label: str, done: int, total: int) -> None:
        self.seen.append((label, done, total))


def test_each_round_tells_how_its_answer_grows(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """In tokens, of those that an answer may have; the bar of a round is full when it is over."""
    shop.configure("rounds = 2", "max_tokens = 1000")
    server.script(Reply("I would rather not. " * 20))
    watching = Watching()
    shop.draft(runner, envoy, progress=watching)
    labels = dict.fromkeys(label for label, *_ in watching.seen)
    rounds = [
        f"specs/total.yml: round {number} of 2, tokens of claude-sonnet-5-5" for number in (1, 2)
    ]
    assert list(labels) == rounds
    for label in labels:
        tokens = [done for name, done, _ in watching.seen if name == label]
        assert tokens == sorted(tokens)
        assert (tokens[0], tokens[-2:]) == (0, [100, 1000])


def test_the_same_is_not_paid_for_twice(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """Comments are not the spec's meaning, cases are."""
    shop.configure("rounds = 1")
    server.script(Reply(answer(GOOD)))
    first = drafted(shop.draft(runner, envoy, Answers.KEPT))
    shop.spec.write_text(f"# a remark\n{SPEC}")
    second = drafted(shop.draft(runner, envoy, Answers.KEPT))
    assert second.text == first.text
    assert len(server.requests) == 1
    shop.spec.write_text(SPEC.replace("no prices -> zero", "no prices -> nothing"))
    shop.draft(runner, envoy, Answers.KEPT)
    assert len(server.requests) > 1


def test_only_stale_cases_are_asked_for_again(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    server.script(Reply(answer(GOOD)))
    shop.test.write_text(drafted(shop.draft(runner, envoy)).text)
    more = SPEC.replace("- two prices -> their sum", "- two prices -> the sum of both")
    shop.spec.write_text(more)
    new = TWO_PRICES.replace("their sum", "the sum of both").replace("two_", "both_")
    server.script(Reply(answer(module(new))))
    result = drafted(shop.draft(runner, envoy))
    assert result.is_good
    assert [wanted(request) for request in server.requests] == [["EC-two-prices"]]
    assert "def test_no_prices" in result.text
    assert "assert total" not in server.requests[0].words
    assert "their sum" not in result.text
    provenance = read_provenance(result.text)
    assert provenance is not None
    assert len(provenance.requests) == 2


def run(shop: Shop, terms: Terms = TERMS) -> SpecReport:
    work = generate(shop.project, shop.spec, terms, Silent())

    async def finish() -> SpecReport:
        return await work

    return asyncio.run(finish())


def test_a_module_is_not_replaced_before_the_person_saw_the_change(
    shop: Shop, server: ModelServer
) -> None:
    server.script(Reply(answer(GOOD)))
    assert run(shop).written
    before = shop.test.read_text()
    shop.spec.write_text(SPEC.replace("no prices -> zero", "no prices -> nothing"))
    server.script(Reply(answer(module(NO_PRICES.replace("-> zero", "-> nothing")))))
    report = run(shop, replace(TERMS, consent=Consent.ASKED_FOR))
    assert not report.written
    assert report.draft is not None
    assert shop.test.read_text() == before
    assert run(shop).written
    assert shop.test.read_text() == report.draft
    assert len(server.requests) == 1


def test_an_edited_module_is_left_alone_before_a_token_is_spent(
    shop: Shop, server: ModelServer
) -> None:
    shop.test.write_text("# mine\n")
    assert [finding.code.value for finding in run(shop).findings] == ["RF505"]
    assert shop.test.read_text() == "# mine\n"
    assert server.requests == []


def test_without_a_key_one_sentence_says_what_is_missing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(ProjectError, match=r"set `ANTHROPIC_API_KEY` in the environment.*examples"):
        run(shop)


def test_a_project_cannot_have_the_key_sent_where_it_likes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.delenv("ANTHROPIC_BASE_URL", raising=False)
    shop.configure('base_url = "https://thief.example"')
    with pytest.raises(ProjectError, match="If you trust that server, set `ANTHROPIC_BASE_URL=htt"):
        run(shop)


def test_cancelling_ends_the_process_and_writes_nothing(shop: Shop, server: ModelServer) -> None:
    """While it answers, the key is in no argument and no environment of any process."""
    server.script(Reply(GOOD, breaks="drip"))
    before = shop.contents()
    known = {pid for pid, _ in descendants(os.getpid())}

    async def cancel_in_the_middle() -> list[int]:
        task = asyncio.create_task(generate(shop.project, shop.spec, TERMS, Silent()))
        assert await asyncio.to_thread(server.writing.wait, PATIENCE)
        processes = descendants(os.getpid())
        assert not any(map(shows_the_key, processes))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return [pid for pid, command in processes if pid not in known and "envoy" in command]

    ended = asyncio.run(cancel_in_the_middle())
    assert ended
    assert all(map(is_gone, ended))
    assert server.disconnected.wait(PATIENCE)
    assert shop.contents() == before
    assert not (shop.root / ".redfirst").exists()
