"""A proposal for an implementation: no test is shown, and only what the tests hold is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from redfirst.generation.provenance import Author
from redfirst.generation.render import render_by
from redfirst.spec.document import read_spec
from tests.cli.project import redfirst
from tests.model.shop import GOOD, SECRETS, SPEC
from tests.support.model_server import Reply

if TYPE_CHECKING:
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

BETTER = """\
def total(prices):
    if any(price < 0 for price in prices):
        raise ValueError("negative price")
    return sum(prices)
"""
UNREACHED = BETTER + "\n\ndef _never():\n    return 1\n"
HOSTILE = BETTER + '\n\nopen("README.md", "w").write("mine now")\n'
TABLE = [
    ("a better one", BETTER, ""),
    ("less covered", UNREACHED, "lines that no test reaches: 5 of 6 instead of"),
    ("hostile", HOSTILE, "does not hold: "),
]


@pytest.fixture
def ready(shop: Shop, server: ModelServer) -> Shop:
    """Every case is green, and the model has not been asked."""
    spec = read_spec(SPEC).spec
    assert spec is not None
    shop.test.write_text(render_by(Author("examples"), GOOD, spec, "specs/total.yml"))
    shop.configure("threshold = 80")
    assert server.requests == []
    return shop


@pytest.mark.parametrize(("name", "module", "words"), TABLE, ids=[row[0] for row in TABLE])
def test_only_what_holds_is_offered(
    ready: Shop, server: ModelServer, name: str, module: str, words: str
) -> None:
    server.script(Reply(json.dumps({"reasons": ["shorter"], "module": module})))
    before = ready.contents()
    said = redfirst(ready.root, "refactor", "specs/total.yml")
    assert words in " ".join(said.out.split()), name
    assert ready.contents() == before
    (request,) = server.requests
    assert "canary_of_the_implementation" in request.words
    for secret in ("def test_", "assert total", *SECRETS):
        assert secret not in request.words
    if words:
        assert (said.code, "RF510" in said.out) == (1, True)
        return
    assert "+    return sum(prices)" in said.out
    assert redfirst(ready.root, "refactor", "specs/total.yml", "--write").code == 0
    assert (ready.root / "shop/total.py").read_text() == BETTER
    assert len(server.requests) == 1


def test_nothing_is_asked_while_a_case_is_red(ready: Shop, server: ModelServer) -> None:
    (ready.root / "shop/total.py").write_text(BETTER.replace("sum(prices)", "sum(prices) + 1"))
    said = redfirst(ready.root, "refactor", "specs/total.yml")
    assert "first every case must be green" in " ".join(said.out.split())
    assert server.requests == []


def test_from_a_folder_below_the_change_is_shown_all_the_same(
    ready: Shop, server: ModelServer
) -> None:
    server.script(Reply(json.dumps({"reasons": ["shorter"], "module": BETTER})))
    said = redfirst(ready.root / "specs", "refactor", "total.yml")
    assert said.code == 0, said.out
    assert "--- ../shop/total.py" in said.out
    assert "-def total" not in said.out
    assert "+def total" not in said.out
