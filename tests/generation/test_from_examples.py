"""Each way to write an example, and the statements that come of it."""

from __future__ import annotations

import ast
from dataclasses import replace
from textwrap import dedent

import pytest

from redfirst.generation.from_examples import write_tests
from redfirst.generation.links import linked_tests
from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from redfirst.spec.problem import Severity
from tests.generation.example_specs import body_of_test, read, spec_of

POINT = "types:\n  Point: {x: float, y: int, tag: \"str = 'p'\"}\n"


def check(
    example: str, *lines: str, signature: str = "f(a: int, b: int = 0) -> int", top: str = ""
) -> None:
    """One case with one example (a YAML mapping): its test's statements."""
    body = body_of_test(
        f"- case: x -> y\n  examples:\n    - {example}", signature=signature, top=top
    )
    assert body.splitlines() == list(lines)


@pytest.mark.parametrize(
    ("returns", "line"),
    [
        ("1", "assert f(1) == 1"),
        ("1_000_00", "assert f(1) == 1_000_00"),
        ("true", "assert f(1) is True"),
        ("'False'", "assert f(1) is False"),
        ("null", "assert f(1) is None"),
        ("'None'", "assert f(1) is None"),
        ('"[True, None]"', "assert f(1) == [True, None]"),
        ("\"'it'\"", 'assert f(1) == "it"'),
        ('"\'say \\"x\\"\'"', "assert f(1) == 'say \"x\"'"),
        ("1.5", "assert f(1) == pytest.approx(1.5)"),
        ("'-0.5'", "assert f(1) == pytest.approx(-0.5)"),
        ("'1 / 3'", "assert f(1) == pytest.approx(1 / 3)"),
        ("'[0.1, 2]'", "assert f(1) == pytest.approx([0.1, 2])"),
        ("'[[0.1], [2]]'", "assert f(1) == [pytest.approx([0.1]), [2]]"),
        ("\"(0.1, 'a')\"", 'assert f(1) == (pytest.approx(0.1), "a")'),
        ("\"{'a': 0.1}\"", 'assert f(1) == pytest.approx({"a": 0.1})'),
        ("\"{'a': (1, 0.1)}\"", 'assert f(1) == {"a": pytest.approx((1, 0.1))}'),
        ("\"float('nan')\"", 'assert f(1) == pytest.approx(float("nan"), nan_ok=True)'),
        ("10 ** 18", "assert f(1) == 10**18"),
        ("'[ 1,2 ][ 0 ]'", "assert f(1) == [1, 2][0]"),
        ("'a < b'", "assert f(1) == (a < b)"),
        ("'lambda: 3'", "assert f(1) == (lambda: 3)"),
    ],
)
def test_values(returns: str, line: str) -> None:
    check(f"{{call: f(1), returns: {returns}}}", line)


def test_a_function_that_returns_a_float_is_never_compared_exactly() -> None:
    check(
        "{call: f(1), returns: 2}",
        "assert f(1) == pytest.approx(2)",
        signature="f(a: int) -> float",
    )


def test_a_decimal_from_a_string_is_exact() -> None:
    check(
        "{call: f(1), returns: \"Decimal('0.1')\"}",
        'assert f(1) == Decimal("0.1")',
        top="imports: [from decimal import Decimal]\n",
    )


def test_a_record_without_floats_is_compared_whole() -> None:
    check('{call: f(1), returns: "[Point(1, 2)]"}', "assert f(1) == [Point(1, 2)]", top=POINT)


def test_a_record_with_a_float_is_compared_field_by_field() -> None:
    check(
        '{call: f(1), returns: "(Point(1, y=2), Point(0.1, 2))"}',
        "result = f(1)",
        "assert type(result) is tuple",
        "assert len(result) == 2",
        "assert result[0] == Point(1, y=2)",
        "assert type(result[1]) is Point",
        "assert result[1].x == pytest.approx(0.1)",
        "assert result[1].y == 2",
        'assert result[1].tag == "p"',
        top=POINT,
    )


