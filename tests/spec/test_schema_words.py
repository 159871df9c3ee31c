"""Our reading of the schema says what a general validator says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from benchmarks.fuzz_spec import texts
from redfirst.spec.schema import WORDS, schema, violations
from redfirst.spec.yaml.nodes import Mapping, Scalar, Sequence
from redfirst.spec.yaml.tree import read_tree
from tests.spec.marked import CASES, HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.yaml.nodes import Node

SPECS = [path.read_text("utf-8") for path in (Path(__file__).parents[2] / "specs").glob("*.yml")]
EVERY_PART = """\
types: {A: {x: int, y: 3}, B: [one, 2, ''], C: '', D: {record: {a: 1}, frozen: 1, other: x}, E: 4,
  F: {enum: {a: 1, b: [], c: true}}, G: {enum: [a, 1]}, H: {record: [], enum: 2}}
imports: [a, 1, '']
settings: {threshold: x, strength: [], timeout: [], model: 1, more: 2}
waive_mutants: [a, {code: 1, change: '', reason: [], more: 1}, {code: a, change: b, reason: c}, {}]
examples: [{call: 1, returns: [], raises: '', given: [], after: {a: {}}}, {returns: 1}, f(1), {}]
errors: [a, '', 1, {case: 1, id: [], examples: {}, waive: {a: 1, b: ''}}, {x: y}, [a], *alias]
"""
FOR_PEOPLE = {"$schema", "$id", "$defs", "description", "markdownDescription", "examples",
              "defaultSnippets"}  # fmt: skip
BOUNDS = {"minimum", "maximum", "exclusiveMinimum"}


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.named()}
    return node.name


def at(root: Node, path: list[str | int]) -> Node:
    for step in path:
        root = root.items[step] if isinstance(root, Sequence) else root.get(step)
    return root


def generally(root: Mapping) -> set[tuple[Any, ...]]:
    errors = Draft202012Validator(schema()).iter_errors(plain(root))
    return {
        (at(root, error.absolute_path).span, error.validator, error.schema["title"])
        for error in errors
        if error.validator not in BOUNDS
    }


def words(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part
        named = (*part.get("properties", {}).values(), *part.get("$defs", {}).values())
        for below in (*named, part.get("items"), part.get("additionalProperties")):
            yield from words(below)


@pytest.mark.parametrize("source", [HEAD + CASES + EVERY_PART, *SPECS])
def test_as_a_general_validator(source: str) -> None:
    found = 0
    for text in [source, *list(texts([source], 40, 5))[-40:]]:
        root = read_tree(text).root
        if isinstance(root, Mapping):
            ours = {(each.node.span, each.rule, each.title) for each in violations(root)}
            assert ours == generally(root), text
            found += len(ours)
    assert found


def test_no_word_of_the_schema_is_passed_over() -> None:
    assert set(words(schema())) == WORDS | FOR_PEOPLE | BOUNDS
