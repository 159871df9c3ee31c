"""Do the tests notice? Small changes that none of them does are shown at their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import CODE, SPEC
from tests.lsp.client import Client, editor
from tests.lsp.commands import agree_to_progress, do, progress, send, shown
from tests.lsp.project import make_project, write_generated_tests
from tests.lsp.test_tasks import hang

if TYPE_CHECKING:
    from pathlib import Path

LAX = CODE.replace("    return", "    if number > 2:\n        number += 0\n    return", 1)
WAIVER = """\
waive_mutants:
  - code: "if number > 2:"
    change: "> changed to >="
    reason: ""
"""
TWICE = """\
function: twice
module: maths
signature: "twice(number: int) -> int"
behavior: Twice the number, or a hundred less than nothing.
edge_cases:
  - {case: one -> two, examples: [{call: twice(1), returns: 2}]}
  - {case: low -> the least, examples: [{call: twice(-70), returns: -100}]}
"""
OF_BOTH = f"""\
{CODE.replace("number // 2", "_enough(number) // 2")}

def twice(number: int) -> int:
    return 2 * _enough(number)


def _enough(number: int) -> int:
    return max(number, -50)
"""
PULLING: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
WATCHING: dict[str, Any] = {"window": {"workDoneProgress": True}, **PULLING}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The tests do not care for what is more than 2."""
    make_project(tmp_path)
    (tmp_path / "maths.py").write_text(LAX)
    return tmp_path


def survivors(client: Client, uri: str) -> list[dict[str, Any]]:
    found = client.ask_about("diagnostic", uri)["items"]
    return [each for each in found if each["code"] == "RF408"]


@pytest.mark.parametrize("asked_at", ["maths.py", "specs/half.yml"])
def test_a_change_that_no_test_notices_is_shown_until_something_changes(
    project: Path, asked_at: str
) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "maths.py")
        answer = do(client, "strength", (project / asked_at).as_uri())
        said = shown(client)
        assert said.startswith("The tests notice ")
        assert answer["survived"] == len(survivors(client, uri)) > 0
        (boundary,) = [
            each for each in survivors(client, uri) if "`>` changed to `>=`" in each["message"]
        ]
        assert "no test noticed" in boundary["message"]
        assert boundary["range"]["start"] == {
            "line": 3,
            "character": LAX.splitlines()[3].index(">"),
        }
        context = {"diagnostics": [boundary]}
        actions = client.ask_about("codeAction", uri, range=boundary["range"], context=context)
        spec = (project / "specs/half.yml").as_uri()
        added = {(each["title"], each["edit"]["changes"][spec][0]["newText"]) for each in actions}
        assert ("Add a case for this gap", "  - when `number == 2` -> outcome\n") in added
        assert ("Waive this change with a reason: `>` changed to `>=`", WAIVER) in added
        client.change(uri, {"text": f"{LAX}\n"})
        assert survivors(client, uri) == []
        client.change(uri, {"text": LAX})
        assert boundary in survivors(client, uri)
        client.open(project / "specs/half.yml", f"{SPEC}# other\n")
        assert survivors(client, uri) == []


def test_what_the_tests_of_one_spec_notice_no_other_has_to(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(OF_BOTH)
    (project / "specs/twice.yml").write_text(TWICE)
    write_generated_tests(project, "twice", TWICE)
    with editor(project, PULLING) as client:
        uri = client.open(code)
        for spec in ("half", "twice"):
            do(client, "run", (project / f"specs/{spec}.yml").as_uri())
            assert "green" in shown(client)
        start = {"line": 0, "character": 0}
        asked: dict[str, Any] = {
            "range": {"start": start, "end": start},
            "context": {"diagnostics": []},
        }
        actions = client.ask_about("codeAction", uri, **asked)
        assert "Check test strength" in {each["title"] for each in actions}
        alone = do(client, "strength", (project / "specs/half.yml").as_uri())
        assert "notice" in shown(client)
        assert any("`50` changed" in each["message"] for each in survivors(client, uri))
        both = do(client, "strength", uri)
        assert both["noticed"] > alone["noticed"]
        assert both["survived"] == len(survivors(client, uri)) < alone["survived"]
        total = both["noticed"] + both["survived"]
        said = f"The tests notice {both['noticed']} of {total} changes to `maths.py`"
        assert shown(client).startswith(said)
        assert not any("`50` changed" in each["message"] for each in survivors(client, uri))
        lenses = [each["command"]["title"] for each in client.ask_about("codeLens", uri)]
        assert re.search(r", strength (\d+) of \1$", lenses[1])


def test_it_says_how_far_it_is_and_can_be_stopped(project: Path) -> None:
    hang(project, "half")
    with editor(project, WATCHING) as client:
        uri = client.open(project / "maths.py")
        request = send(client, "strength", uri)
        token = agree_to_progress(client)
        client.notify("window/workDoneProgress/cancel", {"token": token})
        told = progress(client, token)
        assert told[0]["title"] == "Check the tests of specs/half.yml"
        assert client.answer(request) is None
        assert survivors(client, uri) == []
