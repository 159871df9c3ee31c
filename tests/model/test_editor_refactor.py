"""A model's change to an implementation, asked for and looked at in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.generation.provenance import Author
from redfirst.generation.render import render_by
from redfirst.spec.document import read_spec
from tests.lsp.client import PULLING, editor
from tests.lsp.commands import apply, do, shown
from tests.model.editor import COMPLETING, actions, asked, chosen, complete, order, proposal
from tests.model.shop import GOOD, SPEC
from tests.model.test_refactor import BETTER

if TYPE_CHECKING:
    from tests.model.shop import Shop

REFACTOR = "Refactor with a model"
SILENT = COMPLETING | {"window": {}}
RENAMED = BETTER.replace("def total(prices)", "def total(amounts)").replace(
    "in prices", "in amounts"
)


@pytest.fixture
def ready(shop: Shop) -> Shop:
    """Every case is green."""
    spec = read_spec(SPEC).spec
    assert spec is not None
    shop.test.write_text(render_by(Author("examples"), GOOD, spec, "specs/total.yml"))
    shop.configure("threshold = 80", "timeout = 60")
    return shop


def test_a_change_that_holds_is_made_when_the_person_agrees(ready: Shop) -> None:
    """Offered where all cases are green, on the spec and on the code; what does not hold is not
    shown as a change.
    """
    code = ready.root / "shop/total.py"
    with editor(ready.root, SILENT) as client:
        spec, uri = client.open(ready.spec), client.open(code)
        assert REFACTOR not in actions(client, spec)
        do(client, "run", spec)
        shown(client)
        assert REFACTOR in actions(client, spec)

        asking = chosen(client, actions(client, uri)[REFACTOR])
        question, words = asked(client)
        assert "canary_of_the_implementation" in str(words)
        for secret in ("def test_", "assert total", "canary_of_conftest", "canary_of_tests"):
            assert secret not in str(words)
        complete(client, question, proposal(RENAMED))
        assert client.answer(asking) == {"ok": False, "written": False}
        assert "changes what callers know of the module: `total`" in shown(client)

        asking = order(client, "refactor", uri, again=True)
        complete(client, asked(client)[0], proposal(BETTER))
        edit = apply(client)
        (annotation,) = edit["changeAnnotations"].values()
        assert annotation == {
            "label": "Replace `shop/total.py`",
            "needsConfirmation": True,
            "description": "It is shorter.",
        }
        assert client.answer(asking) == {"ok": True, "written": True, "reasons": ["It is shorter."]}
        assert (
            shown(client) == "`shop/total.py` is refactored: every case was green on the new text."
        )
        assert code.read_text() == BETTER


def test_an_editor_that_cannot_show_a_change_is_told_who_can(ready: Shop) -> None:
    unable = PULLING | {"experimental": COMPLETING["experimental"]}
    with editor(ready.root, unable) as client:
        spec = client.open(ready.spec)
        do(client, "run", spec)
        shown(client)
        assert REFACTOR not in actions(client, spec)
        assert client.answer(order(client, "refactor", spec)) is None
        assert "On the command line `redfirst refactor specs/total.yml` shows it." in shown(client)
