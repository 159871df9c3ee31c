"""Any text becomes nodes at their exact places."""

from __future__ import annotations

import pytest
import yaml

from redfirst.spec.yaml import compose
from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence, core_value
from redfirst.spec.yaml.tree import read_tree


@pytest.fixture(params=["as installed", "pure Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "pure Python":
        monkeypatch.setattr(compose, "LOADER", yaml.SafeLoader)
    return request.param


def scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [leaf for item in node.items for leaf in scalars(item)]
    if isinstance(node, Mapping):
        return [leaf for pair in node.pairs for leaf in (*scalars(pair.key), *scalars(pair.value))]
    return []


def written(text: str) -> list[str]:
    """What stands in the text at the place of each scalar."""
    return [scalar.span.of(text) for scalar in scalars(read_tree(text).root)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\nc: d\n", ["a", "b", "c", "d"]),
        ("\ufeffa: b\nc: d\n", ["a", "b", "c", "d"]),
        ("a: b\r\nc: d\r\n", ["a", "b", "c", "d"]),
        ("a: b\rc: d\r", ["a", "b", "c", "d"]),
        ("a: 'b\u2028c'\nd: e\n", ["a", "'b\u2028c'", "d", "e"]),
        ("a: \U0001f600 b\nc: d\n", ["a", "\U0001f600 b", "c", "d"]),
        ('a: "b\\n\\"c"\nd: e', ["a", '"b\\n\\"c"', "d", "e"]),
        ("a: >\n  b\n  c\n\nd: |-\n  e\n", ["a", ">\n  b\n  c", "d", "|-\n  e"]),
        ("a:\n  - b\n  -  c # d\n", ["a", "b", "c"]),
        ("a: [b, {c: d}]\n", ["a", "b", "c", "d"]),
        ("a: b\n   c\nd: e\n", ["a", "b\n   c", "d", "e"]),
        ("a:\nb:\n", ["a", "", "b", ""]),
    ],
)
def test_a_scalar_stands_where_it_is_written(text: str, expected: list[str]) -> None:
    assert written(text) == expected
    assert read_tree(text).problems == ()


def test_a_tab_behind_a_colon_costs_nothing_but_itself() -> None:
    """PyYAML takes it as a blank or refuses it, depending on its C extension."""
    tree = read_tree("a:\tb\nc:\t'd'\n")
    assert written("a:\tb\nc:\t'd'\n") == ["a", "b", "c", "'d'"]
    assert {problem.code.value for problem in tree.problems} <= {"RF107"}


def test_a_block_collection_ends_with_its_last_child() -> None:
    text = "a:\n  - b\n  - c\n\n# comment\nd: e\n"
    root = read_tree(text).root
    assert isinstance(root, Mapping)
    value = root.get("a")
    assert isinstance(value, Sequence)
    assert value.span.of(text) == "- b\n  - c"


def test_an_alias_stays_a_node_with_its_place() -> None:
    text = "a: &x b\nc: *x\n"
    root = read_tree(text).root
    assert isinstance(root, Mapping)
    alias = root.get("c")
    assert isinstance(alias, Alias)
    assert (alias.name, alias.span.of(text)) == ("x", "*x")


def test_nested_aliases_are_never_followed() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    tree = read_tree("\n".join(lines))
    assert {problem.code.value for problem in tree.problems} == {"RF112"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("yes", "yes"),
        ("12", 12), ("-3", -3), ("017", 17), ("0o17", 15), ("0x1f", 31), ("1_000", "1_000"),
        ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), (".inf", float("inf")), ("12:30", "12:30"),
        ("2026-01-31", "2026-01-31"), ("-", "-"), ("nothing", "nothing"), ("1" * 5000, "1" * 5000),
    ],
)  # fmt: skip
def test_a_plain_scalar_is_read_by_the_core_schema(text: str, value: object) -> None:
    assert core_value(text) == value
    assert type(core_value(text)) is type(value)


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "{a: " * 5000, "[" * 65 + "]" * 65])
def test_deep_nesting_is_refused_without_reading_on(text: str) -> None:
    (problem,) = read_tree(text).problems
    assert problem.code == "RF111"


def test_sixty_levels_are_read() -> None:
    assert read_tree("[" * 60 + "]" * 60).problems == ()


def test_too_many_nodes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "MAX_NODES", 50)
    (problem,) = read_tree("- a\n" * 100).problems
    assert problem.code == "RF111"


def test_a_text_of_more_than_a_million_characters_is_refused() -> None:
    (problem,) = read_tree("#" * 1_000_001).problems
    assert problem.code == "RF111"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f", "\ud800", "\ufffe"])
def test_a_character_that_yaml_refuses_costs_only_itself(character: str) -> None:
    text = f"a: b{character}c\nd: e\n"
    (problem,) = read_tree(text).problems
    assert (problem.code.value, problem.span.of(text)) == ("RF100", character)
    assert written(text) == ["a", f"b{character}c", "d", "e"]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "\ufeff", "---\n"])
def test_a_text_without_content_has_no_faults_of_syntax(text: str) -> None:
    assert [problem.code.value for problem in read_tree(text).problems] == []


def test_a_second_document_is_marked_and_not_read() -> None:
    text = "a: b\n---\nc: d\n"
    (problem,) = read_tree(text).problems
    assert (problem.code.value, problem.span.of(text)) == ("RF113", "---")
    assert written(text) == ["a", "b"]
