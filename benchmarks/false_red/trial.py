"""Which tests pass on which implementation: a plain run of pytest, no verdict is asked."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Outcomes = dict[str, dict[str, str]]
"""By the name of the implementation, then by the test's id behind the file's name.

Beside pytest's own words: "raised" is a failure by another error than one of an assertion, "hung" a
test that was cut; no further test meets that implementation.
"""

_RECORDER = Path(__file__).with_name("recorder.py")


async def outcomes(
    folder: Path, module: str, tests: str, implementations: Mapping[str, str]
) -> Outcomes:
    """How each test of the text `tests` ends on each implementation of `module`.

    The names of the implementations are names of packages.
    """
    _write(folder, module, tests, implementations)
    await _pytest(folder)
    seen: Outcomes = {name: {} for name in implementations}
    recorded: dict[str, str] = json.loads((folder / "outcomes.json").read_text(encoding="utf-8"))
    for node_id, outcome in recorded.items():
        file, _, test = node_id.partition("::")
        seen[file.removeprefix("test_").removesuffix(".py")][test] = outcome
    return seen


def _write(folder: Path, module: str, tests: str, implementations: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in implementations.items():
        path = folder / name / f"{module.replace('.', '/')}.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        moved = tests.replace(module, f"{name}.{module}")
        (folder / f"test_{name}.py").write_text(moved, encoding="utf-8")
    (folder / "conftest.py").write_text(_RECORDER.read_text(encoding="utf-8"), encoding="utf-8")


async def _pytest(folder: Path) -> None:
    options = ("-q", "--tb=no", "-p", "no:cacheprovider", "--rootdir", ".")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "pytest", *options),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await process.wait()
