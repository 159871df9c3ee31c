"""Every finding has a page: what it shows as bad is found bad, what it shows as good is not."""

from __future__ import annotations

import re

import pytest

from redfirst.generation.gate import check_module
from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from tests.meta.finding_page import PAGES, Page, read_page

SPEC_CODES = [code for code in Code if code.startswith("RF1")]
GATE_CODES = [code for code in Code if code.startswith("RF2")]


@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_page_of_the_same_layout(code: Code) -> None:
    page = read_page(code)
    assert re.fullmatch(rf"# {code}: \S.*", page.title)
    assert page.sections[""].strip(), "a paragraph says what the finding means"
    shown = [name for name in page.sections if name]
    with_spec = ["Spec"] if code[:3] in {"RF2", "RF3"} else []
    assert shown == [*with_spec, "Bad", "Good", "What to do"]
    assert page.sections["What to do"].strip()
    for name in shown[:-1]:
        assert page.block(name).strip()


def test_every_page_is_about_a_code() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} <= set(Code)


def spec_codes(text: str) -> set[str]:
    return {str(problem.code) for problem in read_spec(text).problems}


@pytest.mark.parametrize("code", SPEC_CODES)
def test_the_bad_spec_triggers_the_code_and_no_other(code: Code) -> None:
    assert spec_codes(read_page(code).block("Bad")) == {code}


@pytest.mark.parametrize("code", SPEC_CODES)
def test_the_good_spec_triggers_nothing(code: Code) -> None:
    assert spec_codes(read_page(code).block("Good")) == set()


def gate_codes(page: Page, section: str) -> set[str]:
    document = read_spec(page.block("Spec"))
    assert document.spec is not None, "the page's spec can be read"
    assert document.problems == ()
    module = page.block(section)
    return {str(each.code) for each in check_module(module, document.spec, frozenset())}


@pytest.mark.parametrize("code", GATE_CODES)
def test_the_bad_module_is_refused_for_this(code: Code) -> None:
    assert code in gate_codes(read_page(code), "Bad")


@pytest.mark.parametrize("code", GATE_CODES)
def test_the_good_module_passes_the_gate(code: Code) -> None:
    assert gate_codes(read_page(code), "Good") == set()
