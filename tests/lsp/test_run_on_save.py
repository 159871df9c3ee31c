"""A save runs what it may have changed; the file itself tells what no test reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import CODE
from tests.lsp.client import PULLING, Client, editor
from tests.lsp.commands import do, shown
from tests.lsp.folders import opened
from tests.lsp.project import make_project, write_generated_tests

if TYPE_CHECKING:
    from pathlib import Path

DRAWING: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "experimental": {"redfirst": {"coverage": True}},
}
WITH_A_GAP = f"""\
{CODE}

def twice(number: int) -> int:
    return 2 * number
"""
EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
TWICE = """\
function: twice
module: maths
signature: "twice(number: int) -> int"
behavior: Twice the number.
edge_cases:
  - case: one -> two
    id: EC-one
    examples:
      - {call: twice(1), returns: 2}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def save(client: Client, uri: str) -> None:
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def drawn(client: Client, uri: str) -> dict[str, Any]:
    """What is told next of a file."""
    told = client.notified("redfirst/coverage")
    assert told["uri"] == uri
    return told


def lines(ranges: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The lines from 1 that ranges cover, both ends included."""
    return [(each["start"]["line"] + 1, each["end"]["line"] + 1) for each in ranges]


def test_saving_the_implementation_tells_what_no_test_reaches(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(WITH_A_GAP)
    with editor(project, DRAWING) as client:
        uri = client.open(code)
        save(client, uri)
        told = drawn(client, uri)
        assert lines(told["uncovered"]) == [(8, 8)]
        assert lines(told["covered"]) == [(1, 4), (7, 7)]
        (gap,) = told["gaps"]
        assert gap["text"] == "`def twice` (lines 7-8) never runs"
        assert (told["version"], told["stale"]) == (1, False)
        assert told["lines"] == {"reached": 5, "total": 6}
        assert told["gate"] == {"threshold": 95, "holds": False}


def test_an_edit_moves_what_is_drawn_until_the_next_run(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(WITH_A_GAP)
    with editor(project, DRAWING) as client:
        uri = client.open(code)
        save(client, uri)
        first = drawn(client, uri)
        top = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
        client.change(uri, {"range": top, "text": "import math\n"})
        moved = drawn(client, uri)
        assert (moved["version"], moved["stale"]) == (2, True)
        assert lines(moved["uncovered"]) == [(9, 9)]
        assert moved["gaps"][0]["text"] == "`def twice` (lines 8-9) never runs"
        client.change(uri, {"range": {**top, "end": {"line": 1, "character": 0}}, "text": ""})
        assert drawn(client, uri) == {**first, "version": 3}
        client.change(uri, {"text": WITH_A_GAP.replace("2 * number", "3 * number")})
        assert drawn(client, uri)["uncovered"] == []


def test_what_the_settings_of_coverage_omit_has_no_marks(project: Path) -> None:
    (project / "maths.py").write_text(WITH_A_GAP)
    with editor(project, DRAWING) as client:
        uri = client.open(project / "maths.py")
        save(client, uri)
        assert drawn(client, uri)["gaps"] != []
        (project / ".coveragerc").write_text("[report]\nomit = maths.py\n")
        save(client, uri)
        while (told := drawn(client, uri))["stale"]:
            pass
        assert told["gaps"] == told["covered"] == told["uncovered"] == []
        assert told["gate"] == {"threshold": 95, "holds": None}
        (lens,) = client.ask_about("codeLens", uri)
        assert lens["command"]["title"] == "3 of 3 cases green, left out by `omit`, gate 95 %"


def test_a_changed_test_makes_what_is_drawn_stale(project: Path) -> None:
    tests = project / "tests/test_half.py"
    with editor(project, DRAWING) as client:
        uri = client.open(project / "maths.py")
        test = client.open(tests)
        save(client, uri)
        assert not drawn(client, uri)["stale"]
        client.change(test, {"text": tests.read_text() + "\n"})
        assert drawn(client, uri)["stale"]
        client.change(test, {"text": tests.read_text()})
        assert not drawn(client, uri)["stale"]


def test_what_several_specs_reach_is_drawn_together(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(WITH_A_GAP)
    spec = project / "specs/twice.yml"
    spec.write_text(TWICE)
    write_generated_tests(project, "twice", TWICE)
    with editor(project, DRAWING) as client:
        uri = client.open(code)
        save(client, uri)
        told = drawn(client, uri)
        assert (told["uncovered"], told["gaps"]) == ([], [])
        assert told["gate"] == {"threshold": 95, "holds": True}
        other = client.open(spec)
        save(client, other)
        assert drawn(client, uri) == {**told, "runId": drawn_again(told)}


def drawn_again(before: dict[str, Any]) -> Any:
    """Equal to the number of any later run."""

    class Later:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, int) and other > before["runId"]

        def __hash__(self) -> int:
            return 0

    return Later()


def test_clients_that_do_not_draw_get_hints(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(WITH_A_GAP)
    fading = {"textDocument": {"publishDiagnostics": {"tagSupport": {"valueSet": [1]}}}}
    options = {"initializationOptions": {"unnecessary_tag": True, "verify_on": "command"}}
    with editor(project, fading, **options) as client:
        uri = client.open(code)
        save(client, uri)
        (gap,) = client.published(uri, 1)
        assert (gap["code"], gap["severity"], gap["tags"]) == ("RF402", 4, [1])
        assert gap["message"].startswith("`def twice` (lines 7-8) never runs. Add a case")
        assert lines([gap["range"]]) == [(7, 8)]
        client.change(uri, {"text": "import math\n" + WITH_A_GAP})
        (gap,) = client.published(uri, 2)
        assert gap["message"].endswith("That was before the last change.")
        client.change(uri, {"text": CODE})
        assert client.published(uri, 3) == []


def test_lens_hover_and_hints_say_how_the_cases_run(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(WITH_A_GAP)
    with editor(project, DRAWING, initializationOptions={"code_hints": True}) as client:
        uri = client.open(code)
        assert client.ask_about("codeLens", uri) is None
        save(client, uri)
        drawn(client, uri)
        (lens,) = client.ask_about("codeLens", uri)
        assert lens["range"]["start"] == {"line": 0, "character": 4}
        assert lens["command"]["title"] == "3 of 3 cases green, 83 % lines, 1 gap, gate 95 % missed"
        spec = (project / "specs/half.yml").as_uri()
        assert lens["command"]["command"] == "redfirst.run"
        assert lens["command"]["arguments"] == [{"uri": spec}]
        said = client.ask_about("hover", uri, position={"line": 2, "character": 8})
        assert said["contents"]["value"] == (
            "1 case runs this line:\n\n- `ER-odd` of `specs/half.yml`: green"
        )
        hints = client.ask_about("inlayHint", uri, range=EVERYWHERE)
        assert [(each["position"]["line"], each["label"]) for each in hints] == [
            (0, "3 cases"),
            (6, "0 cases"),
        ]


def test_a_red_case_leads_to_the_assertion(project: Path) -> None:
    code, tests = project / "maths.py", project / "tests/test_half.py"
    code.write_text(CODE.replace("// 2", "// -2"))
    relating = {**DRAWING, "textDocument": {"diagnostic": {"relatedInformation": True}}}
    with editor(project, relating) as client:
        uri = client.open(code)
        spec, test = client.open(project / "specs/half.yml"), client.open(tests)
        save(client, uri)
        drawn(client, uri)
        written = tests.read_text().splitlines()
        (at_test,) = client.ask_about("diagnostic", test)["items"]
        assert at_test["code"] == "RF401"
        assert "assert 2 == -2" in at_test["message"]
        line = written[at_test["range"]["start"]["line"]]
        assert line.startswith("def test_negative")
        (at_case,) = client.ask_about("diagnostic", spec)["items"]
        for each in (at_test, at_case):
            place = each["relatedInformation"][0]["location"]
            assert place["uri"] == test
            assert written[place["range"]["start"]["line"]] == "    assert half(-4) == -2"
        hints = client.ask_about("inlayHint", spec, range=EVERYWHERE)
        assert [each["label"] for each in hints][:2] == [
            "EC-zero, runs green",
            "EC-negative, runs red",
        ]
        hints = client.ask_about("inlayHint", test, range=EVERYWHERE)
        assert [each["label"] for each in hints] == ["runs green", "runs red", "runs green"]
        assert written[hints[1]["position"]["line"]] == line


def test_an_lcov_file_is_written_where_it_is_wanted(project: Path) -> None:
    code = project / "maths.py"
    options = {"initializationOptions": {"lcov": "lcov.info", "verify_on": "command"}}
    with editor(project, PULLING, **options) as client:
        uri = client.open(project / "specs/half.yml")
        assert do(client, "run", uri)["ok"]
        shown(client)
    assert "SF:maths.py\nDA:1,1\n" in (project / "lcov.info").read_text()
    assert code.read_text() == CODE


@pytest.mark.parametrize("options", [{"run_on": "off"}, {"trusted": False}])
def test_nothing_runs_where_nobody_wants_it(project: Path, options: dict[str, Any]) -> None:
    trace = project / "trace"
    (project / "conftest.py").write_text(f"open({str(trace)!r}, 'w').close()\n")
    with editor(
        project, DRAWING, initializationOptions={**options, "verify_on": "command"}
    ) as client:
        uri = client.open(project / "maths.py")
        save(client, uri)
        assert client.ask_about("codeLens", uri) is None
    assert not trace.exists()


def test_saving_a_helper_runs_what_imports_it(project: Path) -> None:
    code, helper = project / "maths.py", project / "helper.py"
    code.write_text(
        CODE.replace("number // 2", "halved(number)") + "\n\nfrom helper import halved\n"
    )
    helper.write_text("def halved(number):\n    return number // 2\n")
    with editor(project, DRAWING) as client:
        uri, other = client.open(code), client.open(helper)
        save(client, other)
        assert drawn(client, uri)["gate"] == {"threshold": 95, "holds": True}


def test_a_spec_that_is_not_open_shows_its_red_case(project: Path) -> None:
    code, spec = project / "maths.py", project / "specs/half.yml"
    with editor(project, **opened(project)) as client:
        uri = client.open(code)
        code.write_text(CODE.replace("// 2", "// -2"))
        client.change(uri, {"text": code.read_text()})
        save(client, uri)
        until(client, spec.as_uri(), ["RF401"])
        code.write_text(CODE)
        client.change(uri, {"text": CODE})
        save(client, uri)
        until(client, spec.as_uri(), [])


def until(client: Client, uri: str, wanted: list[str]) -> None:
    """Read what is published until the client shows those codes of a file."""
    found = None
    while found != wanted:
        params = client.notified("textDocument/publishDiagnostics")
        if params["uri"] == uri:
            found = [each["code"] for each in params["diagnostics"]]


def test_a_file_that_is_opened_again_is_drawn_again(project: Path) -> None:
    with editor(project, DRAWING) as client:
        uri = client.open(project / "maths.py")
        save(client, uri)
        first = drawn(client, uri)
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert client.open(project / "maths.py") == uri
        assert drawn(client, uri) == first


def test_of_several_saves_the_newest_counts(project: Path) -> None:
    code = project / "maths.py"
    with editor(project, DRAWING) as client:
        uri = client.open(code)
        for number in range(5):
            code.write_text(f"{CODE}\n\ndef other_{number}():\n    pass\n")
            version = client.change(uri, {"text": code.read_text()})
            save(client, uri)
        while (told := drawn(client, uri))["version"] != version or told["stale"]:
            assert told["stale"] or told["version"] < version
        assert [gap["text"] for gap in told["gaps"]] == ["`def other_4` (lines 7-8) never runs"]


def test_a_module_that_cannot_be_imported_keeps_its_marks_as_stale(project: Path) -> None:
    code, spec = project / "maths.py", project / "specs/half.yml"
    pushed = {"experimental": DRAWING["experimental"]}
    with editor(project, pushed) as client:
        uri, about = client.open(code), client.open(spec)
        save(client, uri)
        drawn(client, uri)
        code.write_text(f"{CODE}\nhalf(\n")
        client.change(uri, {"text": code.read_text()})
        told = drawn(client, uri)
        assert (told["stale"], lines(told["covered"])) == (True, [(1, 4)])
        save(client, uri)
        until(client, about, ["RF407"])
