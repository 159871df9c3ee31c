"""The provider `examples`: a test module written from the spec's worked examples, no model needed.

The same spec always gives the same text.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.comparison import comparison_for
from redfirst.generation.docstring import docstring_literal
from redfirst.generation.draft import Draft
from redfirst.generation.imports import bound_names, import_lines
from redfirst.generation.layout import INDENT, definition
from redfirst.generation.links import docstring_line
from redfirst.generation.naming import test_names
from redfirst.generation.statements import example_lines
from redfirst.generation.subject import COLLECTOR, COLLECTOR_SOURCE
from redfirst.generation.syntax import syntax_tree
from redfirst.generation.table import table_of
from redfirst.generation.worked import worked_examples
from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redfirst.generation.comparison import Comparison
    from redfirst.generation.worked import Worked
    from redfirst.spec.model import Case, Spec

_NO_EXAMPLE: Final = "`{id}` has no worked example: give it one, or generate with a model."
_NO_READABLE_EXAMPLE: Final = (
    "`{id}` has no worked example that can be read: mend it, or generate with a model."
)


def write_tests(spec: Spec) -> Draft:
    """A test for every case with a worked example, and RF501 for every other case."""
    worked = {case.id: worked_examples(case, spec) for case in spec.cases}
    answered = [case for case in spec.cases if worked[case.id]]
    return Draft(
        body=_module(answered, worked, spec),
        answered=tuple(case.id for case in answered),
        problems=tuple(_needs_example(case) for case in spec.cases if not worked[case.id]),
    )


def _module(cases: Sequence[Case], worked: Mapping[str, Sequence[Worked]], spec: Spec) -> str:
    names = test_names((case.id for case in cases), bound_names(spec))
    comparison = comparison_for(spec)
    tests = [_test(names[case.id], case, worked[case.id], spec, comparison) for case in cases]
    if any(f"{COLLECTOR}(" in line for test in tests for line in test):
        tests.insert(0, list(COLLECTOR_SOURCE))
    written = "\n\n\n".join("\n".join(test) for test in tests)
    title = docstring_literal(f"Tests of {spec.module.value}.{spec.function.value}.")
    head = "\n".join([title, "", *import_lines(_used_names(written), spec)])
    return f"{head.rstrip()}\n\n\n{written}".rstrip() + "\n"


def _test(
    name: str, case: Case, examples: Sequence[Worked], spec: Spec, comparison: Comparison
) -> list[str]:
    title = INDENT + docstring_literal(docstring_line(case.id, case.text.value))
    table = table_of(examples, spec, comparison)
    if table is not None:
        return [*table.decorator, *definition(name, table.parameters), title, *table.body]
    return [*definition(name, ()), title, *_body(examples, comparison)]


def _body(examples: Sequence[Worked], comparison: Comparison) -> list[str]:
    blocks = [example_lines(one, comparison) for one in examples]
    gap = [""] if any(len(block) > 1 for block in blocks) else []
    lines: list[str] = []
    for block in blocks:
        lines += [*(gap if lines else []), *block]
    return lines


def _used_names(source: str) -> frozenset[str]:
    """Names that the functions of `source` take from their module."""
    tree = syntax_tree(source)
    return frozenset(name for node in (tree.body if tree else []) for name in _taken_by(node))


def _taken_by(node: ast.stmt) -> set[str]:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    local = {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    local |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return {name.id for name in names} - local - {COLLECTOR}


def _needs_example(case: Case) -> Problem:
    text = _NO_READABLE_EXAMPLE if case.examples else _NO_EXAMPLE
    message = text.format(id=case.id)
    return Problem(Code.NEEDS_EXAMPLE, Severity.ERROR, message, case.span, case=case.id)
