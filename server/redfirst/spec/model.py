"""The spec as frozen values: what a person wrote, and where each thing stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.spec.ranges import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value and the stretch of the spec's text that it was read from."""

    value: T
    span: Span


class ParameterKind(StrEnum):
    """How an argument reaches a parameter (`inspect.Parameter.kind`, as plain data)."""

    POSITIONAL_ONLY = "positional_only"
    POSITIONAL_OR_KEYWORD = "positional_or_keyword"
    VAR_POSITIONAL = "var_positional"
    KEYWORD_ONLY = "keyword_only"
    VAR_KEYWORD = "var_keyword"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; annotation and default are Python source as written."""

    name: str
    kind: ParameterKind
    annotation: str | None = None
    default: str | None = None


class MethodKind(StrEnum):
    """What the function is bound to; `FUNCTION` when it is not inside a class."""

    FUNCTION = "function"
    INSTANCE = "instance"
    CLASS = "class"
    STATIC = "static"


@dataclass(frozen=True, slots=True)
class Signature:
    """A parsed signature. `parameters` include `self` or `cls` where they were written.

    `source` is the normal form, always with the name: `async def name(a: int) -> str`.
    """

    source: str
    name: str
    parameters: tuple[Parameter, ...]
    returns: str | None
    is_async: bool
    method: MethodKind


class CaseKind(StrEnum):
    """Which list of the spec a case stands in."""

    EDGE_CASE = "edge_case"
    ERROR = "error"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class ExpectedError:
    """`raise Type("message")`: the type as a dotted name, the message when one is declared."""

    type_name: str
    message: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example. All texts are Python expressions.

    `given` binds names before the call, in order. Exactly one of `returns` and `raises` is set.
    `after` says what a name of `given` must equal once the call is over: how a function is
    judged that returns nothing and works on its arguments.
    """

    call: Located[str]
    returns: Located[str] | None
    raises: Located[ExpectedError] | None
    given: tuple[tuple[str, Located[str]], ...]
    after: tuple[tuple[str, Located[str]], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check that a person switched off for one case, and why."""

    check: Located[str]
    reason: Located[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One edge case, error or example of the contract.

    `text` is the one-line form that a person reads, white space folded. For an arrow line,
    `condition` and `outcome` are its halves. `error` is set when the outcome is `raise …`
    and could be parsed: such a case has a positive control without any example.
    """

    id: str
    kind: CaseKind
    text: Located[str]
    condition: str
    outcome: str
    error: ExpectedError | None
    examples: tuple[Example, ...]
    waivers: tuple[Waiver, ...]
    written_id: Located[str] | None
    span: Span


class TypeKind(StrEnum):
    """What a name under `types` stands for."""

    RECORD = "record"
    ENUM = "enum"
    ALIAS = "alias"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record; type and default are Python source."""

    name: str
    annotation: str
    default: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class TypeDefinition:
    """A data type that lives in the module under test.

    A record has `fields` (and is a dataclass, frozen when `frozen`). An enum has `members`, name
    to value source. An alias has `target`; for an exception `target` is its base class.
    """

    name: Located[str]
    kind: TypeKind
    fields: tuple[Field, ...] = ()
    frozen: bool = True
    members: tuple[tuple[str, str], ...] = ()
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What this spec asks for itself; `None` means: as the project says."""

    threshold: float | None = None
    strength: float | None = None
    timeout: float | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class MutantWaiver:
    """A change to the implementation that no test needs to notice, and why.

    `code` is the text of the line that is changed, `change` what is done to it, in the words in
    which it is reported.
    """

    code: Located[str]
    change: Located[str]
    reason: Located[str]


@dataclass(frozen=True, slots=True)
class Spec:
    """The whole contract of one function. Only the spec crosses the wall to the tests.

    `imports` are import statements (`from decimal import Decimal`) whose names the signature,
    the types and the examples may use.
    """

    function: Located[str]
    module: Located[str]
    signature: Located[Signature]
    behavior: Located[str]
    cases: tuple[Case, ...]
    types: tuple[TypeDefinition, ...]
    imports: tuple[Located[str], ...]
    settings: Settings
    mutant_waivers: tuple[MutantWaiver, ...] = ()

    @property
    def class_name(self) -> str | None:
        """`Class` of `Class.method`, else `None`."""
        return self.function.value.rpartition(".")[0] or None

    @property
    def import_name(self) -> str:
        """What a test imports from the module to reach the function."""
        return self.class_name or self.function.value

    def types_in_order(self) -> Iterator[TypeDefinition]:
        """As a module defines them: aliases last, they are evaluated and may name the others."""
        yield from (one for one in self.types if one.kind is not TypeKind.ALIAS)
        yield from (one for one in self.types if one.kind is TypeKind.ALIAS)

    def case(self, case_id: str) -> Case | None:
        """The case with that id."""
        return next((case for case in self.cases if case.id == case_id), None)

    def errors(self) -> Iterator[tuple[Case, ExpectedError]]:
        """The cases that declare an error, with it."""
        for case in self.cases:
            if case.error is not None:
                yield case, case.error


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Hashes of meaning: comments, quoting, order of keys and white space do not change them.

    `cases` maps the id of a case to the hash of the case together with everything that its test
    rests on (function, module, signature, types, imports), not the other cases.
    """

    spec: str
    cases: Mapping[str, str]
