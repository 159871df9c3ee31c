"""Neovim, VS Code and Emacs, by the capabilities that pytest-lsp has recorded of them.

pytest-lsp has an environment of its own: as a plugin of ours it would be loaded by every pytest
that a test starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.project import SPEC
from tests.lsp.project import make_project
from tests.support.environments import python_with

PYTEST_LSP = ("pytest-lsp==1.0.1", "pytest-asyncio==1.5.0", "pytest==9.2.0")
TESTS = Path(__file__).with_name("editor_profiles.py")
BROKEN = SPEC.replace("function:", "functoin:")


def test_each_editor_gets_diagnostics_fixes_hover_and_completion(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    (project / "specs/broken.yml").write_text(BROKEN, encoding="utf-8")
    done = subprocess.run(
        [
            *(python_with(PYTEST_LSP), "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-c", os.devnull, "--rootdir", tmp_path, "--import-mode=importlib"),
            *("-o", "asyncio_default_fixture_loop_scope=function"),
            *("-W", "error::pytest_lsp.LspSpecificationWarning", TESTS),
        ],
        cwd=tmp_path,
        env=os.environ | {"PROJECT": str(project), "REDFIRST_PYTHON": sys.executable},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "9 passed" in done.stdout
