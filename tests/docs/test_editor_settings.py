"""What the page of the server says of its settings, the extension for VS Code lets be set."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.meta.documents import ROOT

# The client itself says these: from the editor's trust, and since it draws coverage.
SAID_BY_THE_CLIENT = {"trusted", "unnecessary_tag"}
# The server has no use for these.
OF_THE_CLIENT = {"server.path", "coverage.marks"}
# VS Code can tell whether there is a YAML server; unset it does.
FOUND_OUT = {"yaml_server"}
ROW = re.compile(r"^\| `(\w+)` \| (?:`([^`]+)`|unset) \| (.+) \|$", re.MULTILINE)


def documented() -> dict[str, tuple[Any, str]]:
    """Default and description of each setting."""
    page = (ROOT / "docs/lsp.md").read_text("utf-8")
    section = page.partition("\n## Settings\n")[2].partition("\n## ")[0]
    return {name: (json.loads(value or "null"), said) for name, value, said in ROW.findall(section)}


def offered() -> dict[str, Any]:
    """The properties that the extension contributes, without `redfirst.`."""
    package = json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))
    properties = package["contributes"]["configuration"]["properties"]
    assert all(name.startswith("redfirst.") for name in properties)
    return {name.removeprefix("redfirst."): value for name, value in properties.items()}


def test_vscode_offers_every_setting_and_no_other() -> None:
    assert set(offered()) - OF_THE_CLIENT == set(documented()) - SAID_BY_THE_CLIENT


def test_vscode_offers_the_same_defaults_and_words() -> None:
    for name, (default, said) in documented().items():
        if name in SAID_BY_THE_CLIENT:
            continue
        shown = offered()[name]
        assert shown["default"] == (None if name in FOUND_OUT else default), name
        words = {word for word in shown.get("enum", ()) if word is not None}
        quoted = set(re.findall(r'`"(\w+)"`', said))
        quoted |= {default} if isinstance(default, str) else set()
        assert words == quoted, name
