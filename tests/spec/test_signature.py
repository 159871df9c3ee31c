"""Signatures as people write them."""

from __future__ import annotations

import sys

import pytest

from redfirst.spec.model import MethodKind, Parameter, ParameterKind, Signature
from redfirst.spec.signature import SignatureFault, parse_signature


def parsed(source: str, function: str = "f") -> Signature:
    signature = parse_signature(source, function)
    assert isinstance(signature, Signature), signature
    return signature


@pytest.mark.parametrize(
    "source",
    [
        "(a: int) -> str",
        "f(a: int) -> str",
        "def f(a: int) -> str",
        "def f(a: int) -> str:",
        "def f(a: int) -> str: ...",
        "  f ( a:int )->str\n",
        "f(\n    a: int,\n) -> str",
    ],
)
def test_all_ways_to_write_it_have_one_normal_form(source: str) -> None:
    assert parsed(source).source == "def f(a: int) -> str"
    assert parsed(source) == parsed("f(a: int) -> str")


def test_every_kind_of_parameter() -> None:
    kind = ParameterKind
    source = "f(a, /, b: int, *rest: str, key: float | None = None, **more) -> 'Entry'"
    signature = parsed(source)
    assert signature.parameters == (
        Parameter("a", kind.POSITIONAL_ONLY),
        Parameter("b", kind.POSITIONAL_OR_KEYWORD, "int"),
        Parameter("rest", kind.VAR_POSITIONAL, "str"),
        Parameter("key", kind.KEYWORD_ONLY, "float | None", "None"),
        Parameter("more", kind.VAR_KEYWORD),
    )
    assert signature.returns == "'Entry'"


def test_defaults_belong_to_the_last_positional_parameters() -> None:
    defaults = [each.default for each in parsed('f(a, b=1, /, c="x", *, d, e=[0])').parameters]
    assert defaults == [None, "1", '"x"', None, "[0]"]


def test_annotations_stay_as_written_but_on_one_line() -> None:
    signature = parsed('f(a: "Entry", b: dict[str,\n  int], é: list["X"])')
    assert [each.annotation for each in signature.parameters] == [
        '"Entry"',
        "dict[str, int]",
        'list["X"]',
    ]


def test_a_coroutine() -> None:
    signature = parsed("async def f(a)")
    assert signature.is_async
    assert signature.source == "async def f(a)"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("add(self, item: str) -> None", MethodKind.INSTANCE),
        ("Basket.add(self, item: str) -> None", MethodKind.INSTANCE),
        ("add(cls)", MethodKind.CLASS),
        ("@classmethod\ndef add(kind)", MethodKind.CLASS),
        ("@staticmethod def add(item)", MethodKind.STATIC),
        ("staticmethod add(item)", MethodKind.STATIC),
        ("add(item: str)", MethodKind.STATIC),
        ("add(self, /)", MethodKind.INSTANCE),
    ],
)
def test_what_a_method_is_bound_to(source: str, kind: MethodKind) -> None:
    signature = parsed(source, "Basket.add")
    assert (signature.method, signature.name) == (kind, "add")


def test_outside_a_class_self_is_a_parameter_like_any_other() -> None:
    assert parsed("f(self)").method is MethodKind.FUNCTION


def test_the_name_that_was_written_is_kept_even_when_it_is_another() -> None:
    assert parsed("g(a)").name == "g"
    assert parsed("Other.add(self)", "Basket.add").name == "Other.add"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the syntax of Python 3.12")
def test_type_parameters_where_python_reads_them() -> None:
    assert parsed("f[T](a: T) -> T").source == "def f[T](a: T) -> T"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python 3.12 reads them")
def test_type_parameters_where_python_does_not() -> None:
    fault = parse_signature("f[T](a: T) -> T", "f")
    assert isinstance(fault, SignatureFault)
    assert "Python 3.12" in fault.message


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("f(a: int -> str", "-> str"),
        ("f(a, a)", "a)"),
        ("f(first, b=(yield))", "yield))"),
        ("@property\ndef f(self)", "@property\ndef f(self)"),
        ("  f(a) b", "b"),
        ("a: int -> str", ""),
        ("", ""),
        ("class(a)", "class(a)"),
        ("f(a: int): return 1", ": return 1"),
        ("f(a): pass\nimport os", ": pass\nimport os"),
    ],
)
def test_a_fault_points_into_the_source(source: str, part: str) -> None:
    fault = parse_signature(source, "f")
    assert isinstance(fault, SignatureFault)
    assert source[fault.offset :] == part
    assert fault.message.endswith(".")


@pytest.mark.parametrize(
    "source",
    [
        "f\0(a)",
        "f(a='\ud800')",
        "f(" + "(" * 5000,
        "f(a=" + "-" * 50_000 + "1)",
        "f(a=" + "1+" * 50_000 + "1)",
        "f(a: " + "x[" * 150 + "]" * 150 + ")",
        "f(a=" + "9" * 5000 + ")",
        "f(a='\\d')",
        "async",
        "@",
        ")(",
        ":",
    ],
)
def test_no_text_makes_it_raise(source: str) -> None:
    result = parse_signature(source, "f")
    if isinstance(result, SignatureFault):
        assert 0 <= result.offset <= len(source)
