"""What is known around a spec, as somebody who can look at files found it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CaseTest:
    """The test of a case. `behind` says in words why it does not stand for the case any more."""

    name: str
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """What verification says of the tests of a case; of several, of the worst.

    `word` is the verdict, `reason` ends a sentence that begins with "it", `stubs` maps the stubs
    that the test met to how it ended there. `tests` counts them.
    """

    word: str
    reason: str
    stubs: Mapping[str, str] = field(default_factory=dict[str, str])
    tests: int = 1


@dataclass(frozen=True, slots=True)
class CaseRun:
    """How the tests of a case ended on the implementation, and which lines of it they ran.

    `outcome` is pytest's word for the worst of them; `lines` count from 1, in order.
    """

    outcome: str
    path: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Paths are as a person should see them; `None` where nothing can be said.

    `stale` says that the tests were generated before the spec changed.

    `tests` maps the ids of cases to their tests, `verdicts` to what was found of these, `runs`
    to how they ended on the implementation. `outdated` says that there are verdicts, but of other
    content.
    """

    module_path: str | None = None
    module_exists: bool = False
    test_path: str | None = None
    test_exists: bool = False
    stale: bool = False
    tests: Mapping[str, CaseTest] = field(default_factory=dict[str, CaseTest])
    verdicts: Mapping[str, CaseVerdict] = field(default_factory=dict[str, CaseVerdict])
    runs: Mapping[str, CaseRun] = field(default_factory=dict[str, CaseRun])
    outdated: bool = False
