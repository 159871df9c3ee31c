"""Verdicts, shown at tests and cases, and only for the content that they were computed from."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PULLING, Client, editor
from tests.lsp.commands import do, shown
from tests.lsp.folders import opened
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

RELATING = {"textDocument": {"diagnostic": {"relatedInformation": True}}}
EXACT = "    assert half(-4) == -2\n"
LAZY = "    assert half(-4) != 7\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project one of whose tests is weak: many wrong answers pass it."""
    make_project(tmp_path / "project")
    tests = tmp_path / "project/tests/test_half.py"
    tests.write_text(tests.read_text().replace(EXACT, LAZY))
    return tmp_path / "project"


def verdicts(client: Client, uri: str) -> list[dict[str, Any]]:
    items = client.ask_about("diagnostic", uri)["items"]
    return [item for item in items if item["code"].startswith("RF3")]


def line_of(path: Path, part: str) -> int:
    return next(at for at, line in enumerate(path.read_text().splitlines()) if part in line)


def until_told(client: Client, uri: str, codes: list[str]) -> None:
    """Read what is told of files until it is that of the one."""
    told: Any = None
    while told is None or (told["uri"], [each["code"] for each in told["diagnostics"]]) != (
        uri,
        codes,
    ):
        told = client.notified("textDocument/publishDiagnostics")


def save(client: Client, uri: str) -> None:
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def test_a_verdict_stands_at_the_test_and_at_its_case(project: Path) -> None:
    spec, tests = project / "specs/half.yml", project / "tests/test_half.py"
    with editor(project, RELATING) as client:
        for_spec, for_tests = client.open(spec), client.open(tests)
        assert do(client, "verify", for_tests) == {"ok": False, "verdicts": {"red": 2, "weak": 1}}
        assert shown(client) == "2 of 3 tests of `specs/half.yml` red."
        (at_case,), (at_test,) = verdicts(client, for_spec), verdicts(client, for_tests)
        assert at_case["message"] == at_test["message"]
        assert at_case["message"].startswith("`test_negative` is weak: it passes")
        assert at_case["range"]["start"]["line"] == line_of(spec, "negative number ->")
        assert at_test["range"]["start"]["line"] == line_of(tests, "def test_negative")
        (there,), (back,) = at_case["relatedInformation"], at_test["relatedInformation"]
        assert there["location"] == {"uri": for_tests, "range": at_test["range"]}
        assert back["location"] == {"uri": for_spec, "range": at_case["range"]}


def test_a_verdict_is_of_the_texts_that_it_was_computed_from(project: Path) -> None:
    """Unsaved edits, edits outside of the editor, settings: any order, and all of it undone."""
    spec, tests = project / "specs/half.yml", project / "tests/test_half.py"
    settings = project / "pyproject.toml"
    random = Random(7)
    with editor(project, PULLING) as client:
        uri = client.open(spec)
        do(client, "verify", uri)
        shown(client)
        now = verified = (spec.read_text(), tests.read_text(), settings.read_text(), "")
        conftest = project / "tests/conftest.py"
        for _ in range(1_000):
            changed = random.randrange(4)
            text = verified[changed] if random.random() < 0.6 else f"{now[changed]}# x\n"
            now = (*now[:changed], text, *now[changed + 1 :])
            if changed == 0:
                client.change(uri, {"text": text})
            elif changed == 3 and not text:
                conftest.unlink(missing_ok=True)
            else:
                (tests, settings, conftest)[changed - 1].write_text(text)
            assert bool(verdicts(client, uri)) == (now == verified)


def test_tests_that_are_gone_take_their_verdicts_with_them(project: Path) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        do(client, "verify", uri)
        shown(client)
        (project / "tests/test_half.py").unlink()
        items = client.ask_about("diagnostic", uri)["items"]
        assert [item["code"] for item in items] == ["RF504"]


def test_what_is_known_gives_the_diagnostics_another_name(project: Path) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        first = client.ask_about("diagnostic", uri)
        do(client, "verify", uri)
        shown(client)
        second = client.ask_about("diagnostic", uri, previousResultId=first["resultId"])
        assert second["kind"] == "full"
        third = client.ask_about("diagnostic", uri, previousResultId=second["resultId"])
        assert third["kind"] == "unchanged"


def test_a_spec_that_is_not_open_shows_its_verdicts_too(project: Path) -> None:
    spec = project / "specs/half.yml"
    with editor(project, **opened(project)) as client:
        until_told(client, spec.as_uri(), ["RF503"])
        do(client, "verify", spec.as_uri())
        shown(client)
        until_told(client, spec.as_uri(), ["RF503", "RF302"])


def test_neovim_is_told_since_it_does_not_ask_again(project: Path) -> None:
    """It pulls when a text changes, but has no `workspace/diagnostic/refresh`."""
    with editor(project, PULLING, clientInfo={"name": "Neovim", "version": "0.11.4"}) as client:
        assert "diagnosticProvider" not in client.capabilities
        uri = client.open(project / "specs/half.yml")
        until_told(client, uri, ["RF503"])
        do(client, "verify", uri)
        shown(client)
        until_told(client, uri, ["RF503", "RF302"])


def test_saving_the_spec_verifies_its_tests(project: Path) -> None:
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml")
        until_told(client, uri, ["RF503"])
        save(client, uri)
        until_told(client, uri, ["RF503", "RF302"])


def test_a_person_can_want_verification_on_command_only(project: Path) -> None:
    options = {"initializationOptions": {"verify_on": "command"}}
    with editor(project, PULLING, **options) as client:
        uri = client.open(project / "specs/half.yml", SPEC)
        save(client, uri)
        assert do(client, "run", uri)["outcomes"] == {"passed": 3}
        shown(client)
        assert verdicts(client, uri) == []
