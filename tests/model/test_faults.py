"""Whatever a server does: one clear message, tried again only where it helps, no file changed."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from redfirst.spec.codes import Code
from redfirst.workflow.report import Finding
from redfirst.workflow.spending import Spending
from tests.model.shop import GOOD, KEY
from tests.support.model_server import Reply, answer

if TYPE_CHECKING:
    import asyncio

    from redfirst.project.envoy_process import Envoy
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

TEXT = answer(GOOD)
ONCE, THRICE = 1, 3
# Seconds for an answer, whose fifth part may be silence: neither is to pass on a machine that is
# only busy.
LIMITS = {"stall": 10, "drip": 5}
TABLE = [
    # what the server does, the settings, how often it is asked, the finding, its words
    ("400", Reply(status=400, says="max_tokens: bad"), ONCE, "RF912", "does not take the request"),
    ("401", Reply(status=401, says=f"no key {KEY}"), ONCE, "RF912", "does not know the key"),
    ("403", Reply(status=403), ONCE, "RF912", "refuses the key"),
    ("404", Reply(status=404), ONCE, "RF912", "it offers `model-a`, `model-b`"),
    ("413", Reply(status=413), ONCE, "RF912", "Split the spec."),
    ("429", Reply(status=429), THRICE, "RF912", "Wait a minute"),
    ("500", Reply(status=500), THRICE, "RF912", "fault of its own"),
    ("503", Reply(status=503), THRICE, "RF912", "fault of its own"),
    ("529", Reply(status=529), THRICE, "RF912", "is overloaded"),
    ("529 later", Reply(TEXT, breaks="overloaded_error"), THRICE, "RF912", "is overloaded"),
    ("500 later", Reply(TEXT, breaks="api_error"), THRICE, "RF912", "fault of its own"),
    ("429 later", Reply(TEXT, breaks="rate_limit_error"), THRICE, "RF912", "Wait a minute"),
    (
        "400 later",
        Reply(TEXT, breaks="invalid_request_error"),
        ONCE,
        "RF912",
        "not take the request",
    ),
    ("403 later", Reply(TEXT, breaks="permission_error"), ONCE, "RF912", "refuses the key"),
    ("404 later", Reply(TEXT, breaks="not_found_error"), ONCE, "RF912", "it offers `model-a`"),
    ("413 later", Reply(TEXT, breaks="request_too_large"), ONCE, "RF912", "Split the spec."),
    ("401 later", Reply(TEXT, breaks="authentication_error"), ONCE, "RF912", "the key"),
    ("cut", Reply(TEXT, breaks="cut"), THRICE, "RF912", "was cut in the middle"),
    ("end", Reply(TEXT, breaks="end"), THRICE, "RF912", "ended in the middle"),
    ("stall", Reply(TEXT, breaks="silent"), ONCE, "RF912", "said nothing for 2 s"),
    ("drip", Reply(TEXT, breaks="drip"), ONCE, "RF912", "not complete after 5 s"),
    ("huge", Reply("x" * 2_000_000), ONCE, "RF912", "longer than any module"),
    ("page", Reply(breaks="page"), ONCE, "RF912", "does not answer as a server of"),
    ("cut off", Reply(TEXT, stop="max_tokens"), ONCE, "RF507", "cut off after 16000 tokens"),
    ("refusal", Reply(TEXT, stop="refusal"), ONCE, "RF507", "refused to answer"),
    ("pause", Reply(TEXT, stop="pause_turn"), ONCE, "RF507", "paused instead"),
    ("window", Reply(TEXT, stop="model_context_window_exceeded"), ONCE, "RF507", "can hold"),
    ("empty", Reply(""), THRICE, "RF507", "it was empty"),
    ("no module", Reply(answer("")), THRICE, "RF507", "it had no `module`"),
    ("prose", Reply("I would rather talk about the weather."), THRICE, "RF507", "no code"),
    (
        "two blocks",
        Reply(f"One:\n```python\n{GOOD}```\nor:\n```python\n{GOOD}```\n"),
        THRICE,
        "RF507",
        "2 blocks of code",
    ),
]


@pytest.mark.parametrize(
    ("name", "reply", "asked", "code", "words"), TABLE, ids=[row[0] for row in TABLE]
)
def test_a_fault_is_told_and_changes_nothing(  # noqa: PLR0913, PLR0917
    shop: Shop,
    server: ModelServer,
    runner: asyncio.Runner,
    envoy: Envoy,
    name: str,
    reply: Reply,
    asked: int,
    code: str,
    words: str,
) -> None:
    shop.configure(f"model_timeout = {LIMITS.get(name, 60)}")
    server.script(reply)
    before = shop.contents()
    said = shop.draft(runner, envoy)
    assert isinstance(said, Finding)
    assert (said.code, said.path) == (code, "specs/total.yml")
    assert words in said.message
    assert KEY not in said.message
    assert shop.contents() == before
    assert len([one for one in server.requests if one.path == "/v1/messages"]) == asked


def test_a_fault_that_passes_is_not_told(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    cut = Reply(TEXT, breaks="cut")
    server.script(Reply(status=529), cut, Reply(answer("", "nothing"), stop="refusal"))
    said = shop.draft(runner, envoy)
    assert isinstance(said, Finding)
    assert said.code is Code.ANSWER_UNUSABLE
    assert len(server.requests) == THRICE


def test_silence_from_the_start_is_told(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """The SDK asks again, until the time for the whole answer is over."""
    shop.configure("model_timeout = 2")
    server.script(Reply(breaks="mute"))
    said = shop.draft(runner, envoy)
    assert isinstance(said, Finding)
    assert "not complete after 2 s" in said.message


def test_nobody_there_is_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, runner: asyncio.Runner, envoy: Envoy
) -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", f"http://127.0.0.1:{taken.getsockname()[1]}")
        said = shop.draft(runner, envoy)
    assert isinstance(said, Finding)
    assert "cannot be reached" in said.message


def test_the_budget_is_not_exceeded(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> None:
    """Three rounds may be asked for; there is room for one answer only."""
    server.script(Reply(""))
    said = shop.draft(runner, envoy, spending=Spending(16_100))
    assert isinstance(said, Finding)
    assert "beyond the budget of 16100" in said.message
    assert len(server.requests) == ONCE