def test_a_variable_of_the_example_is_not_overwritten() -> None:
    check(
        '{given: {result: "3"}, call: f(result), returns: "Point(0.1, result)"}',
        "result = 3",
        "result_ = f(result)",
        "assert type(result_) is Point",
        "assert result_.x == pytest.approx(0.1)",
        "assert result_.y == result",
        'assert result_.tag == "p"',
        top=POINT,
    )


def test_given_names_that_would_hide_the_modules_names_get_others() -> None:
    check(
        "{given: {f: '[1]', re: f, x: 're'}, call: f.append(x), returns: None, after: {f: '[1]'}}",
        "f_ = [1]",
        "re_ = f_",
        "x = re_",
        "f_.append(x)",
        "assert f_ == [1]",
    )


def test_what_must_hold_afterwards() -> None:
    check(
        "{given: {xs: '[2, 1]'}, call: f(xs), returns: None, after: {xs: '[1, 2]'}}",
        "xs = [2, 1]",
        "f(xs)",
        "assert xs == [1, 2]",
    )
    check(
        "{given: {xs: '[2, 1]'}, call: f(xs), returns: 2, after: {xs: '[1.5]'}}",
        "xs = [2, 1]",
        "assert f(xs) == 2",
        "assert xs == pytest.approx([1.5])",
    )


@pytest.mark.parametrize(
    ("returns", "expected", "line"),
    [
        ("Iterator[int]", "[1]", "assert list(f(1)) == [1]"),
        ("collections.abc.Generator[int, None, None]", "(1,)", "assert tuple(f(1)) == (1,)"),
        ("Iterable[int]", "[n for n in x]", "assert list(f(1)) == [n for n in x]"),
        ("Iterator[int]", "range(1)", "assert f(1) == range(1)"),
        ("list[int]", "[1]", "assert f(1) == [1]"),
    ],
)
def test_generators_are_run_to_their_end(returns: str, expected: str, line: str) -> None:
    check(f'{{call: f(1), returns: "{expected}"}}', line, signature=f"f(a: int) -> {returns}")


@pytest.mark.parametrize(
    ("call", "left"),
    [
        ("f(1)", "asyncio.run(f(1))"),
        ("await f(1)", "asyncio.run(f(1))"),
        ("asyncio.run(f(1))", "asyncio.run(f(1))"),
        ("(await f(1)).name", "asyncio.run(f(1)).name"),
        ("f(1)[0]", "asyncio.run(f(1))[0]"),
    ],
)
def test_coroutines_are_awaited(call: str, left: str) -> None:
    check(
        f'{{call: "{call}", returns: 2}}',
        f"assert {left} == 2",
        signature="async def f(a: int) -> int",
    )


def test_an_asynchronous_generator_is_collected() -> None:
    spec = spec_of(
        "- {case: x -> y, examples: [{call: f(1), returns: '[1]'}]}",
        signature="async def f(a: int) -> AsyncIterator[int]",
    )
    body = write_tests(spec).body
    assert "    assert asyncio.run(collect_items(f(1))) == [1]\n" in body
    namespace: dict[str, object] = {}
    source = "async def f(a):\n    yield a\n" + body.replace("from lib import f\n", "")
    exec(source, namespace)
    test = namespace["test_x"]
    assert callable(test)
    test()


@pytest.mark.parametrize(
    ("raises", "context"),
    [
        ('ValueError("a.b")', 'pytest.raises(ValueError, match=re.escape("a.b"))'),
        ("ValueError", "pytest.raises(ValueError)"),
        ('ValueError("")', 'pytest.raises(ValueError, match="^$")'),
        ('json.JSONDecodeError("x")', 'pytest.raises(json.JSONDecodeError, match=re.escape("x"))'),
    ],
)
def test_errors(raises: str, context: str) -> None:
    check(
        f"{{call: f(1), raises: '{raises}'}}",
        f"with {context}:",
        "    f(1)",
        top="imports: [import json]\n",
    )


