"""What can be done with a spec and its tests as a whole: commands that a menu offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.lsp import commands
from redfirst.lsp.view import Kind
from redfirst.project.layout import find_implementation
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.lsp.view import View
    from redfirst.workflow.remarks import Remark


@dataclass(frozen=True, slots=True)
class Offer:
    """A command on the spec, and the findings that it mends."""

    title: str
    command: str
    mends: frozenset[Code] = frozenset()


_GENERATE: Final = Offer("Generate failing test", commands.GENERATE, frozenset({Code.TEST_MISSING}))
_REGENERATE: Final = Offer(
    "Regenerate test", commands.REGENERATE, frozenset({Code.STALE, Code.DRIFT})
)
_VERIFY: Final = Offer("Verify red", commands.VERIFY)
_STRENGTH: Final = Offer("Check test strength", commands.STRENGTH)
_SKELETON: Final = Offer("Create module skeleton", commands.SKELETON)


def offers(view: View, remarks: Iterable[Remark]) -> Iterator[Offer]:
    """What is of use now, given what there is to say of the view."""
    codes = {remark.code for remark in remarks}
    for offer in (_GENERATE, _REGENERATE):
        if offer.mends & codes:
            yield offer
    if Code.TEST_MISSING not in codes and _is_whole(view):
        yield _VERIFY
        if _is_green(view):
            yield _STRENGTH
    if _lacks_module(view):
        yield _SKELETON


def _is_whole(view: View) -> bool:
    return view.kind is Kind.TEST or (view.kind is Kind.SPEC and view.document.spec is not None)


def _is_green(view: View) -> bool:
    """Changes say nothing of tests that fail anyway."""
    run = view.run_report
    return run is not None and run.coverage is not None and run.coverage.complete


def _lacks_module(view: View) -> bool:
    spec = view.document.spec if view.kind is Kind.SPEC else None
    return spec is not None and not find_implementation(view.project, spec.module.value).exists
