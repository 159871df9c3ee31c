"""What another spec of the same module holds is kept, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.project import redfirst
from tests.lsp.project import write_generated_tests
from tests.model.editor import proposal
from tests.support.model_server import Reply

if TYPE_CHECKING:
    from tests.model.shop import Shop
    from tests.support.model_server import ModelServer

SPEC = """\
function: {name}
module: shop.total
signature: "{name}(prices: list[int]) -> int"
behavior: One of the prices.
edge_cases:
  - case: two prices -> the {name} one
    examples:
      - call: {name}([100, 250])
        returns: {returns}
"""
CODE = """\
def lowest(prices):
    return min(prices)


def highest(prices):
    return {}
"""


def test_a_proposal_that_breaks_the_neighbour_is_refused(shop: Shop, server: ModelServer) -> None:
    for name, returns in (("lowest", 100), ("highest", 250)):
        text = SPEC.format(name=name, returns=returns)
        (shop.root / f"specs/{name}.yml").write_text(text)
        write_generated_tests(shop.root, name, text)
    (shop.root / "shop/total.py").write_text(CODE.format("max(prices)"))
    shop.configure("threshold = 50", "timeout = 60")
    server.script(Reply(proposal(CODE.format("prices[0]"))))
    said = redfirst(shop.root, "refactor", "specs/lowest.yml")
    assert (said.code, "RF510" in said.out) == (1, True)
    words = " ".join(said.out.split())
    assert "a test of `specs/highest.yml`, is not green any more" in words, said.out
