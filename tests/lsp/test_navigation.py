"""Hover, symbols, folding, links, and the way from a case to its test and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PULLING, editor
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

NESTED = {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """With a generated test module."""
    return make_project(tmp_path / "project")


def at(text: str, words: str) -> dict[str, int]:
    """The position of the first character of `words`."""
    before = text[: text.index(words)]
    return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}


def taken(text: str, place: dict[str, Any]) -> str:
    """What stands at a range that lies on one line."""
    line = text.split("\n")[place["start"]["line"]]
    return line[place["start"]["character"] : place["end"]["character"]]


def test_hover_on_a_case_and_on_its_test(project: Path) -> None:
    module = (project / "tests/test_half.py").read_text()
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        test = client.open(project / "tests/test_half.py")
        case = client.ask_about("hover", spec, position=at(SPEC, "zero -> zero"))
        head = "**EC-zero** (edge case)\n\nzero -> zero\n\n"
        said = f"{head}Its test is `test_zero` in `tests/test_half.py`."
        assert case["contents"] == {"kind": "markdown", "value": said}
        back = client.ask_about("hover", test, position=at(module, "test_zero"))
        assert back["contents"]["value"] == said
        assert taken(module, back["range"]) == "test_zero"
        client.change(spec, {"text": SPEC.replace("returns: 0", "returns: 1")})
        changed = client.ask_about("hover", spec, position=at(SPEC, "zero -> zero"))
        assert changed["contents"]["value"] == f"{said} It was written before the case changed."


def test_hover_on_a_key_and_a_module(project: Path) -> None:
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        key = client.ask_about("hover", spec, position=at(SPEC, "errors:"))
        assert "What the function refuses" in key["contents"]["value"]
        module = client.ask_about("hover", spec, position=at(SPEC, "maths"))
        assert module["contents"]["value"] == "`maths.py` exists."
        assert client.ask_about("hover", spec, position={"line": 99, "character": 99}) is None


def test_from_a_case_to_its_test_and_back(project: Path) -> None:
    module = (project / "tests/test_half.py").read_text()
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        test = client.open(project / "tests/test_half.py")
        (there,) = client.ask_about("definition", spec, position=at(SPEC, "EC-negative"))
        assert (there["uri"], taken(module, there["range"])) == (test, "test_negative")
        for words in ("test_odd", "ER-odd: odd"):
            (back,) = client.ask_about("definition", test, position=at(module, words))
            assert back["uri"] == spec
            assert taken(SPEC, back["range"]).endswith('raise ValueError("odd number")')
        (code,) = client.ask_about("definition", spec, position=at(SPEC, "maths"))
        assert code["uri"] == (project / "maths.py").as_uri()
        assert client.ask_about("definition", spec, position=at(SPEC, "Half of")) is None


def test_between_function_test_and_code(project: Path) -> None:
    """Each of the three files leads to both others, from wherever it names the function."""
    module, code = (project / "tests/test_half.py").read_text(), (project / "maths.py").read_text()
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        test = client.open(project / "tests/test_half.py")
        maths = client.open(project / "maths.py")
        for words in ("half\nmodule", "half(number", "half(-4)"):
            (there,) = client.ask_about("definition", spec, position=at(SPEC, words))
            assert (there["uri"], taken(code, there["range"])) == (maths, "half")
        for words in ("half(0)", "half\n\n", "specs/half.yml"):
            (there,) = client.ask_about("definition", test, position=at(module, words))
            assert (there["uri"], there["range"]["start"]) == (spec, at(SPEC, "half\nmodule"))
            (there,) = client.ask_about("implementation", test, position=at(module, words))
            assert (there["uri"], there["range"]["start"]) == (maths, at(code, "half"))
        (back,) = client.ask_about("implementation", maths, position=at(code, "half"))
        assert (back["uri"], back["range"]["start"]) == (spec, at(SPEC, "half\nmodule"))
        assert client.ask_about("implementation", maths, position=at(code, "number")) is None


def test_everything_that_names_a_function_or_a_case(project: Path) -> None:
    code = (project / "maths.py").read_text()
    texts = {
        (project / name).as_uri(): (project / name).read_text()
        for name in ("specs/half.yml", "tests/test_half.py", "maths.py")
    }
    other = project / "specs/other.yml"
    other.write_text("function: twice\nmodule: maths\nbehavior: As ER-odd, not as ER-odd-one.\n")
    texts[other.as_uri()] = other.read_text()

    def named(uri: str, words: str, *, declared: bool) -> list[tuple[str, str]]:
        context = {"includeDeclaration": declared}
        position = at(texts[uri], words)
        found = client.ask_about("references", uri, position=position, context=context)
        return [(e["uri"].rpartition("/")[2], taken(texts[e["uri"]], e["range"])) for e in found]

    with editor(project, PULLING) as client:
        spec, test, maths, _ = (
            client.open(project / uri[len(project.as_uri()) + 1 :]) for uri in texts
        )
        calls = [("half.yml", "half")] * 4 + [("test_half.py", "half")] * 4 + [("maths.py", "half")]
        assert named(maths, "half", declared=False) == calls
        assert named(spec, "half(0)", declared=True) == [("half.yml", "half"), *calls]
        ids = [
            ("half.yml", "ER-odd"),
            ("test_half.py", "test_odd"),
            ("test_half.py", "ER-odd"),
            ("other.yml", "ER-odd"),
        ]
        assert named(test, "test_odd", declared=False) == ids
        line = ("half.yml", 'odd number -> raise ValueError("odd number")')
        assert named(spec, "ER-odd", declared=True) == [line, *ids]
        assert "half" in code


def test_both_ways_follow_unsaved_text(project: Path) -> None:
    module = (project / "tests/test_half.py").read_text()
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        client.change(spec, {"text": f"# moved\n\n{SPEC}"})
        test = client.open(project / "tests/test_half.py")
        (back,) = client.ask_about("definition", test, position=at(module, "test_zero"))
        assert back["range"]["start"]["line"] == at(SPEC, "zero -> zero")["line"] + 2
        client.change(test, {"text": f"\n\n\n{module}"})
        (there,) = client.ask_about("definition", spec, position=back["range"]["start"])
        assert there["range"]["start"]["line"] == at(module, "test_zero")["line"] + 3


def test_links_to_the_module_and_to_the_spec(project: Path) -> None:
    module = (project / "tests/test_half.py").read_text()
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        (link,) = client.ask_about("documentLink", spec)
        assert link["target"] == (project / "maths.py").as_uri()
        assert taken(SPEC, link["range"]) == "maths"
        test = client.open(project / "tests/test_half.py")
        (link,) = client.ask_about("documentLink", test)
        assert link["target"] == spec
        assert taken(module, link["range"]) == "specs/half.yml"
        client.change(spec, {"text": SPEC.replace("maths", "nowhere")})
        assert client.ask_about("documentLink", spec) == []


def test_symbols_as_a_tree_and_as_a_list(project: Path) -> None:
    with editor(project, {"textDocument": {"diagnostic": {}, **NESTED}}) as client:
        spec = client.open(project / "specs/half.yml")
        (function,) = client.ask_about("documentSymbol", spec)
        assert (function["name"], function["detail"]) == ("half", "maths")
        cases = [each["name"] for each in function["children"]]
        assert cases == ["EC-zero", "EC-negative", "ER-odd"]
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        flat = client.ask_about("documentSymbol", spec)
        assert [each["name"] for each in flat] == ["half", *cases]
        assert {each.get("containerName") for each in flat} == {None, "half"}


def test_folds_are_lines(project: Path) -> None:
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        folds = client.ask_about("foldingRange", spec)
        assert {"startLine": at(SPEC, "behavior")["line"], "endLine": 4} in folds
        assert all(each["endLine"] > each["startLine"] for each in folds)


def test_other_files_are_left_alone(project: Path) -> None:
    position = {"position": {"line": 0, "character": 0}}
    with editor(project, PULLING) as client:
        uri = client.open(project / "maths.py")
        for method in ("hover", "definition"):
            assert client.ask_about(method, uri, **position) is None
        for method in ("documentLink", "documentSymbol", "foldingRange"):
            assert client.ask_about(method, uri) is None


def test_half_typed_specs_answer_at_their_end(project: Path) -> None:
    """Whatever is typed, each question has an answer, and nothing goes to the log."""
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    with editor(project, PULLING) as client:
        spec = client.open(project / "specs/half.yml")
        for end in range(0, len(SPEC), 23):
            half = SPEC[:end]
            client.change(spec, {"text": half})
            place = {"line": half.count("\n"), "character": end - half.rfind("\n") - 1}
            for method in ("hover", "definition", "implementation", "completion"):
                client.ask_about(method, spec, position=place)
            context = {"includeDeclaration": True}
            client.ask_about("references", spec, position=place, context=context)
            client.ask_about("inlayHint", spec, range=everywhere)
            for lens in client.ask_about("codeLens", spec):
                assert client.request("codeLens/resolve", lens)["command"]["title"]
