"""A model of poor quality does no harm: what is bad is never accepted, and nothing escapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.workflow.model_draft import Drafted
from tests.model.bad_drafts import SAMPLE, bad_draft
from tests.model.shop import GOOD
from tests.support.model_server import Reply

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

    from redfirst.project.envoy_process import Envoy
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer


def test_no_bad_draft_is_accepted(
    shop: Shop, server: ModelServer, runner: asyncio.Runner, envoy: Envoy, tmp_path: Path
) -> None:
    """A sample; `make bench-model` tries two hundred. A good one shows that it could be."""
    shop.configure("rounds = 1", "timeout = 20")
    before = shop.contents()
    drafts = [bad_draft(seed, tmp_path) for seed in SAMPLE]
    server.script(*(Reply(draft.text) for draft in drafts), Reply(GOOD))
    said = shop.drafts(runner, envoy, len(drafts) + 1)
    good = [isinstance(one, Drafted) and one.is_good for one in said]
    assert [draft.kind for draft, ok in zip(drafts, good, strict=False) if ok] == []
    assert good[-1]
    assert shop.contents() == before
