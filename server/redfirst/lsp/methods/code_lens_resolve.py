"""`codeLens/resolve`: what a lens says, and what happens on a click."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from lsprotocol import types

from redfirst.lsp import command_names
from redfirst.lsp.answers.locations import in_implementation, in_spec, in_test
from redfirst.lsp.answers.standpoint import standpoints
from redfirst.lsp.answers.surroundings import surroundings
from redfirst.lsp.methods.code_lens import COMMANDS
from redfirst.spec.ide.lenses import Lens, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redfirst.lsp.answers.standpoint import Standpoint
    from redfirst.lsp.state.view import View

_DESTINATIONS: Final[dict[Lens, Callable[[View, Standpoint], Iterable[types.Location]]]] = {
    Lens.OPEN_TEST: in_test,
    Lens.OPEN_CODE: in_implementation,
    Lens.OPEN_SPEC: in_spec,
}
# Words without a click.
_NOTHING: Final = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Which lens it is, of which text."""

    uri: str
    lens: Lens


def read_data(data: object) -> Unresolved | None:
    """What `codeLens` put into a lens, if a client has kept it."""
    if isinstance(data, dict):
        values = cast("dict[str, Any]", data)
        with suppress(KeyError, ValueError):
            return Unresolved(str(values["uri"]), Lens(values["lens"]))
    return None


def code_lens_resolve(view: View, lens: types.CodeLens) -> types.CodeLens:
    """The lens with its words as they are now."""
    data = read_data(lens.data)
    if data is not None:
        lens.command = _command(view, data.lens, lens)
    return lens


def _command(view: View, lens: Lens, unresolved: types.CodeLens) -> types.Command:
    offset = view.places.offset(unresolved.range.start)
    at = next(iter(standpoints(view, offset)), None)
    if at is None:
        return types.Command(title=_of_nothing(lens), command=_NOTHING)
    command = COMMANDS[lens]
    if lens is Lens.OPEN_SPEC:
        case = at.case.id if at.case else ""
        words = f"from {view.project.relative(at.path)}: {case}"
    else:
        words = title(lens, surroundings(view, at.neighbours))
    if command != command_names.OPEN:
        can = view.settings.trusted and command in command_names.ALL
        return types.Command(
            title=words, command=command if can else _NOTHING, arguments=[{"uri": view.uri}]
        )
    place = next(iter(_DESTINATIONS[lens](view, at)), None)
    if place is None or not view.client.shows_documents:
        return types.Command(title=words, command=_NOTHING)
    arguments = [{"uri": place.uri, "range": _plain(place.range)}]
    return types.Command(title=words, command=command, arguments=arguments)


def _of_nothing(lens: Lens) -> str:
    return (
        "its case is not in the spec any more" if lens is Lens.OPEN_SPEC else "not there any more"
    )


def _plain(place: types.Range) -> dict[str, dict[str, int]]:
    return {
        name: {"line": each.line, "character": each.character}
        for name, each in (("start", place.start), ("end", place.end))
    }
