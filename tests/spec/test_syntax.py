"""Python inside a spec: read, never run, and whatever it is, answered with a value."""

from __future__ import annotations

import ast

import pytest

from redfirst.spec.syntax import (
    SyntaxFault,
    offset_of,
    parse_expression,
    parse_module,
    parse_statement,
    source_of,
)


@pytest.mark.parametrize(
    "source", ["1", " f(x) ", "[\n  1,\n  2,\n]", "f(1)\n.g()", "1 +\n2", "x if y\nelse z"]
)
def test_an_expression_on_one_line_or_several(source: str) -> None:
    assert isinstance(parse_expression(source), ast.expr)


@pytest.mark.parametrize(
    ("source", "offset"),
    [
        ("a b", 2),
        ("é = f(", 5),
        ("x = 1", 0),
        ("a; b", 0),
        ("import os", 0),
        ("a) + (b", 1),
        ("  1 +", 5),
        ("1,\n2 3", 3),
        ("", 0),
        ("\0", 0),
        ("'\ud800'", 0),
        ("-" * 101 + "1", 0),
        ("(" * 9999, 200),
        ("1+" * 50_000 + "1", 0),
    ],
)
def test_what_is_no_expression_has_a_place_and_a_reason(source: str, offset: int) -> None:
    fault = parse_expression(source)
    assert isinstance(fault, SyntaxFault)
    assert fault.message
    assert fault.offset == offset


def test_an_invalid_escape_is_no_matter_for_warnings() -> None:
    assert isinstance(parse_expression(r"'\d'"), ast.Constant)


def test_one_statement_is_one() -> None:
    assert isinstance(parse_statement(" import a "), ast.Import)
    assert isinstance(parse_statement("import a\nimport b"), SyntaxFault)
    assert isinstance(parse_statement("# nothing"), SyntaxFault)


def test_nesting_is_limited_where_python_itself_would_go_on() -> None:
    assert isinstance(parse_module("-" * 90 + "1"), ast.Module)
    assert isinstance(parse_module("-" * 99 + "1"), SyntaxFault)


def test_places_count_code_points() -> None:
    text = "'ééé', b"
    node = parse_expression(text)
    assert isinstance(node, ast.Tuple)
    assert text[offset_of(text, node.elts[1]) :] == "b"
    assert source_of(text, node.elts[0]) == "'ééé'"
