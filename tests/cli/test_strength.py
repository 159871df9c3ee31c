"""`--strength`: what nobody would notice, at the terminal and for machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.project import make_project, redfirst

if TYPE_CHECKING:
    from pathlib import Path


def test_a_change_that_no_test_notices_is_shown_and_then_held(tmp_path: Path) -> None:
    root = make_project(tmp_path / "shop")
    (root / "maths.py").write_text(
        "def half(number: int) -> int:\n    if number % 2:\n"
        '        raise ValueError("odd number")\n'
        "    return number // 2 if number < 10 else number // 2\n"
    )
    assert redfirst(root, "generate", "specs/half.yml", "--unsandboxed").code == 0
    said = redfirst(root, "cover", "specs", "--strength")
    assert said.code == 0
    assert "  maths.py:4 `<` changed to `<=`, and no test noticed\n" in said.out
    assert "changes noticed" in said.out.splitlines()[-2]
    with (root / "pyproject.toml").open("a") as settings:
        settings.write("strength = 100\n")
    checked = redfirst(root, "check", "--unsandboxed", "--format", "json")
    assert checked.code == 1
    (spec,) = json.loads(checked.out)["specs"]
    assert spec["strength"]["holds"] is False
    assert spec["strength"]["counts"]["survived"] > 0
    assert {problem["code"] for problem in spec["problems"]} == {"RF408", "RF409"}
