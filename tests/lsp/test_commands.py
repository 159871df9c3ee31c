"""What a person has done from within the editor, with the real pytest."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli import project as untested
from tests.cli.project import CODE, SPEC
from tests.lsp.client import PLAIN, PULLING, Client, editor
from tests.lsp.commands import ABLE, agree_to_progress, apply, do, progress, send, shown
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WEAK = "    assert half(-4) == -2\n"
LAZY = "    assert half(-4) != 7\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def codes(items: list[dict[str, Any]]) -> list[str]:
    return [item["code"] for item in items]


def pulled(client: Client, uri: str) -> list[str]:
    return codes(client.ask_about("diagnostic", uri)["items"])


def test_missing_tests_are_generated_by_an_edit_and_are_red(tmp_path: Path) -> None:
    folder = untested.make_project(tmp_path / "project")
    with editor(folder, ABLE) as client:
        uri = client.open(folder / "specs/half.yml")
        assert codes(client.published(uri, 1)) == ["RF504"]
        asked = send(client, "generate", uri)
        token = agree_to_progress(client)
        edit = apply(client)
        assert [change.get("kind") for change in edit["documentChanges"]] == ["create", None]
        (annotation,) = edit["changeAnnotations"].values()
        assert annotation == {"label": "Create `tests/test_half.py`", "needsConfirmation": False}
        written = {"ok": True, "written": True, "verdicts": {"red": 3}}
        assert client.answer(asked) == written
        assert progress(client, token)[-1]["message"] == "3 tests of `specs/half.yml`: red."
        assert client.published(uri, 1) == []


@contextmanager
def asked_to_write(folder: Path) -> Iterator[tuple[Client, int, str, int | str]]:
    """An editor that is asked for an edit: it, the command, its progress, and the question."""
    with editor(untested.make_project(folder), ABLE) as client:
        uri = client.open(folder / "specs/half.yml")
        client.published(uri, 1)
        command = send(client, "generate", uri)
        token = agree_to_progress(client)
        question, _ = client.asked("workspace/applyEdit")
        yield client, command, token, question
        progress(client, token)


def test_an_editor_that_could_not_write_is_not_taken_for_a_no(tmp_path: Path) -> None:
    with asked_to_write(tmp_path / "project") as (client, command, _, question):
        client.reply(question, {"applied": False})
        assert shown(client).startswith("The editor did not change `tests/test_half.py`: it gives")
        assert not client.answer(command)["written"]


def test_an_edit_that_is_answered_after_it_was_given_up_is_nothing_to_log(tmp_path: Path) -> None:
    with asked_to_write(tmp_path / "project") as (client, command, token, question):
        client.notify("window/workDoneProgress/cancel", {"token": token})
        assert client.answer(command) is None
        assert client.notified("$/cancelRequest") == {"id": question}
        client.reply(question, {"applied": False})


def test_a_client_without_edits_gets_the_file(tmp_path: Path) -> None:
    folder = untested.make_project(tmp_path / "project")
    with editor(folder, PULLING) as client:
        uri = client.open(folder / "specs/half.yml")
        assert do(client, "generate", uri)["written"]
        assert "def test_" in (folder / "tests/test_half.py").read_text()
        assert shown(client) == "3 tests of `specs/half.yml`: red."
        assert pulled(client, uri) == []
        assert not do(client, "generate", uri)["written"]
        assert shown(client) == "`tests/test_half.py` is up to date."


def test_an_unsaved_text_is_never_overwritten(project: Path) -> None:
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml", SPEC.replace("zero -> zero", "0 -> zero"))
        path = project / "tests/test_half.py"
        before = path.read_text()
        client.open(path, f"{before}\n# a thought\n")
        assert do(client, "regenerate", spec) is None
        assert shown(client) == (
            "`tests/test_half.py` has changes that are not saved, so it was left alone. "
            "Save or undo them, then generate again."
        )
        assert path.read_text() == before


def test_a_spec_that_is_not_saved_is_generated_from_as_it_is_seen(project: Path) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", SPEC.replace("zero -> zero", "0 -> zero"))
        assert pulled(client, uri) == ["RF502"]
        assert do(client, "generate", uri)["written"]
        assert "EC-zero: 0 -> zero" in (project / "tests/test_half.py").read_text()
        assert pulled(client, uri) == []
        assert shown(client) == "3 tests of `specs/half.yml`: red."


def test_hand_made_changes_are_replaced_only_when_the_person_agrees(project: Path) -> None:
    path = project / "tests/test_half.py"
    path.write_text(path.read_text().replace(WEAK, LAZY))
    with editor(project, ABLE) as client:
        uri = client.open(project / "specs/half.yml")
        assert codes(client.published(uri, 1)) == ["RF503"]
        asked = send(client, "regenerate", uri)
        token = agree_to_progress(client)
        edit = apply(client)
        (annotation,) = edit["changeAnnotations"].values()
        assert annotation["needsConfirmation"]
        assert client.answer(asked)["written"]
        assert path.read_text().count(WEAK) == 1
        progress(client, token)
        assert client.published(uri, 1) == []


def test_without_a_way_to_agree_hand_made_changes_stay(project: Path) -> None:
    path = project / "tests/test_half.py"
    path.write_text(path.read_text().replace(WEAK, LAZY))
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        assert not do(client, "regenerate", uri)["written"]
        assert "was edited by hand, so it was left alone" in shown(client)
        assert LAZY in path.read_text()


def test_the_tests_are_run_on_the_implementation(project: Path) -> None:
    (project / "maths.py").write_text(CODE.replace("// 2", "// -2"))
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        answer = do(client, "run", uri)
        assert answer == {"ok": False, "outcomes": {"passed": 2, "failed": 1}}
        assert pulled(client, uri) == ["RF401"]
        assert "2 of 3 tests of `specs/half.yml` green." in shown(client)
        code = client.open(project / "maths.py", CODE)
        assert pulled(client, uri) == []
        assert do(client, "run", uri) is None
        assert shown(client) == "Save `maths.py` first: tests are run on what is on the disk."
        client.notify("textDocument/didClose", {"textDocument": {"uri": code}})
        assert pulled(client, uri) == ["RF401"]


def test_what_is_no_spec_is_refused_with_a_reason(project: Path) -> None:
    with editor(project, PLAIN) as client:
        assert do(client, "verify", (project / "maths.py").as_uri()) is None
        assert "`maths.py` is no spec of this project" in shown(client)


def test_the_module_is_started_once(project: Path) -> None:
    (project / "maths.py").unlink()
    with editor(project, ABLE) as client:
        uri = client.open(project / "specs/half.yml")
        client.published(uri, 1)
        asked = send(client, "skeleton", uri)
        token = agree_to_progress(client)
        apply(client)
        assert client.answer(asked) == {"ok": True, "path": "maths.py"}
        assert (project / "maths.py").read_text().endswith("raise NotImplementedError\n")
        progress(client, token)
    with editor(project, PULLING) as client:
        assert do(client, "skeleton", uri) is None
        assert shown(client) == "`maths.py` exists already and was left as it is."
