"""A model that the editor has writes tests, behind the same wall and the same gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from redfirst.generation.provenance import read_provenance
from tests.lsp.client import PULLING, RefusedError, editor
from tests.lsp.commands import agree_to_progress, apply, path_of, progress, shown
from tests.model.editor import (
    COMPLETING,
    CONFIRMING,
    actions,
    asked,
    chosen,
    complete,
    fail,
    order,
)
from tests.model.shop import (
    CODE,
    GOOD,
    NEGATIVE_PRICE,
    NO_PRICES,
    SECRETS,
    SPEC,
    TWO_PRICES,
    WEAK,
    module,
)
from tests.support.model_server import answer

if TYPE_CHECKING:
    from tests.lsp.client import Client
    from tests.model.shop import Shop

SHOWING = {"window": {"workDoneProgress": True, "showDocument": {"support": True}}}
WITH_A_MODEL = "Generate failing test with a model"
REQUEST_CANCELLED = -32800
NOT_ALLOWED = -32000


def test_it_is_shown_the_spec_and_nothing_else_and_its_tests_are_proven_red(shop: Shop) -> None:
    """A draft that falls short goes back; what was answered once is not asked again."""
    secrets = (*SECRETS[:-1], "canary_of_the_implementation", str(shop.root))
    wishes = {"max_tokens": 1234}
    with editor(shop.root, COMPLETING | SHOWING, initializationOptions=wishes) as client:
        uri = client.open(shop.spec)
        asking = chosen(client, actions(client, uri)[WITH_A_MODEL])
        token = agree_to_progress(client)
        first, words = asked(client)
        assert words["maxTokens"] == 1234
        assert set(words) == {"instructions", "messages", "schema", "maxTokens"}
        assert [message["role"] for message in words["messages"]] == ["user"]
        assert SPEC.strip() in words["messages"][0]["text"]
        complete(client, first, answer(module(NO_PRICES, WEAK, NEGATIVE_PRICE)))
        second, more = asked(client)
        assert "An earlier test for it was refused: it passes when" in more["messages"][0]["text"]
        assert not any(secret in str((words, more)) for secret in secrets)
        complete(client, second, answer(module(TWO_PRICES)))
        apply(client)
        assert client.answer(asking)["written"]
        told = [each.get("message", "") for each in progress(client, token)]
        assert any("round 1 of 3, tokens of the editor's model" in each for each in told)
        assert any("round 2 of 3, tokens of the editor's model" in each for each in told)
        provenance = read_provenance(shop.test.read_text())
        assert provenance is not None
        assert (provenance.provider, provenance.model) == ("editor", "family-9")
        shop.test.unlink()
        asking = order(client, "generate", uri, provider="editor")
        token = agree_to_progress(client)
        apply(client)
        assert client.answer(asking)["written"]
        progress(client, token)
        looking = order(client, "transcript", uri)
        token = agree_to_progress(client)
        number, document = client.asked("window/showDocument")
        client.reply(number, {"success": True})
        transcript = path_of(client.answer(looking)["uri"])
        progress(client, token)
        assert transcript.as_uri() == document["uri"]
        assert "An earlier test for it was refused" in transcript.read_text()


def test_what_falls_short_is_shown_at_its_case_and_nothing_is_written(shop: Shop) -> None:
    shop.configure("rounds = 1", "timeout = 60")
    before = shop.contents()
    with editor(shop.root, COMPLETING | {"window": {}}) as client:
        uri = client.open(shop.spec)
        asking = chosen(client, actions(client, uri)[WITH_A_MODEL])
        complete(client, asked(client)[0], answer(module(NO_PRICES, WEAK, NEGATIVE_PRICE)))
        said = client.answer(asking)
        assert not said["written"]
        assert {finding["case"] for finding in said["findings"]} == {"EC-two-prices"}
        assert "is not None" in said["offered"]
        assert shown(client).startswith(
            "The model's best draft of `tests/test_total.py` still falls short, so nothing was "
            "written. `test_two_prices` is weak: "
        )
        assert shop.contents() == before
        found = client.ask_about("diagnostic", uri)["items"]
        (weak,) = [each for each in found if each["code"] == "RF302"]
        assert weak["message"].startswith("The model's draft of its test fell short: ")
        assert weak["range"]["start"]["line"] == SPEC.splitlines().index(
            "  - two prices -> their sum"
        )
        asking = chosen(client, actions(client, uri)[f"{WITH_A_MODEL}, asking anew"])
        complete(client, asked(client)[0], answer(GOOD))
        apply(client)
        assert client.answer(asking)["written"]
        assert shown(client) == "3 tests of `specs/total.yml`: red."
        assert client.ask_about("diagnostic", uri)["items"] == []


def refuse(client: Client, question: Any) -> None:
    fail(client, question, NOT_ALLOWED, "The person said no.")


def stop(client: Client, question: Any) -> None:
    fail(client, question, REQUEST_CANCELLED, "")


def refuse_politely(client: Client, question: Any) -> None:
    complete(client, question, "I would rather not.", "refusal")


def cut_off(client: Client, question: Any) -> None:
    complete(client, question, answer(GOOD)[:200], "max_tokens")


def babble(client: Client, question: Any) -> None:
    client.reply(question, {"completion": GOOD})


FAULTS = [
    (refuse, "The editor's model gave no answer (The person said no). Look in your editor"),
    (stop, "The editor's model was stopped before its answer was complete. Try again later."),
    (refuse_politely, "The editor's model refused to answer. Say in the spec"),
    (cut_off, "The answer was cut off after 16000 tokens."),
    (babble, "The editor's model answered with something else than `redfirst/complete` asks for"),
]


def test_each_fault_of_the_editor_is_one_message_and_changes_no_file(shop: Shop) -> None:
    before = shop.contents()
    with editor(shop.root, COMPLETING | {"window": {}}) as client:
        uri = client.open(shop.spec)
        for fault, words in FAULTS:
            asking = order(client, "generate", uri, provider="editor")
            fault(client, asked(client)[0])
            assert client.answer(asking)["written"] is False
            assert shown(client).startswith(words)
        assert shop.contents() == before
        asking = order(client, "generate", uri, provider="oracle")
        with pytest.raises(RefusedError, match="must be one of"):
            client.answer(asking)


def test_cancelling_takes_the_question_back(shop: Shop) -> None:
    before = shop.contents()
    with editor(shop.root, COMPLETING) as client:
        uri = client.open(shop.spec)
        asking = order(client, "generate", uri, provider="editor")
        token = agree_to_progress(client)
        question, _ = asked(client)
        client.notify("$/cancelRequest", {"id": asking})
        assert client.notified("$/cancelRequest") == {"id": question}
        with pytest.raises(RefusedError) as refused:
            client.answer(asking)
        assert refused.value.code == REQUEST_CANCELLED
        assert progress(client, token)[-1]["kind"] == "end"
        complete(client, question, answer(GOOD))
        assert shop.contents() == before


def test_what_was_written_while_the_model_thought_is_left_alone(shop: Shop) -> None:
    with editor(shop.root, COMPLETING | {"window": {}}) as client:
        asking = order(client, "generate", client.open(shop.spec), provider="editor")
        question, _ = asked(client)
        shop.test.write_text("# mine\n")
        complete(client, question, answer(GOOD))
        assert client.answer(asking) is None
        assert "was changed while its tests were generated" in shown(client)
    assert shop.test.read_text() == "# mine\n"


def test_a_module_that_is_there_is_replaced_when_the_person_agrees(shop: Shop) -> None:
    """Who cannot be asked is told so before the model is."""
    shop.spec.write_text(SPEC.replace("no prices -> zero", "no prices -> nothing"))
    new = module(NO_PRICES.replace("-> zero", "-> nothing"), TWO_PRICES, NEGATIVE_PRICE)
    able = COMPLETING | {"window": {}}
    with editor(shop.root, able) as client:
        uri = client.open(shop.spec)
        asking = order(client, "generate", uri, provider="editor")
        complete(client, asked(client)[0], answer(new))
        assert not any(
            each["needsConfirmation"] for each in apply(client)["changeAnnotations"].values()
        )
        assert client.answer(asking)["written"]
        shown(client)
        client.change(uri, {"text": SPEC})
        assert "Regenerate test with a model" in actions(client, uri)
        asking = order(client, "generate", uri, provider="editor")
        question, words = asked(client)
        assert "EC-two-prices" not in words["messages"][0]["text"].partition("</spec")[2]
        complete(client, question, answer(module(NO_PRICES)))
        (annotation,) = apply(client)["changeAnnotations"].values()
        assert annotation["needsConfirmation"]
        assert client.answer(asking)["written"]
        shown(client)
        client.change(uri, {"text": SPEC.replace("no prices -> zero", "no prices -> none")})
        shop.test.write_text(shop.test.read_text().replace("== 350", "== 351"))
        assert client.answer(order(client, "generate", uri, provider="editor"))["written"] is False
        assert "was edited by hand, so it was left alone" in shown(client)
    unable = PULLING | {"experimental": COMPLETING["experimental"]}
    with editor(shop.root, unable) as client:
        assert (
            client.answer(order(client, "generate", shop.spec.as_uri(), provider="editor")) is None
        )
        assert "cannot show a change before it is made" in shown(client)


def test_without_a_model_one_sentence_says_what_is_missing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples stay; a key makes the model appear, and takes it with it."""
    monkeypatch.delenv("ANTHROPIC_BASE_URL", raising=False)
    with editor(shop.root, CONFIRMING | {"window": {}}) as client:
        uri = client.open(shop.spec)
        offered = actions(client, uri)
        assert "command" not in offered[WITH_A_MODEL]
        assert "`ANTHROPIC_API_KEY`" in offered[WITH_A_MODEL]["disabled"]["reason"]
        assert offered["Generate failing test"]["command"]["arguments"] == [{"uri": uri}]
        client.notify("redfirst/key", {"key": "sk-1"})
        given = actions(client, uri)[WITH_A_MODEL]["command"]["arguments"]
        assert given == [{"uri": uri, "provider": "anthropic"}]
        client.notify("redfirst/key", {"key": None})
        assert "disabled" in actions(client, uri)[WITH_A_MODEL]
        settings = {"redfirst": {"provider": "editor"}}
        client.notify("workspace/didChangeConfiguration", {"settings": settings})
        offered = actions(client, uri)
        assert list(offered)[:2] == [WITH_A_MODEL, "Generate failing test from the examples"]
        missing = "This editor offers redfirst no model of its own."
        assert offered[WITH_A_MODEL]["disabled"]["reason"] == missing
        assert client.request("redfirst.status", {})["model"] == {
            "provider": "editor",
            "problem": missing,
        }
        assert client.answer(order(client, "generate", uri)) is None
        assert shown(client).startswith('The provider "editor" is a model that an editor has')
    with editor(shop.root, PULLING) as client:
        assert WITH_A_MODEL not in actions(client, client.open(shop.spec))
    assert CODE in (shop.root / "shop/total.py").read_text()
