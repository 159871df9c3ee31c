"""Functions and cases of all folders that are open in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.project import SPEC
from tests.lsp.client import PULLING, editor
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path


def test_all_folders_and_what_is_not_saved(tmp_path: Path) -> None:
    one, other = make_project(tmp_path / "one"), make_project(tmp_path / "other")
    (other / "specs/deep").mkdir()
    (other / "specs/deep/third.yml").write_text(SPEC.replace("half", "third"))
    (other / "not_a_spec.yml").write_text(SPEC.replace("half", "halfway"))
    folders = [{"uri": each.as_uri(), "name": each.name} for each in (one, other)]

    def found(query: str) -> list[tuple[str, str, int]]:
        symbols: list[Any] = client.request("workspace/symbol", {"query": query})
        return [
            (each["name"], each["location"]["uri"], each["location"]["range"]["start"]["line"])
            for each in symbols
        ]

    with editor(one, PULLING, workspaceFolders=folders) as client:
        first = (one / "specs/half.yml").as_uri()
        halves = [("half", first, 0), ("half", (other / "specs/half.yml").as_uri(), 0)]
        assert found("half")[:2] == halves  # then cases that speak of halves
        assert len(found("EC-zero")) == 3
        assert found("third")[0] == ("third", (other / "specs/deep/third.yml").as_uri(), 0)
        client.open(one / "specs/half.yml", f"# new\n{SPEC.replace('half', 'halve')}")
        assert found("halve").count(("halve", first, 1)) == 1  # though it is on the disk, too
        assert len(found("EC-zero")) == 3
        symbol, *_ = client.request("workspace/symbol", {"query": "halve"})
        assert symbol["kind"] == 12
        assert found("no such name") == []


def test_no_more_than_somebody_reads(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    cases = "".join(f"  - number {number} -> {number}\n" for number in range(300))
    (project / "specs/half.yml").write_text(f"function: half\nedge_cases:\n{cases}")
    folders = [{"uri": project.as_uri(), "name": "project"}]
    with editor(project, PULLING, workspaceFolders=folders) as client:
        symbols = client.request("workspace/symbol", {"query": ""})
        assert len(symbols) == 200
        best = client.request("workspace/symbol", {"query": "number-299"})
        assert [each["name"] for each in best] == ["EC-number-299"]