def error_spec(example: str) -> str:
    return (
        "function: f\nmodule: lib\nsignature: 'f(a: int) -> int'\n"
        "behavior: Do something that is worth a whole sentence.\n"
        f"errors:\n  - case: 'bad -> raise ValueError(\"no\")'\n    examples: [{example}]\n"
    )


def test_an_example_of_an_error_case_may_leave_the_error_out() -> None:
    spec = read(error_spec("{call: f(1), raises: ValueError}"))
    [case] = spec.cases
    [example] = case.examples
    silent = replace(case, examples=(replace(example, raises=None),))
    for given in (spec, replace(spec, cases=(silent,))):
        assert 'with pytest.raises(ValueError, match=re.escape("no")):' in write_tests(given).body


ROWS = """
- case: rows -> answers
  examples:
    - {call: "f(1, b=2)", returns: 3}
    - {call: "f(2, b=2)", returns: 4}
"""


def test_calls_of_one_shape_become_rows() -> None:
    body = write_tests(spec_of(ROWS)).body
    assert body.endswith(
        dedent(
            '''\
            @pytest.mark.parametrize(
                ("a", "b", "expected"),
                [
                    (1, 2, 3),
                    (2, 2, 4),
                ],
            )
            def test_rows(a: int, b: int, expected: int) -> None:
                """EC-rows: rows -> answers"""
                assert f(a, b=b) == expected
            '''
        )
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{call: f(1), returns: 1}", "{call: 'f(1, 2)', returns: 1}"),
        ("{call: f(1), returns: 1}", "{call: f(a=2), returns: 1}"),
        ("{call: f(1), returns: 1}", "{call: 'abs(f(2))', returns: 1}"),
        ("{call: f(1), returns: 1}", "{call: f(2), returns: null}"),
        ("{call: f(1), returns: 1}", "{call: f(2), returns: true}"),
        ("{call: f(1), returns: 1}", "{call: f(2), raises: ValueError}"),
        ("{call: f(1), raises: TypeError}", "{call: f(2), raises: ValueError}"),
        ("{call: f(1), returns: 1}", "{call: f(2), returns: 'f(2)'}"),
        ("{call: f(1), returns: 1}", "{call: 'f(*[1])', returns: 1}"),
        ("{call: f(1), returns: 1}", "{call: f(x), returns: 1, given: {x: 1}}"),
        ("{call: f(f(1)), returns: 1}", "{call: f(f(2)), returns: 1}"),
        ("{call: f(), returns: 1}", "{call: f(), returns: 1}"),
    ],
)
def test_other_examples_stand_one_below_the_other(first: str, second: str) -> None:
    body = write_tests(spec_of(f"- case: x -> y\n  examples:\n    - {first}\n    - {second}")).body
    assert "parametrize" not in body
    assert body.count("f(") >= 2
    assert len(linked_tests(body)) == 1


def test_a_case_without_an_example_is_said_and_not_faked() -> None:
    text = (
        "function: f\nmodule: lib\nsignature: 'f(a: int) -> int'\n"
        "behavior: Do something that is worth a whole sentence.\nedge_cases:\n"
        "  - one -> two\n  - {case: two -> three, examples: [{call: f(2), returns: 3}]}\n"
    )
    draft = write_tests(read(text))
    assert draft.answered == ("EC-two",)
    [problem] = draft.problems
    assert (problem.code, problem.severity, problem.case) == (
        Code.NEEDS_EXAMPLE,
        Severity.ERROR,
        "EC-one",
    )
    assert "one -> two" in problem.span.of(text)
    assert "EC-one" not in draft.body


