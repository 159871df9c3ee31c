"""Where the strength of tests is measured, a proposal may not be held less by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.generation.provenance import Author
from redfirst.generation.render import render_by
from redfirst.spec.document import read_spec
from tests.cli.project import redfirst
from tests.model.editor import proposal
from tests.model.shop import GOOD, SPEC
from tests.model.test_refactor import BETTER
from tests.support.model_server import Reply

if TYPE_CHECKING:
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

UNHELD = BETTER.replace("    return", "    left = len(prices) + 1\n    left -= 1\n    return")


def test_a_proposal_that_its_tests_hold_less_is_refused(shop: Shop, server: ModelServer) -> None:
    spec = read_spec(SPEC).spec
    assert spec is not None
    shop.test.write_text(render_by(Author("examples"), GOOD, spec, "specs/total.yml"))
    shop.configure("threshold = 80", "strength = 50", "timeout = 60")
    server.script(Reply(proposal(UNHELD)))
    said = redfirst(shop.root, "refactor", "specs/total.yml")
    assert (said.code, "RF510" in said.out) == (1, True)
    words = "is held less by its tests: they notice 6 of 12 small changes to it instead of 7 of 8"
    assert words in " ".join(said.out.split())
