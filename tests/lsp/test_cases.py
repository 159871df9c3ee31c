"""`redfirst/cases`: what an editor's view of tests shows, and when it must ask again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import CODE
from tests.lsp.client import Client, editor
from tests.lsp.commands import do, shown
from tests.lsp.folders import opened
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

LISTING: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "experimental": {"redfirst": {"cases": True}},
}
CHANGED = "redfirst/casesChanged"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@contextmanager
def listing(project: Path) -> Generator[Client]:
    """An editor that is told when to ask again; how often is not for a test to say."""
    client = Client.spawn(project)
    options = {"verify_on": "command"}
    try:
        client.initialize(LISTING, initializationOptions=options, **opened(project))
        yield client
        assert client.leave() == 0
        assert {one.get("method") for one in client.rest()} <= {CHANGED}
    finally:
        client.close()


def listed(client: Client, **asked: str) -> list[dict[str, Any]]:
    return client.request("redfirst/cases", asked)


def ended(client: Client, uri: str) -> dict[str, Any]:
    (spec,) = listed(client, uri=uri)
    return {case["id"]: case["outcome"] for case in spec["cases"]}


def changed(client: Client, uri: str) -> None:
    """Pass over what is told until it is about that spec."""
    while client.notified(CHANGED)["uri"] != uri:
        pass


def pass_over(client: Client) -> None:
    client.unread[:] = [one for one in client.unread if one.get("method") != CHANGED]


def test_every_spec_below_the_folders_is_listed_with_its_cases(project: Path) -> None:
    with editor(project, **opened(project)) as client:
        (spec,) = listed(client)
        assert spec["uri"] == (project / "specs/half.yml").as_uri()
        assert (spec["function"], spec["testUri"]) == (
            "half",
            (project / "tests/test_half.py").as_uri(),
        )
        assert spec["codeUri"] == (project / "maths.py").as_uri()
        zero = spec["cases"][0]
        assert (zero["id"], zero["text"], zero["test"]) == ("EC-zero", "zero -> zero", "test_zero")
        assert (zero["verdict"], zero["outcome"], zero["message"]) == (None, None, None)
        assert zero["range"]["start"] == {"line": 6, "character": 10}
        (project / "tests/test_half.py").unlink()
        (spec,) = listed(client)
        assert (spec["testUri"], spec["cases"][0]["test"]) == (None, None)


def test_a_run_makes_cases_red_and_an_edit_makes_them_unknown(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(CODE.replace("return number", "return 1 + number"))
    with listing(project) as client:
        uri = client.open(project / "specs/half.yml")
        do(client, "run", uri)
        assert shown(client).startswith("1 of 3 tests")
        (spec,) = listed(client, uri=uri)
        zero, _, odd = spec["cases"]
        assert (zero["outcome"], zero["expected"], zero["actual"]) == ("red", "0", "1")
        assert "assert 1 == 0" in zero["message"]
        assert zero["failure"]["uri"] == spec["testUri"]
        assert zero["failure"]["range"]["start"]["line"] == 20
        assert (odd["outcome"], odd["message"]) == ("green", None)
        pass_over(client)
        written = client.open(code)
        changed(client, uri)
        client.change(written, {"text": CODE})
        changed(client, uri)
        assert set(ended(client, uri).values()) == {None}


def test_what_was_measured_can_be_asked_for_though_the_file_is_closed(project: Path) -> None:
    code = (project / "maths.py").as_uri()
    with listing(project) as client:
        assert client.request("redfirst/coverage", {"uri": code}) is None
        do(client, "run", client.open(project / "specs/half.yml"))
        assert shown(client).startswith("3 of 3 tests")
        told = client.request("redfirst/coverage", {"uri": code})
        assert told["lines"] == {"reached": 4, "total": 4}
        assert told["forks"] == [{"line": 1, "taken": 2, "total": 2}]


def test_what_is_no_spec_is_no_test(project: Path) -> None:
    with editor(project, **opened(project)) as client:
        assert listed(client, uri=(project / "maths.py").as_uri()) == []
        assert listed(client, uri=(project / "specs/gone.yml").as_uri()) == []
        assert listed(client, uri="untitled:new") == []
