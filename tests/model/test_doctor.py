"""`redfirst doctor` says whether a model can be asked, and spends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.workflow.reaching import reach
from tests.support.model_server import Reply

if TYPE_CHECKING:
    import asyncio

    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

TABLE = [
    ("model-a", Reply(), "`model-a` can be asked", ""),
    ("model-c", Reply(), "model-c", "does not know the model `model-c`"),
    ("model-a", Reply(status=401), "model-a", "does not know the key"),
]


@pytest.mark.parametrize(("model", "reply", "words", "obstacle"), TABLE)
def test_a_model_is_reached_without_a_token(  # noqa: PLR0913, PLR0917
    shop: Shop,
    server: ModelServer,
    runner: asyncio.Runner,
    model: str,
    reply: Reply,
    words: str,
    obstacle: str,
) -> None:
    shop.configure(f'model = "{model}"')
    server.script(reply)
    found = runner.run(reach(shop.project))
    assert words in found.words
    assert obstacle in found.obstacle
    assert bool(found.obstacle) == bool(obstacle)
    assert all(request.path.startswith("/v1/models") for request in server.requests)
