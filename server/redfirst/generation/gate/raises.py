"""Whether the test of an error case holds the function to the declared type and message."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.generation.gate.elsewhere import leaves_the_module
from redfirst.generation.gate.exceptions import Fit, fit
from redfirst.generation.gate.messages import checks_message, contradicting
from redfirst.generation.gate.patterns import Match, hits, text_of
from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, TextEdit
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import GateTest, Module
    from redfirst.spec.model import Case, ExpectedError
    from redfirst.spec.problem import Problem


@dataclass(frozen=True, slots=True)
class Expectation:
    """A call that expects an error. `match` is `None` when nothing stands there."""

    call: ast.Call
    type_node: ast.expr | None
    match: ast.expr | None


def find(module: Module) -> Iterator[Problem]:
    """RF208 to RF211, for tests that are linked to an error case.

    All expectations of a test must hold for it to pass, so one that is right is enough.
    """
    for test in module.tests:
        errors = declared_errors(test.case) if test.case else ()
        if errors:
            yield from _judge(module, test, errors)


def declared_errors(case: Case) -> tuple[ExpectedError, ...]:
    """The errors that satisfy a case; none when the case is about a value."""
    of_examples = [example.raises.value for example in case.examples if example.raises]
    if case.error is None and len(of_examples) < len(case.examples):
        return ()
    return tuple(dict.fromkeys([*([case.error] if case.error else []), *of_examples]))


def _judge(module: Module, test: GateTest, errors: tuple[ExpectedError, ...]) -> Iterator[Problem]:
    expectations = list(_expectations(module, test))
    if not expectations and leaves_the_module(test, module):
        return
    if not expectations:
        yield module.problem(
            Code.ERROR_WITHOUT_RAISES,
            f"The case says that {_spelled(errors[0])} is raised, but this test expects no error. "
            "Put the call into `with pytest.raises(...)`.",
            test.link.span,
        )
        return
    faults = [_fault(module, test, expectation, errors) for expectation in expectations]
    if all(faults):
        yield from (fault for fault in faults if fault)


def _spelled(error: ExpectedError) -> str:
    message = "" if error.message is None else repr(error.message)
    return f"`{error.type_name}({message})`"


def _expectations(module: Module, test: GateTest) -> Iterator[Expectation]:
    for node in test.reached:
        if isinstance(node, ast.Call):
            expectation = _expectation(module, node)
            if expectation:
                yield expectation


def _expectation(module: Module, call: ast.Call) -> Expectation | None:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    type_node, *others = call.args or [keywords.get("expected_exception")]
    path = module.names.path(call.func)
    if path in {"pytest.raises", "pytest.RaisesExc"}:
        # With a function to call, `match` would be handed to that function.
        match = None if others else keywords.get("match", keywords.get("check"))
        return Expectation(call, type_node, match)
    match call.func:
        case ast.Attribute(attr="assertRaisesRegex"):
            pattern = others[0] if others else keywords.get("expected_regex")
            return Expectation(call, type_node, pattern)
        case ast.Attribute(attr="assertRaises"):
            return Expectation(call, type_node, None)
        case _ if path == "pytest.RaisesGroup":
            return Expectation(call, call, call)
        case _:
            return None


def _fault(
    module: Module, test: GateTest, expectation: Expectation, errors: tuple[ExpectedError, ...]
) -> Problem | None:
    fits = [_type_fit(module, expectation, error) for error in errors]
    if all(found is Fit.WRONG for found in fits):
        return _wrong_type(module, expectation, errors[0])
    fitting = [error for error, found in zip(errors, fits, strict=True) if found is not Fit.WRONG]
    if any(error.message is None for error in fitting):
        return None
    messages = [message for error in fitting for message in _shown(error)]
    if expectation.match is None:
        return _without_match(module, test, expectation, fitting[0], messages)
    return _judge_match(module, expectation.match, fitting[0], messages)


def _type_fit(module: Module, expectation: Expectation, error: ExpectedError) -> Fit:
    if expectation.type_node is None:
        return Fit.WRONG
    if any(isinstance(part, ast.Starred) for part in ast.walk(expectation.call)):
        return Fit.UNKNOWN
    return fit(module, expectation.type_node, error.type_name)


def _shown(error: ExpectedError) -> tuple[str, ...]:
    """The message as `str` may show it: a `KeyError` puts it into quotes."""
    message = error.message or ""
    return message, repr(message)


def _wrong_type(module: Module, expectation: Expectation, error: ExpectedError) -> Problem:
    place = expectation.type_node or expectation.call
    return module.problem(
        Code.RAISES_WRONG_TYPE,
        f"The case declares `{error.type_name}`, and this lets another type pass. Expect "
        f"`{error.type_name}` itself.",
        place,
    )


def _without_match(
    module: Module,
    test: GateTest,
    expectation: Expectation,
    error: ExpectedError,
    messages: list[str],
) -> Problem | None:
    if wrong := contradicting(module, test, expectation.call, messages):
        return _miss(module, wrong, error, None)
    if checks_message(test, expectation.call):
        return None
    end = module.span(expectation.call).end - 1
    edit = TextEdit(Span(end, end), f", match={_pattern(error)}")
    return module.problem(
        Code.RAISES_WITHOUT_MATCH,
        f"Any `{error.type_name}` passes here, whatever its message. Add a `match` for "
        f"{error.message!r}.",
        expectation.call,
        fix=Fix("Match the declared message", (edit,)) if len(expectation.call.args) == 1 else None,
    )


def _judge_match(
    module: Module, match: ast.expr, error: ExpectedError, messages: list[str]
) -> Problem | None:
    pattern = text_of(match, module)
    found = Match.UNKNOWN if pattern is None else hits(pattern, messages)
    fix = Fix("Match the declared message", (TextEdit(module.span(match), _pattern(error)),))
    if found is Match.MISSES or found is Match.INVALID:
        return _miss(module, match, error, fix)
    if found is Match.HITS_ANYTHING:
        return module.problem(
            Code.RAISES_WITHOUT_MATCH,
            f"This `match` finds itself in every message. Match {error.message!r}.",
            match,
            fix=fix,
        )
    return None


def _miss(module: Module, place: ast.AST, error: ExpectedError, fix: Fix | None) -> Problem:
    return module.problem(
        Code.MATCH_MISSES_MESSAGE,
        f"This does not match the declared message {error.message!r}. `match` is a regular "
        "expression: write the message and put `re.escape(...)` around it.",
        place,
        fix=fix,
    )


def _pattern(error: ExpectedError) -> str:
    escaped = re.escape(error.message or "").replace(r"\ ", " ")
    return f'r"{escaped}"' if '"' not in escaped and escaped.isprintable() else repr(escaped)
