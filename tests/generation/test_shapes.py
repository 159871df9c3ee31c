"""Whole modules, from the spec to a real run of pytest.

Each folder of `shapes/` holds a spec, the module that is written from it (`expected.txt`), and an
implementation. `REDFIRST_UPDATE=1 pytest tests/generation/test_shapes.py` writes the modules anew.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from redfirst.generation.from_examples import write_tests
from redfirst.generation.gate import check_module
from redfirst.generation.links import linked_tests
from redfirst.generation.provenance import body_of, has_drifted, is_current
from redfirst.spec.codes import Code
from redfirst.spec.fingerprint import fingerprints
from tests.generation.example_specs import SHAPES, generated, read

NAMES = sorted(path.name for path in SHAPES.iterdir() if path.is_dir())


def shape(name: str, file: str) -> str:
    return (SHAPES / name / file).read_text(encoding="utf-8")


def module_of(name: str) -> str:
    return generated(read(shape(name, "spec.yml")), f"specs/{name}.yml")


@pytest.mark.parametrize("name", NAMES)
def test_the_module_is_the_one_that_we_want_to_read(name: str) -> None:
    body = body_of(module_of(name))
    if os.environ.get("REDFIRST_UPDATE"):
        (SHAPES / name / "expected.txt").write_text(body, encoding="utf-8")
    assert body == shape(name, "expected.txt")


@pytest.mark.parametrize("name", NAMES)
def test_generating_again_gives_the_same_text(name: str) -> None:
    spec = read(shape(name, "spec.yml"))
    text = module_of(name)
    assert text == module_of(name)
    assert is_current(text, f"specs/{name}.yml", fingerprints(spec))
    assert not is_current(text, "specs/other.yml", fingerprints(spec))


@pytest.mark.parametrize("name", NAMES)
def test_every_case_with_an_example_is_linked_to_one_test(name: str) -> None:
    spec = read(shape(name, "spec.yml"))
    linked = [(test.case, test.title) for test in linked_tests(module_of(name))]
    assert linked == [(case.id, case.text.value) for case in spec.cases if case.examples]


@pytest.mark.parametrize("name", NAMES)
def test_the_gate_has_nothing_against_it(name: str) -> None:
    spec = read(shape(name, "spec.yml"))
    found = check_module(module_of(name), spec, frozenset())
    unanswered = {problem.case for problem in write_tests(spec).problems}
    assert {(one.code, one.case) for one in found} == {
        (Code.CASE_WITHOUT_TEST, case) for case in unanswered
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with every module of the shapes implemented and its generated tests."""
    root = tmp_path_factory.mktemp("project")
    for name in NAMES:
        spec = read(shape(name, "spec.yml"))
        path = root / Path(*spec.module.value.split(".")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(shape(name, "implementation.txt"), encoding="utf-8")
        (root / f"test_{name}.py").write_text(module_of(name), encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def outcomes(root: Path) -> tuple[set[str], dict[str, int]]:
    """The names of the tests that pytest ran, and how many ended how."""
    result = run(root, "pytest", "-rA", "-q", "-W", "error", "-p", "no:cacheprovider")
    found = re.findall(r"^(PASSED|FAILED|ERROR) (\S+?::\w+)", result.stdout, re.MULTILINE)
    counts = {word: sum(one == word for one, _ in found) for word in ("PASSED", "FAILED", "ERROR")}
    assert found, result.stdout
    return {name for _, name in found}, counts


def expected_names() -> set[str]:
    return {
        f"test_{name}.py::{test.name}" for name in NAMES for test in linked_tests(module_of(name))
    }


def test_a_right_implementation_is_green(project: Path) -> None:
    names, counts = outcomes(project)
    assert names == expected_names()
    assert (counts["FAILED"], counts["ERROR"]) == (0, 0)


def test_an_unwritten_implementation_is_red_in_every_test(project: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(project, root)
    for name in NAMES:
        spec = read(shape(name, "spec.yml"))
        path = root / Path(*spec.module.value.split(".")).with_suffix(".py")
        path.write_text(unwritten(path.read_text(encoding="utf-8"), spec.signature.value.name))
    names, counts = outcomes(root)
    assert names == expected_names()
    assert (counts["PASSED"], counts["ERROR"]) == (0, 0)


def unwritten(source: str, function: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function:
            node.body = ast.parse("raise NotImplementedError").body
    return ast.unparse(tree)


def test_linter_and_formatter_have_nothing_to_say(project: Path) -> None:
    modules = sorted(path.name for path in project.glob("test_*.py"))
    # Only the docstring with the case's own text may be long: it is the link to the case.
    rules = ["--select", "E,F,I", "--line-length", "100"]
    lint = run(project, "ruff", "check", "--isolated", *rules, *modules)
    assert lint.stdout.strip() == "All checks passed!"
    layout = run(project, "ruff", "format", "--isolated", "--diff", *modules)
    assert layout.stdout == ""
    assert layout.returncode == 0, layout.stderr


def test_a_formatter_of_other_taste_causes_no_drift(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "copy")
    options = ["--config", "line-length=60", "--config", "format.quote-style='single'"]
    assert run(tmp_path / "copy", "ruff", "format", "--isolated", *options).returncode == 0
    formatted = {
        name: (tmp_path / "copy" / f"test_{name}.py").read_text(encoding="utf-8") for name in NAMES
    }
    assert sum(formatted[name] != module_of(name) for name in NAMES) > 3
    assert not any(map(has_drifted, formatted.values()))
