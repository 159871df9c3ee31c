"""The tree of symbols, and what can be folded."""

from __future__ import annotations

from redfirst.spec.document import read_spec
from redfirst.spec.ide.outline import Symbol, folds, outline
from tests.spec.ide.marked import HEAD

SPEC = HEAD + (
    "types:\n  Side: [LEFT]\n"
    "edge_cases:\n  - zero -> zero\n  - case: one -> none\n    id: EC-x\n"
    "errors:\n  - {case: odd -> raise ValueError}\n"
    "examples:\n  - {call: half(2), returns: 1}\n"
)


def drawn(symbols: tuple[Symbol, ...], indent: str = "") -> str:
    return "".join(
        f"{indent}{each.kind} {each.name} | {each.detail}\n" + drawn(each.children, f"{indent}  ")
        for each in symbols
    )


def every(symbols: tuple[Symbol, ...]) -> list[Symbol]:
    return [each for symbol in symbols for each in (symbol, *every(symbol.children))]


def test_a_spec() -> None:
    assert drawn(outline(read_spec(SPEC))) == (
        "function half | maths\n"
        "  type Side | \n"
        "  case EC-zero | zero -> zero\n"
        "  case EC-x | one -> none\n"
        "  case ER-odd | odd -> raise ValueError\n"
        "  case EX-half-2 | half(2) -> 1\n"
    )


def test_a_spec_whose_function_has_no_name_yet() -> None:
    assert drawn(outline(read_spec("function:\nedge_cases:\n  - a -> b\n"))) == (
        "case EC-a | a -> b\n"
    )
    assert outline(read_spec("")) == ()


def test_a_symbols_line_lies_within_it() -> None:
    """Editors refuse the whole answer otherwise."""
    for text in (SPEC, SPEC + "  - oops: [\n", "{function: f, types: {A: int}}"):
        for each in every(outline(read_spec(text))):
            assert each.span.start <= each.selection.start <= each.selection.end <= each.span.end


def test_sections_and_cases_can_be_folded() -> None:
    found = [span.of(SPEC) for span in folds(read_spec(SPEC))]
    assert "edge_cases:\n  - zero -> zero\n  - case: one -> none\n    id: EC-x" in found
    assert "case: one -> none\n    id: EC-x" in found
