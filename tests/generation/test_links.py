"""Tests and cases find each other through the docstring's first line."""

from __future__ import annotations

from textwrap import dedent

import pytest

from redfirst.generation.docstring import docstring_literal
from redfirst.generation.links import docstring_line, linked_tests

MODULE = dedent(
    '''\
    import pytest

    @pytest.mark.parametrize("x", [1])
    def test_one(x) -> None:
        """EC-one: one thing -> one: answer

        More.
        """

    async \\
    def  test_two():
        "ER-two:  two"

    class TestThings:
        def test_three(self): """No case here"""
        class TestInner:
            def test_four(self): pass
        def helper(self):
            """EC-no: not a test"""

    def helper(): pass
    class Other:
        def test_five(self): """EC-five: not collected"""
    '''
)


def check(source: str, *expected: tuple[str, str | None, str]) -> None:
    found = linked_tests(source)
    assert [(one.name, one.case, one.title) for one in found] == list(expected)
    for one in found:
        assert one.span.of(source) == one.name.rpartition("::")[2]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff", "x = '𝄞'; y = 1\n"])
def test_every_test_of_a_module(line_break: str, start: str) -> None:
    check(
        (start + MODULE).replace("\n", line_break),
        ("test_one", "EC-one", "one thing -> one: answer"),
        ("test_two", "ER-two", "two"),
        ("TestThings::test_three", None, "No case here"),
        ("TestThings::TestInner::test_four", None, ""),
    )


def test_a_name_below_wide_characters() -> None:
    check("'Ä𝄞'; x = 1\ndef test_ä(): 'x:'\n", ("test_ä", "x", ""))


@pytest.mark.parametrize(
    "source", ["", "def (", "\0", "def test_a(:", "(" * 9999, "```python\nx\n```"]
)
def test_what_is_no_module_has_no_tests(source: str) -> None:
    check(source)


@pytest.mark.parametrize(
    "text",
    [
        "both empty -> nothing",
        'a "quote" -> raise ValueError("x")',
        'ends with """',
        'ends with """"',
        "back\\slash \\n and \\d",
        "ends with \\",
        'mixed \\ and """ and \\"',
        "control \x07 and \u2028 and \x7f and é 漢 𝄞",
        "{braces} %s",
    ],
)
def test_any_text_of_a_case_comes_back_out_of_its_docstring(text: str) -> None:
    literal = docstring_literal(docstring_line("EC-x", text))
    assert literal.isprintable()
    check(f"def test_x():\n    {literal}\n", ("test_x", "EC-x", text))
