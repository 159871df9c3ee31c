"""What the pages say of the product is so: links lead somewhere, commands and settings exist."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft202012Validator

from redfirst import __version__
from redfirst.cli.main import COMMANDS, main
from redfirst.project.configuration import Configuration, read_configuration
from redfirst.spec.codes import Code
from redfirst.spec.rules.waivers import WAIVABLE
from tests.meta.documents import ROOT, blocks, name_of, pages, prose_and_code

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"[a-z]+:")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:^ {4}|^\$ |- run: |^ *- |`)(redfirst [a-z][^`\n#>]*)", re.MULTILINE)
PLACEHOLDERS = {
    "${{ matrix.shard }}/4": "2/4",
    "$CI_NODE_INDEX/$CI_NODE_TOTAL": "2/4",
    "I/N": "1/2",
    "N": "90",
}


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to a page's headings."""
    headings = HEADING.findall(prose_and_code(page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> set[str]:
    broken: set[str] = set()
    for target in LINK.findall(prose_and_code(page)):
        path, _, anchor = target.partition("#")
        if ELSEWHERE.match(target):
            continue
        there = page if not path else page.parent / path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.add(target)
    return broken


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == set()


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A heading\n[1](#a-heading) [2](#none) [3](none.md) [4](page.md)")
    assert broken_links(page) == {"#none", "none.md"}


def test_the_index_of_the_documentation_is_complete() -> None:
    index = ROOT / "docs/README.md"
    listed = set(LINK.findall(index.read_text("utf-8")))
    assert {path.name for path in index.parent.glob("*.md")} - {"README.md"} <= listed


def commands() -> list[str]:
    """The commands that pages show, without what stands for something else."""
    found: set[str] = set()
    for page in pages():
        for command in COMMAND.findall(page.read_text("utf-8")):
            if "..." not in command and "…" not in command:
                found.add(filled_in(command.strip()))
    return sorted(found)


def filled_in(command: str) -> str:
    for placeholder, value in PLACEHOLDERS.items():
        command = re.sub(rf"(?<= ){re.escape(placeholder)}(?= |$)", value, command)
    return command


COMMANDS_SHOWN = commands()


@pytest.mark.parametrize("command", COMMANDS_SHOWN)
def test_every_command_that_is_shown_exists(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked for help at its end, a command is parsed up to there and does nothing."""
    words = shlex.split(command)[1:]
    assert words[0] in COMMANDS
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    said = capsys.readouterr()
    assert ended.value.code == 0, said.err
    assert all(word in said.out for word in words if word.startswith("--"))


def test_commands_are_found() -> None:
    shown = {"redfirst check --format github", "redfirst check --shard 2/4 --format github"}
    assert shown <= set(COMMANDS_SHOWN)


@pytest.mark.parametrize(
    "block",
    [block for page in pages() for block in blocks(page) if block.mark == "ci"],
    ids=lambda block: block.place,
)
def test_every_pipeline_is_yaml(block: object) -> None:
    assert isinstance(yaml.safe_load(block.text), dict)


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE))
    assert list(rows) == [field.name for field in fields(Configuration)]
    for name, said in rows.items():
        default = getattr(Configuration(), name)
        value = list(default) if isinstance(default, tuple) else default
        shown = "none" if value is None else f"`{json.dumps(value)}`".replace(".0`", "`")
        assert said.partition(":")[0].strip() == shown, name


@pytest.mark.parametrize(
    "block",
    [block for block in blocks(ROOT / "docs/configuration.md") if block.language == "toml"],
    ids=lambda block: block.place,
)
def test_every_configuration_that_is_shown_can_be_used(block: object) -> None:
    assert read_configuration(block.text)[1] == ()


def test_every_waiver_is_documented() -> None:
    page = (ROOT / "docs/spec-format.md").read_text("utf-8")
    shown = re.findall(r"^\| `([a-z-]+)` \| \[(RF\d+)\]", page, re.MULTILINE)
    assert dict(shown) == {code.name.lower().replace("_", "-"): code.value for code in WAIVABLE}


def test_every_code_that_is_named_exists() -> None:
    for page in pages():
        named = set(re.findall(r"\bRF\d{3}\b", page.read_text("utf-8")))
        assert named <= set(Code), name_of(page)


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.json")), ids=name_of)
def test_every_schema_is_a_valid_one(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


def test_the_changes_of_this_version_are_told() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