def test_a_spec_without_examples_gives_a_module_without_tests() -> None:
    draft = write_tests(spec_of("- a -> b\n- c -> d"))
    assert draft.body == '"""Tests of lib.f."""\n'
    assert draft.answered == ()
    assert len(draft.problems) == 2


def test_only_what_is_used_is_imported_and_in_order() -> None:
    top = """\
    imports:
      - import zlib, json as j
      - from decimal import ROUND_UP, localcontext, Decimal
      - from lib.other import helper
      - import numpy as np
      - from datetime import date, timedelta
    types:
      Zed: int
      Apple: exception
    """
    cases = """
    - case: x -> y
      examples:
        - call: f(helper(Decimal(j), ROUND_UP, localcontext), np)
          returns: "[Zed, stranger, date]"
        - {call: f(1), raises: Apple}
    """
    body = write_tests(spec_of(cases, top=top)).body
    assert body.partition("\n\n\n")[0] == dedent(
        '''\
        """Tests of lib.f."""

        import json as j
        from datetime import date
        from decimal import ROUND_UP, Decimal, localcontext

        import numpy as np
        import pytest

        from lib import Apple, Zed, f, stranger
        from lib.other import helper'''
    )


def test_names_of_tests_are_unique_and_valid() -> None:
    cases = """
    - {case: a -> b, id: "EC-one", examples: [{call: f(1), returns: 1}]}
    - {case: b -> c, id: "ER-one", examples: [{call: f(2), returns: 1}]}
    - {case: c -> d, id: "one.2", examples: [{call: f(3), returns: 1}]}
    - {case: d -> e, id: "1st", examples: [{call: f(4), returns: 1}]}
    """
    names = [test.name for test in linked_tests(write_tests(spec_of(cases)).body)]
    assert names == ["test_one", "test_one_2", "test_one_2_2", "test_1st"]


@pytest.mark.parametrize(
    "call",
    [
        "f((lambda x: x)(1))",
        "f([x for x in range(3) if x])",
        "f({**{'a': 1}, 'b': [2]})",
        "f(x[1:2, ::3])",
        "f(-1 ** 2, (2 ** 3) ** 2, 0xFF, 1e3, 2j, (1).real)",
        "f(not a or b and c)",
        "f(b'x', r'\\d', 'a' 'b', '''t''', u'x')",
        "f(f'{a!r:>{b}} {{}}')",
        "f(*a, **b)",
        "f(a if b else c)",
        "f('\\'', '\"', '\\\\', '\\n')",
        "f(...)",
        "f((yield_ := 3), (1,), ())",
        "f(a, b)(c).d[e]",
        "f(" + "'a long string of words', " * 6 + ")",
        "f([["
        + "123456789, " * 12
        + "], {'key': ("
        + "'value', " * 12
        + ")}], b="
        + "x" * 90
        + ")",
    ],
)
@pytest.mark.parametrize("outcome", ["returns", "raises"])
def test_any_expression_keeps_its_meaning(call: str, outcome: str) -> None:
    spec = spec_of("- {case: x -> y, examples: [{call: f(1), returns: 1}]}")
    [case] = spec.cases
    [example] = case.examples
    example = replace(example, call=replace(example.call, value=call))
    if outcome == "raises":
        error = read(error_spec("{call: f(1), raises: ValueError}")).cases[0].examples[0].raises
        example = replace(example, returns=None, raises=error)
    spec = replace(spec, cases=(replace(case, examples=(example,)),))
    tree = ast.parse(write_tests(spec).body)
    wanted = ast.dump(ast.parse(call, mode="eval").body).replace(", kind='u'", "")
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
    assert wanted in {ast.dump(node) for node in nodes}


def test_an_example_that_is_no_python_is_no_example() -> None:
    document = read_spec(error_spec("{call: 'f(', raises: ValueError}"))
    if document.spec is not None and document.spec.cases[0].examples:
        [problem] = write_tests(document.spec).problems
        assert "can be read" in problem.message
