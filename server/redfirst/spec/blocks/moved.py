"""Values that were read at one place of a text, as they are at another: only places differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from redfirst.spec.model import Case, Example, Located, Waiver
from redfirst.spec.problem import Fix, Problem, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Pair, Scalar, Sequence

T = TypeVar("T")


def moved_span(span: Span, by: int) -> Span:
    """The span, `by` code points further."""
    return Span(span.start + by, span.end + by)


def moved_scalar(scalar: Scalar, by: int) -> Scalar:
    """The scalar, `by` code points further."""
    return Scalar(moved_span(scalar.span, by), scalar.text, scalar.style, scalar.repaired)


def moved_node(node: Node, by: int) -> Node:
    """The node and all below it, `by` code points further."""
    if isinstance(node, Scalar):
        return moved_scalar(node, by)
    span = moved_span(node.span, by)
    if isinstance(node, Alias):
        return Alias(span, node.name)
    if isinstance(node, Sequence):
        return Sequence(span, tuple(moved_node(item, by) for item in node.items), node.flow)
    return Mapping(span, tuple(moved_pair(pair, by) for pair in node.pairs), node.flow)


def moved_pair(pair: Pair, by: int) -> Pair:
    """The key and its value, `by` code points further."""
    return Pair(moved_node(pair.key, by), moved_node(pair.value, by))


def moved_problem(problem: Problem, by: int) -> Problem:
    """The problem and its fix, `by` code points further."""
    fix = problem.fix
    if fix is not None:
        edits = (TextEdit(moved_span(edit.span, by), edit.new_text) for edit in fix.edits)
        fix = Fix(fix.title, tuple(edits))
    return replace(problem, span=moved_span(problem.span, by), fix=fix)


def moved_case(case: Case, by: int, case_id: str) -> Case:
    """The case, `by` code points further, with its id."""
    return Case(
        case_id,
        case.kind,
        _located(case.text, by),
        case.condition,
        case.outcome,
        case.error,
        tuple(_example(each, by) for each in case.examples),
        tuple(_waiver(each, by) for each in case.waivers),
        _located(case.written_id, by) if case.written_id else None,
        moved_span(case.span, by),
    )


def _located(value: Located[T], by: int) -> Located[T]:
    return Located(value.value, moved_span(value.span, by))


def _example(example: Example, by: int) -> Example:
    return Example(
        _located(example.call, by),
        _located(example.returns, by) if example.returns else None,
        _located(example.raises, by) if example.raises else None,
        _bindings(example.given, by),
        _bindings(example.after, by),
        moved_span(example.span, by),
    )


def _bindings(
    bindings: tuple[tuple[str, Located[str]], ...], by: int
) -> tuple[tuple[str, Located[str]], ...]:
    return tuple((name, _located(value, by)) for name, value in bindings)


def _waiver(waiver: Waiver, by: int) -> Waiver:
    return Waiver(_located(waiver.check, by), _located(waiver.reason, by))
