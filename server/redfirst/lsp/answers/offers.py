"""What can be done with a spec and its tests as a whole: commands that a menu offers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.lsp import command_names
from redfirst.lsp.connection.offer import COMMAND
from redfirst.lsp.state.model_choice import choose_model, usual_provider
from redfirst.lsp.state.view import Kind
from redfirst.project.layout import find_implementation
from redfirst.project.settings import EXAMPLES
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from redfirst.lsp.state.model_choice import ModelChoice
    from redfirst.lsp.state.view import View
    from redfirst.workflow.remarks import Remark


@dataclass(frozen=True, slots=True)
class Offer:
    """A command on the spec, and the findings that it mends.

    `more` is told to the command beside the file. `missing` says why it cannot be done, in a
    sentence; `None`: it can.
    """

    title: str
    command: str
    mends: frozenset[Code] = frozenset()
    kind: types.CodeActionKind | str = COMMAND
    more: Mapping[str, object] = field(default_factory=dict[str, object])
    missing: str | None = None


_GENERATE: Final = Offer(
    "Generate failing test", command_names.GENERATE, frozenset({Code.TEST_MISSING})
)
_REGENERATE: Final = Offer(
    "Regenerate test", command_names.REGENERATE, frozenset({Code.STALE, Code.DRIFT})
)
_VERIFY: Final = Offer("Verify red", command_names.VERIFY)
_STRENGTH: Final = Offer("Check test strength", command_names.STRENGTH)
_SKELETON: Final = Offer("Create module skeleton", command_names.SKELETON)
_REFACTOR: Final = Offer(
    "Refactor with a model", command_names.REFACTOR, kind=types.CodeActionKind.RefactorRewrite
)
_CANNOT_SHOW: Final = (
    "This editor cannot show a change before it is made. On the command line `redfirst refactor` "
    "shows it."
)


def offers(view: View, remarks: Iterable[Remark]) -> Iterator[Offer]:
    """What is of use now, given what there is to say of the view."""
    codes = {remark.code for remark in remarks}
    for offer in (_GENERATE, _REGENERATE):
        if offer.mends & codes:
            yield from _by_each(view, offer)
    if Code.TEST_MISSING not in codes and _is_whole(view):
        yield _VERIFY
        if _is_green(view):
            yield _STRENGTH
            yield from _refactorings(view)
    if _lacks_module(view):
        yield _SKELETON


def offers_on_code(view: View) -> Iterator[Offer]:
    """What can be done with an implementation, given what its tests say of it."""
    specs = list(view.green_specs())
    if _is_wholly_green(view):
        yield _STRENGTH
    for spec in specs:
        offer = replace(_offered_refactoring(view), more={"uri": view.uri_of(spec)})
        shown = view.project.relative(spec)
        yield replace(offer, title=f"{offer.title}, by `{shown}`") if specs[1:] else offer


def _by_each(view: View, offer: Offer) -> Iterator[Offer]:
    """Written by whoever usually does, and by the other: a model, or the examples."""
    from_examples = replace(
        offer, title=f"{offer.title} from the examples", more={"provider": EXAMPLES}
    )
    if usual_provider(view.settings, view.project) == EXAMPLES:
        yield offer
        yield from _by_model(view, offer)
    else:
        yield from _by_model(view, offer)
        yield from_examples


def _by_model(view: View, offer: Offer) -> Iterator[Offer]:
    """Also asked anew, where its last answer fell short: else that one would be looked at again."""
    choice = _choice(view)
    more = {"provider": choice.provider}
    title = f"{offer.title} with a model"
    yield replace(offer, title=title, more=more, missing=choice.missing)
    if view.draft_report is not None and choice.missing is None:
        yield replace(offer, title=f"{title}, asking anew", more={**more, "again": True})


def _refactorings(view: View) -> Iterator[Offer]:
    run = view.run_report
    if run is not None and run.is_green:
        yield _offered_refactoring(view)


def _offered_refactoring(view: View) -> Offer:
    shows = view.client.applies_edits and view.client.annotates_edits
    return replace(_REFACTOR, missing=_choice(view).missing if shows else _CANNOT_SHOW)


def _choice(view: View) -> ModelChoice:
    return choose_model(view.client, view.settings, view.project, view.vault.key)


def _is_whole(view: View) -> bool:
    return view.kind is Kind.TEST or (view.kind is Kind.SPEC and view.document.spec is not None)


def _is_green(view: View) -> bool:
    """Changes say nothing of tests that fail anyway."""
    run = view.run_report
    return run is not None and run.coverage is not None and run.coverage.complete


def _is_wholly_green(view: View) -> bool:
    """The same of all specs of an implementation, whether or not they reach enough of it."""
    marks = view.marks
    is_of_now = marks is not None and not marks.stale
    return is_of_now and view.shown is not None and view.shown.measured.coverage.holds is not None


def _lacks_module(view: View) -> bool:
    spec = view.document.spec if view.kind is Kind.SPEC else None
    return spec is not None and not find_implementation(view.project, spec.module.value).exists
