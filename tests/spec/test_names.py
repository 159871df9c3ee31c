"""Which names an annotation needs, which an expression reads, and what a misspelling meant."""

from __future__ import annotations

import pytest

from redfirst.spec.model import Located
from redfirst.spec.names import (
    annotation_names,
    did_you_mean,
    expression_names,
    import_line,
    imported_names,
    listed,
)
from redfirst.spec.ranges import Span
from redfirst.spec.syntax import SyntaxFault, parse_expression


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        ("int", ["int"]),
        ("dict[str, list[Entry]] | None", ["dict", "str", "list", "Entry"]),
        ("'list[Entry]'", ["list", "Entry"]),
        ("Callable[[A1, Entry], Result]", ["Callable", "Entry", "Result"]),
        ("typing.Literal['Entry'] | date", ["typing.Literal", "date"]),
        ("Annotated[Entry, Positive(1)]", ["Annotated", "Entry"]),
        ("T | T_co | KT", []),
        ("a b", []),
        ("", []),
    ],
)
def test_names_of_an_annotation(annotation: str, names: list[str]) -> None:
    assert list(annotation_names(annotation)) == names


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("f(a, b=c.d)", ["a", "c", "f"]),
        ("[x for x in xs if x > y]", ["xs", "y"]),
        ("lambda a, *b: a + b + c", ["c"]),
        ("f'{a}'", ["a"]),
        ("'a'", []),
    ],
)
def test_names_of_an_expression(expression: str, names: list[str]) -> None:
    node = parse_expression(expression)
    assert not isinstance(node, SyntaxFault)
    assert sorted(name.id for name in expression_names(node)) == names


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("import a.b, c as d", {"a", "d"}),
        ("from a import b as c, e", {"c", "e"}),
        ("from a import *", None),
        ("form a import b", None),
    ],
)
def test_names_of_imports(statement: str, names: set[str] | None) -> None:
    assert imported_names([Located(statement, Span(0, 0))]) == names


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Decimal", "from decimal import Decimal"),
        ("Iterator", "from collections.abc import Iterator"),
        ("Protocol", "from typing import Protocol"),
        ("math.inf", "import math"),
        ("Entry", None),
    ],
)
def test_where_the_standard_library_keeps_a_name(name: str, line: str | None) -> None:
    assert import_line(name) == line


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("recieve", "receive"),
        ("recive", "receive"),
        ("receiive", "receive"),
        ("receave", "receive"),
        ("Receive", "receive"),
        ("perceive", None),
        ("resolve", None),
        ("rx", None),
    ],
)
def test_a_misspelling_is_one_slip_away(name: str, meant: str | None) -> None:
    assert did_you_mean(name, ["receive", "r"]) == meant


@pytest.mark.parametrize(
    ("names", "prose"), [("a", "`a`"), ("ab", "`a` and `b`"), ("abc", "`a`, `b` and `c`")]
)
def test_names_in_prose(names: str, prose: str) -> None:
    assert listed(names) == prose
