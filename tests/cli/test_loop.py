"""The loop on a tiny project, in every format, by the real command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator

from tests.cli.project import CODE, SPEC, make_project, redfirst, redfirst_here

if TYPE_CHECKING:
    from tests.cli.project import Said

SCHEMA = Draft202012Validator(json.loads(Path("schemas/report.schema.json").read_text("utf-8")))
JUDGING = ("validate", "generate", "verify", "cover", "check")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """The project with its generated tests; nobody changes it."""
    folder = make_project(tmp_path_factory.mktemp("generated"))
    return folder, redfirst(folder, "generate", "specs/half.yml")


@pytest.fixture
def project(generated: tuple[Path, Said], tmp_path: Path) -> Path:
    """A copy to play with."""
    return shutil.copytree(generated[0], tmp_path / "project")


def test_generate(generated: tuple[Path, Said]) -> None:
    folder, said = generated
    assert said.code == 0, said
    assert "specs/half.yml · half · tests/test_half.py (written)" in said.out
    assert said.out.splitlines()[-2] == "1 spec: 1 test module written; 3 tests red verified"
    assert "def test_zero()" in (folder / "tests" / "test_half.py").read_text()


@pytest.mark.parametrize(
    ("command", "summary"),
    [
        ("validate", "1 spec: no problems"),
        ("generate", "1 spec: 0 test modules written"),
        ("verify", "1 spec: 3 tests red verified"),
        ("cover", "1 spec: 3 cases green; the gate holds"),
        ("check", "1 spec: 3 tests red verified; 3 cases green; the gate holds"),
    ],
)
def test_all_is_well(generated: tuple[Path, Said], command: str, summary: str) -> None:
    said = redfirst(generated[0], command, "specs/half.yml")
    assert said.code == 0, said
    assert summary in said.out.splitlines()
    assert said.err == ""


def test_json_of_check(generated: tuple[Path, Said]) -> None:
    report = _json(redfirst(generated[0], "check", "--format", "json"))
    (spec,) = report["specs"]
    assert report["ok"] is True
    assert [(test["case"], test["verdict"], test["outcome"]) for test in spec["tests"]] == [
        ("EC-zero", "red", "passed"),
        ("EC-negative", "red", "passed"),
        ("ER-odd", "red", "passed"),
    ]
    assert all(test["stubs"] and test["proven"] for test in spec["tests"])
    assert spec["coverage"]["holds"] is True


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_a_failing_case_in_every_format(project: Path, form: str) -> None:
    (project / "maths.py").write_text(CODE.replace("odd number", "no"))
    said = redfirst_here(project, "cover", "specs/half.yml", "--format", form)
    assert said.code == 1
    assert said.err == ""
    _expect_case_red(form, said.out)


def _expect_case_red(form: str, out: str) -> None:
    if form == "json":
        SCHEMA.validate(json.loads(out))
    if form == "sarif":
        (run,) = json.loads(out)["runs"]
        assert [result["ruleId"] for result in run["results"]] == ["RF401"]
    elif form == "junit":
        assert fromstring(out.encode()).find(".//failure[@type='failed']") is not None
    elif form == "github":
        assert "::error file=tests/test_half.py,line=" in out
        assert ",title=RF401 " in out
    else:
        assert "RF401" in out


def test_a_vacuous_test_is_caught(project: Path) -> None:
    (project / "mine.py").write_text(
        'def test_zero() -> None:\n    """EC-zero: zero -> zero"""\n    assert True\n'
    )
    said = redfirst_here(project, "verify", "specs/half.yml", "--test", "mine.py", "--table")
    assert said.code == 1
    assert "mine.py:1:5 RF301 error: `test_zero` is vacuous" in said.out
    assert "only raises a private error" in said.out


def test_a_gap_opens_and_the_gate_fails(project: Path) -> None:
    (project / "maths.py").write_text(f"{CODE}\n\ndef unused(a: int) -> int:\n    return a\n")
    said = redfirst_here(project, "cover", "specs/half.yml")
    assert said.code == 1
    assert "  maths.py:7 `def unused` (lines 7-8) never runs\n" in said.out
    assert "the gate fails: it needs 95 % of lines and of branches" in said.out
    assert redfirst_here(project, "cover", "specs/half.yml", "--fail-under", "50").code == 0


def test_html(project: Path) -> None:
    redfirst_here(project, "cover", "specs/half.yml", "--html", "out")
    assert "maths.py" in (project / "out" / "half" / "index.html").read_text()
    assert not (project / ".coverage").exists()


def test_html_of_specs_of_one_name(project: Path) -> None:
    shutil.copytree(project / "specs", project / "more")
    redfirst_here(project, "cover", "specs", "more", "--html", "out")
    pages = sorted(page.parent.name for page in (project / "out").glob("*/index.html"))
    assert pages == ["more.half", "specs.half"]


@pytest.mark.parametrize("option", ["--html", "--lcov"])
def test_a_place_that_cannot_be_written(project: Path, option: str) -> None:
    place = project / "maths.py" / "out"
    said = redfirst_here(project, "cover", "specs", option, str(place))
    assert said.code == 2
    assert f"RF906 error: {'The folder ' if option == '--html' else ''}`" in said.out
    assert "cannot be" in said.out
    assert "coverage of" not in said.out
    assert ("3 cases green" in said.out) is (option == "--lcov")


def test_lcov(project: Path) -> None:
    redfirst_here(project, "cover", "specs/half.yml", "--lcov", "out/coverage.info")
    lcov = (project / "out" / "coverage.info").read_text()
    assert lcov.startswith("TN:\nSF:maths.py\nDA:1,")
    assert not (project / ".coverage").exists()


def test_dry_run_shows_the_change_and_writes_nothing(project: Path) -> None:
    before = (project / "tests" / "test_half.py").read_text()
    changed = SPEC.replace("half(-4), returns: -2", "half(-6), returns: -3")
    (project / "specs" / "half.yml").write_text(changed)
    said = redfirst_here(project, "generate", "specs/half.yml", "--dry-run")
    assert said.code == 0, said
    assert "-    assert half(-4) == -2\n" in said.out
    assert "+    assert half(-6) == -3\n" in said.out
    assert (project / "tests" / "test_half.py").read_text() == before


def test_force_replaces_what_was_edited_by_hand(project: Path) -> None:
    test = project / "tests" / "test_half.py"
    test.write_text(test.read_text() + "\n# mine\n")
    spec = project / "specs" / "half.yml"
    spec.write_text(SPEC.replace("half(-4), returns: -2", "half(-6), returns: -3"))
    refused = redfirst_here(project, "generate", "specs/half.yml")
    assert refused.code == 1
    assert "RF503" in refused.out
    assert redfirst_here(project, "generate", "specs/half.yml", "--force").code == 0
    assert "# mine" not in test.read_text()


def test_from_a_folder_inside_the_project(project: Path) -> None:
    (project / "specs" / "half.yml").write_text("function: [half\n")
    said = redfirst_here(project / "tests", "validate", "../specs/half.yml")
    assert said.out.startswith("../specs/half.yml:")
    nearer = redfirst_here(project / "specs", "validate", "half.yml")
    assert nearer.out.startswith("half.yml:")
    document = redfirst_here(project / "tests", "validate", "../specs/half.yml", "--format", "json")
    assert _json(document)["specs"][0]["path"] == "specs/half.yml"


def test_github_paths_begin_at_the_repository(project: Path) -> None:
    (project / "specs" / "half.yml").write_text("function: [half\n")
    said = redfirst_here(
        project, "validate", "--format", "github", GITHUB_WORKSPACE=str(project.parent)
    )
    assert said.out.startswith("::error file=project/specs/half.yml,")


def test_shards_share_the_specs(project: Path) -> None:
    for name in ("half", "a", "b", "c", "d", "e", "f"):
        (project / "specs" / f"{name}.yml").write_text("")
    whole = _paths(redfirst_here(project, "check", "--format", "json"))
    shards = (
        redfirst_here(project, "check", "--shard", f"{n}/3", "--format", "json") for n in (1, 2, 3)
    )
    parts = [_paths(said) for said in shards]
    assert sorted(path for part in parts for path in part) == sorted(whole)
    assert len(whole) == 7


def test_colour_only_where_it_is_wanted(project: Path) -> None:
    (project / "specs" / "half.yml").write_text("function: [half\n")
    assert "\x1b[" not in redfirst(project, "validate").out
    assert "\x1b[" in redfirst(project, "validate", FORCE_COLOR="1").out
    plain = redfirst(project, "validate", FORCE_COLOR="1", NO_COLOR="1").out
    assert "\x1b[31m" not in plain
    assert "\x1b[1;31m" not in plain


def _paths(said: Said) -> list[str]:
    return [spec["path"] for spec in _json(said)["specs"]]


def _json(said: Said) -> dict[str, Any]:
    document = json.loads(said.out)
    SCHEMA.validate(document)
    return document
