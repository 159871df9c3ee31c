"""Where a spec and its tests name the function, character by character."""

from __future__ import annotations

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.ide.code_uses import mentions, uses
from redfirst.spec.ide.function_places import example_spans, name_span, signature_span

HEAD = "function: {}\nmodule: maths\nsignature: {}\nbehavior: Half.\nexamples:\n"


def places(function: str, signature: str, *examples: str) -> tuple[list[str], bool]:
    """The lines in which the function is named, marked; and whether none is hidden."""
    text = HEAD.format(function, signature) + "".join(f"  - {each}\n" for each in examples)
    document = read_spec(text)
    spans, placed = example_spans(document)
    found = [span for span in (name_span(document), signature_span(document)) if span]
    marked = text
    for span in sorted((*found, *spans), reverse=True):
        marked = f"{marked[: span.start]}<{span.of(text)}>{marked[span.end :]}"
    return [line for line in marked.split("\n") if "<" in line], placed


def test_calls_and_the_heads_but_no_other_words() -> None:
    lines, placed = places(
        "half",
        "'half(half: str) -> str'",
        "{call: 'half(\"half ä\")', returns: '\"half\"'}",
        "{call: half(half(2)), returns: len(half([1]))}",
        "{call: maths.half(1), returns: other.half}",
    )
    assert placed
    assert lines == [
        "function: <half>",
        "signature: '<half>(half: str) -> str'",
        "  - {call: '<half>(\"half ä\")', returns: '\"half\"'}",
        "  - {call: <half>(<half>(2)), returns: len(<half>([1]))}",
        "  - {call: maths.<half>(1), returns: other.half}",
    ]


def test_a_method_and_a_signature_without_a_name() -> None:
    lines, placed = places("Basket.add", "(self, item: str)", "{call: Basket().add(1), returns: 1}")
    assert placed
    assert lines == ["function: Basket.<add>", "  - {call: Basket().<add>(1), returns: 1}"]


@pytest.mark.parametrize(
    ("call", "placed"),
    [
        ('"half(\\"x\\")"', True),
        ('"half(\\"half\\")"', False),
        ("|\n      half(\n        1)", True),
    ],
)
def test_what_escapes_hide_is_said_to_be_hidden(call: str, placed: bool) -> None:
    assert places("half", "half(a)", f"call: {call}\n    returns: 1")[1] is placed


def test_uses_in_a_test_module() -> None:
    body = "    'half'\n    assert 'ä' + half(half) == maths.half(1)\n"
    source = f"from maths import half, other\n\ndef test_x():\n{body}"
    found = uses(source, "maths", "half")
    assert [source[: span.start].count("\n") for span in found.spans] == [0, 4, 4, 4]
    assert {span.of(source) for span in found.spans} == {"half"}
    assert not found.hidden
    assert uses("half = 1\n", "maths", "half").hidden
    assert uses("def (", "maths", "half").spans == ()


def test_an_id_is_a_word_of_its_own() -> None:
    text = "EC-a, EC-a-2 and XEC-a: EC-a."
    assert [span.start for span in mentions(text, "EC-a")] == [0, 24]
