"""What an editor shows at a place, as lines that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.lsp.client import Client


SHOWN = 12


@dataclass(frozen=True)
class Place:
    """A cursor in an open text."""

    client: Client
    uri: str
    folder: Path
    text: str
    line: int
    column: int = 0

    @property
    def position(self) -> dict[str, int]:
        return {"line": self.line, "character": self.column}

    def ask(self, method: str, **more: Any) -> Any:
        return self.client.ask_about(method, self.uri, **more)

    def at(self, uri: str, line: int) -> str:
        """A line of a file of the project, and what stands there."""
        path = self.folder.__class__(unquote(urlsplit(uri).path)).relative_to(self.folder)
        text = (self.folder / path).read_text("utf-8").splitlines()
        return f"{path.as_posix()}: {text[line].strip() if line < len(text) else ''}"


def hover(place: Place) -> list[str]:
    said = place.ask("hover", position=place.position)
    return [] if said is None else said["contents"]["value"].splitlines()


def run(place: Place) -> list[str]:
    """Run the tests on the implementation; what comes below in the file is asked after that."""
    params = {"command": "redfirst.run", "arguments": [{"uri": place.uri}]}
    place.client.request("workspace/executeCommand", params)
    return [place.client.notified("window/showMessage")["message"]]


def completion(place: Place) -> list[str]:
    """The first ones; how many exceptions there are depends on the version of Python."""
    said = place.ask("completion", position=place.position) or []
    items = said["items"] if isinstance(said, dict) else said
    labels = [item["label"] for item in items]
    return labels if len(labels) <= SHOWN else [*labels[:SHOWN], "..."]


def actions(place: Place) -> list[str]:
    """Title and kind of each."""
    return [f"{each['title']} ({each.get('kind', 'command')})" for each in _actions(place)]


def change(place: Place) -> list[str]:
    """What the first action with an edit does to this text: lines that go, lines that come."""
    for each in _actions(place):
        edits = (each.get("edit") or {}).get("changes", {}).get(place.uri, [])
        if edits:
            return [f"{each['title']}:", *_difference(place.text, edits)]
    return []


def _actions(place: Place) -> list[dict[str, Any]]:
    here = {"start": place.position, "end": place.position}
    context = {"diagnostics": []}
    return place.ask("codeAction", range=here, context=context) or []


def _difference(text: str, edits: list[dict[str, Any]]) -> Iterator[str]:
    after = text
    for edit in sorted(edits, key=lambda each: _offset(text, each["range"]["start"]), reverse=True):
        start, end = (_offset(text, edit["range"][side]) for side in ("start", "end"))
        after = after[:start] + edit["newText"] + after[end:]
    old, new = text.splitlines(), after.splitlines()
    same = next((i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
    tail = 0
    while (
        old[len(old) - 1 - tail] == new[len(new) - 1 - tail]
        and tail < min(len(old), len(new)) - same
    ):
        tail += 1
    yield from (f"- {line}" for line in old[same : len(old) - tail])
    yield from (f"+ {line}" for line in new[same : len(new) - tail])


def _offset(text: str, position: dict[str, int]) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: position["line"]])) + position["character"]


def symbols(place: Place) -> list[str]:
    return list(_tree(place.ask("documentSymbol") or [], ""))


def _tree(found: list[dict[str, Any]], indent: str) -> Iterator[str]:
    for each in found:
        detail = f" ({each['detail']})" if each.get("detail") else ""
        yield f"{indent}{each['name']}{detail}"
        yield from _tree(each.get("children") or [], f"{indent}  ")


def definition(place: Place) -> list[str]:
    return _locations(place, "definition")


def implementation(place: Place) -> list[str]:
    return _locations(place, "implementation")


def references(place: Place) -> list[str]:
    return _locations(place, "references", context={"includeDeclaration": True})


def _locations(place: Place, method: str, **more: Any) -> list[str]:
    said = place.ask(method, position=place.position, **more) or []
    found = [said] if isinstance(said, dict) else said
    return [
        place.at(
            each.get("targetUri") or each["uri"],
            (each.get("targetSelectionRange") or each["range"])["start"]["line"],
        )
        for each in found
    ]


def lenses(place: Place) -> list[str]:
    """The titles of those in this line."""
    found = place.ask("codeLens") or []
    here = [each for each in found if each["range"]["start"]["line"] == place.line]
    return [_resolved(place, each)["command"]["title"] for each in here]


def _resolved(place: Place, lens: dict[str, Any]) -> dict[str, Any]:
    return lens if "command" in lens else place.client.request("codeLens/resolve", lens)


def hints(place: Place) -> list[str]:
    """Those in this line."""
    end = {"line": place.line + 1, "character": 0}
    found = place.ask(
        "inlayHint", range={"start": {"line": place.line, "character": 0}, "end": end}
    )
    here = [each for each in found or [] if each["position"]["line"] == place.line]
    return [_label(each["label"]) for each in here]


def _label(label: Any) -> str:
    text = label if isinstance(label, str) else "".join(part["value"] for part in label)
    return text.strip()


def links(place: Place) -> list[str]:
    """Where those in this line lead."""
    found = place.ask("documentLink") or []
    here = [each for each in found if each["range"]["start"]["line"] == place.line]
    return [place.at(each["target"], 0) for each in here]


def rename(place: Place) -> list[str]:
    """What may be renamed here: the words that are offered to be changed."""
    said = place.ask("prepareRename", position=place.position)
    return [] if said is None else [said["placeholder"]]


ANSWERS: dict[str, Callable[[Place], list[str]]] = {
    each.__name__: each
    for each in (
        hover, completion, actions, change, symbols, definition, implementation, references, lenses,
        hints, links, rename, run,
    )
}  # fmt: skip
