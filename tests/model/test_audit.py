"""What a committed module says of its origin is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.generation.provenance import read_provenance
from redfirst.project.transcripts import Transcripts
from redfirst.workflow.audit import audit
from redfirst.workflow.model_draft import Drafted
from tests.model.shop import CODE, GOOD
from tests.support.model_server import Reply, answer

if TYPE_CHECKING:
    import asyncio

    from redfirst.project.envoy_process import Envoy
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

LEAKS = {
    "implementation": f"The code is:\n{CODE}",
    "tests": 'One test is: with pytest.raises(ValueError, match="^negative price$"):',
}


@pytest.fixture
def audited(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy
) -> tuple[Shop, str]:
    """A project with a module that a model wrote, and the hash of the request."""
    server.script(Reply(answer(GOOD)))
    drafted = shop.draft(runner, envoy)
    assert isinstance(drafted, Drafted)
    shop.test.write_text(drafted.text)
    provenance = read_provenance(drafted.text)
    assert provenance is not None
    (digest,) = provenance.requests
    return shop, digest


def said(shop: Shop) -> list[tuple[str, str, str]]:
    report = audit(shop.project, shop.spec)
    return [(one.code.value, one.severity.value, one.message) for one in report.findings]


def test_provenance_is_looked_at_with_the_transcript_and_without(audited: tuple[Shop, str]) -> None:
    shop, digest = audited
    assert said(shop) == []
    transcript = shop.root / ".redfirst/transcripts" / f"{digest}.json"
    transcripts = Transcripts(shop.root)
    kept = transcripts.find(digest)
    assert kept is not None
    module = shop.test.read_text()
    for what, leak in LEAKS.items():
        request = {**kept["request"], "messages": [*kept["request"]["messages"], {"content": leak}]}
        forged = transcripts.keep(request, {"answer": GOOD})
        shop.test.write_text(module.replace(digest, forged))
        ((code, _, words),) = said(shop)
        assert code == "RF508"
        assert f"shows the model a line of the {what}: `" in words
    other = {**kept["request"], "messages": []}
    shop.test.write_text(module.replace(digest, transcripts.keep(other, {"answer": GOOD})))
    assert [code for code, *_ in said(shop)] == ["RF508"]
    shop.test.write_text(module)
    transcript.write_text(transcript.read_text().replace("cents", "euros"))
    assert [(code, level) for code, level, _ in said(shop)] == [("RF509", "information")]
    transcript.unlink()
    assert [(code, level) for code, level, _ in said(shop)] == [("RF509", "information")]
