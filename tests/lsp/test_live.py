"""Live: the tests run on what the person types, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import CODE
from tests.lsp.client import Client, editor
from tests.lsp.project import make_project
from tests.lsp.test_run_on_save import DRAWING, drawn, lines, save

if TYPE_CHECKING:
    from pathlib import Path

LIVE: dict[str, Any] = {"initializationOptions": {"run_on": "change"}}
GAP = "def twice(number: int) -> int:\n    return 2 * number\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def fresh(client: Client, uri: str, version: int) -> dict[str, Any]:
    """What is drawn once that version has been run; whatever is drawn until then is stale."""
    while (told := drawn(client, uri))["stale"] or told["version"] != version:
        assert told["stale"] or told["version"] < version
    return told


def rewrite(client: Client, uri: str, text: str) -> int:
    """The whole text anew, as some editors send it; its version."""
    return client.change(uri, {"text": text})


def test_what_is_typed_is_run_where_it_stands(project: Path) -> None:
    code = project / "maths.py"
    before = code.read_bytes()
    with editor(project, DRAWING, **LIVE) as client:
        uri = client.open(code)
        told = fresh(client, uri, rewrite(client, uri, f"# é 🎉\n{CODE}\n\n{GAP}"))
        assert (lines(told["uncovered"]), lines(told["covered"])) == ([(9, 9)], [(2, 5), (8, 8)])
        told = fresh(client, uri, rewrite(client, uri, CODE))
        assert (told["uncovered"], told["gate"]["holds"]) == ([], True)
        assert code.read_bytes() == before
    assert sorted(project.rglob("*.py")) == sorted([code, project / "tests/test_half.py"])


def test_saving_a_spec_runs_its_tests_on_what_is_typed(project: Path) -> None:
    """Not on the older text that is on the disk: its marks would not be those of what is seen."""
    spec = project / "specs/half.yml"
    with editor(project, DRAWING, **LIVE) as client:
        uri, other = client.open(project / "maths.py"), client.open(spec)
        version = rewrite(client, uri, f"{CODE}\n\n{GAP}")
        first = fresh(client, uri, version)
        spec.write_text(f"{spec.read_text()}# a remark\n")
        client.change(other, {"text": spec.read_text()})
        save(client, other)
        while (told := drawn(client, uri))["runId"] == first["runId"]:
            pass
        assert (told["contentHash"], told["stale"]) == (first["contentHash"], False)


def test_a_broken_text_keeps_the_marks_and_says_why(project: Path) -> None:
    with editor(project, DRAWING, **LIVE) as client:
        uri = client.open(project / "maths.py")
        fresh(client, uri, rewrite(client, uri, f"{CODE}\n\n{GAP}"))
        rewrite(client, uri, f"{CODE}\n\ndef twice(number: int) -> int\n    return 2 * number\n")
        told = drawn(client, uri)
        assert (told["stale"], lines(told["covered"])) == (True, [(1, 4)])
        (why,) = until_said(client, uri)
        assert (why["severity"], why["range"]["start"]["line"]) == (3, 6)
        assert "The tests do not run on this text: expected ':'." in why["message"]
        fresh(client, uri, rewrite(client, uri, CODE))
        assert client.ask_about("diagnostic", uri)["items"] == []


def until_said(client: Client, uri: str) -> list[dict[str, Any]]:
    """Ask until there is something to say of the text."""
    while not (items := client.ask_about("diagnostic", uri)["items"]):
        pass
    return items


def test_an_endless_loop_is_cut_and_the_next_run_works(project: Path) -> None:
    endless = CODE.replace("    return number // 2", "    while True:\n        number += 1")
    settings = project / "pyproject.toml"
    patient = settings.read_text()
    settings.write_text(f"{patient}timeout = 1\n")
    with editor(project, DRAWING, **LIVE) as client:
        uri = client.open(project / "maths.py")
        spec = client.open(project / "specs/half.yml")
        rewrite(client, uri, endless)
        while not any("still running" in each for each in said_of(client, spec)):
            pass
        settings.write_text(patient)  # on a busy machine honest tests may need longer
        told = fresh(client, uri, rewrite(client, uri, CODE))
        assert told["gate"]["holds"] is True
        assert said_of(client, spec) == []


def said_of(client: Client, uri: str) -> list[str]:
    return [each["message"] for each in client.ask_about("diagnostic", uri)["items"]]


def test_only_where_it_is_wanted(project: Path) -> None:
    with editor(project, DRAWING) as client:
        uri = client.open(project / "maths.py")
        version = rewrite(client, uri, f"\n{CODE}")
        save(client, uri)  # of what is on the disk
        told = drawn(client, uri)
        assert (told["version"], told["stale"]) == (version, True)


def test_the_users_own_coverage_settings_count_and_their_data_stays(project: Path) -> None:
    settings = project / "pyproject.toml"
    exclusions = '[tool.coverage.report]\nexclude_also = ["def twice"]\n'
    settings.write_text(f"{settings.read_text()}{exclusions}[tool.coverage.run]\nparallel = true\n")
    (project / ".coverage").write_text("the user's own")
    code = project / "maths.py"
    ignored = "\n\ndef thrice(number: int) -> int:  # pragma: no cover\n    return 3 * number\n"
    code.write_text(f"{CODE}\n\n{GAP}{ignored}")
    with editor(project, DRAWING, **LIVE) as client:
        uri = client.open(code)
        save(client, uri)
        told = drawn(client, uri)
        assert (told["uncovered"], told["lines"]) == ([], {"reached": 4, "total": 4})
        told = fresh(client, uri, rewrite(client, uri, f"\n{code.read_text()}"))
        assert (told["uncovered"], told["lines"]) == ([], {"reached": 4, "total": 4})
    assert [path.name for path in project.glob(".coverage*")] == [".coverage"]
    assert (project / ".coverage").read_text() == "the user's own"
