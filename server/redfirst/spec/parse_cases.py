"""The cases of a spec, in their short and their long form, with their ids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redfirst.spec.case_line import fold, generated_id, number_ids, parse_case_line
from redfirst.spec.model import Case, CaseKind, Example, ExpectedError, Located, Waiver
from redfirst.spec.parse_examples import parse_example
from redfirst.spec.reading import folded_text_of, named_texts, text_of
from redfirst.spec.yaml.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Sequenced

    from redfirst.spec.reading import Reading

LISTS: Final = {
    "edge_cases": CaseKind.EDGE_CASE,
    "errors": CaseKind.ERROR,
    "examples": CaseKind.EXAMPLE,
}


def parse_cases(reading: Reading, root: Mapping) -> tuple[Case, ...]:
    """The usable cases of `root` in the order of the text's lists, each with its id."""
    cases = [case for name, kind in LISTS.items() for case in _list(reading, root.get(name), kind)]
    wanted = [
        (
            generated_id(case.kind, case.condition),
            case.written_id.value if case.written_id else None,
        )
        for case in cases
    ]
    return tuple(map(_with_id, cases, numbered_ids(wanted)))


def numbered_ids(wanted: Sequenced[tuple[str, str | None]]) -> tuple[str, ...]:
    """The ids of all cases of a spec, from what each would be called and the id that is written."""
    taken = [written for _, written in wanted if written is not None]
    made = iter(number_ids((name for name, written in wanted if written is None), taken))
    return tuple(next(made) if written is None else written for _, written in wanted)


def _with_id(case: Case, case_id: str) -> Case:
    return replace(case, id=case_id)


def written_cases(root: Mapping) -> int:
    """How many cases the lists of `root` hold, usable or not."""
    lists = (root.get(name) for name in LISTS)
    return sum(len(node.items) for node in lists if isinstance(node, Sequence))


def _list(reading: Reading, node: Node | None, kind: CaseKind) -> Iterator[Case]:
    if not isinstance(node, Sequence):
        return
    for item in node.items:
        case = parse_case(reading, item, kind)
        if case is not None:
            yield case


def parse_case(reading: Reading, item: Node, kind: CaseKind) -> Case | None:
    """The case that an item of a list holds, without an id; `None` when it is not usable."""
    if isinstance(item, Mapping):
        return (
            _free_example(reading, item) if kind is CaseKind.EXAMPLE else _long(reading, item, kind)
        )
    written = _line_of(item) if kind is not CaseKind.EXAMPLE else None
    return None if written is None else _from_line(written, kind, item)


def _line_of(node: Node | None) -> Located[str] | None:
    """The text of a case as written; `None` when it is blank."""
    return None if folded_text_of(node) is None else text_of(node)


def _from_line(written: Located[str], kind: CaseKind, node: Node) -> Case:
    line = parse_case_line(written.value)  # not folded: a message may hold two spaces
    text = Located(fold(written.value), written.span)
    return Case("", kind, text, line.condition, line.outcome, line.error, (), (), None, node.span)


def _long(reading: Reading, item: Mapping, kind: CaseKind) -> Case | None:
    written = _line_of(item.get("case"))
    if written is None:
        return None
    case = _from_line(written, kind, item)
    return replace(
        case,
        examples=_examples(reading, item.get("examples"), _declared(case)),
        waivers=_waivers(item.get("waive")),
        written_id=text_of(item.get("id")),
    )


def _declared(case: Case) -> Located[ExpectedError] | None:
    """The error that the case's line declares, which its examples need not say again."""
    return None if case.error is None else Located(case.error, case.text.span)


def _examples(
    reading: Reading, node: Node | None, declared: Located[ExpectedError] | None
) -> tuple[Example, ...]:
    if not isinstance(node, Sequence):
        return ()
    mappings = (item for item in node.items if isinstance(item, Mapping))
    examples = (parse_example(reading, item, declared) for item in mappings)
    return tuple(example for example in examples if example is not None)


def _waivers(node: Node | None) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(Located(check.text, check.span), Located(reason.text.strip(), reason.span))
        for check, reason in named_texts(node)
    )


def _free_example(reading: Reading, item: Mapping) -> Case | None:
    """An item of `examples`: its own one example; without a text of its own, the call is one."""
    example = parse_example(reading, item, None)
    if example is None:
        return None
    outcome, error = _outcome(example, item)
    text = folded_text_of(item.get("case"))
    condition = fold(example.call.value)
    if text is None:
        text = Located(f"{condition} -> {outcome}", example.call.span)
    else:
        line = parse_case_line(text.value)
        condition, outcome = line.condition, line.outcome
        error = line.error or error
    return Case(
        "",
        CaseKind.EXAMPLE,
        text,
        condition,
        outcome,
        error,
        (example,),
        _waivers(item.get("waive")),
        text_of(item.get("id")),
        item.span,
    )


def _outcome(example: Example, item: Mapping) -> tuple[str, ExpectedError | None]:
    if example.returns is not None:
        return fold(example.returns.value), None
    raises = item.get("raises")
    source = fold(raises.text) if isinstance(raises, Scalar) else ""
    error = example.raises.value if example.raises else None
    return f"raise {source.removeprefix('raise ')}", error
