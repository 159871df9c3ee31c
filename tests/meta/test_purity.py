"""The rooms in the middle only compute: no files, no processes, no network, no clock, no chance.

Held twice: by their syntax trees, and by an audit hook while they work. What needs the outside
belongs to `project`, what orders the steps to `workflow`.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "server" / "redfirst"
ROOMS = ("spec", "generation", "verification", "coverage", "refactoring")

OUTSIDE = {
    "asyncio", "concurrent", "ctypes", "fcntl", "getpass", "glob", "http", "importlib", "logging",
    "mmap", "multiprocessing", "os", "pathlib", "platform", "pty", "random", "secrets", "select",
    "selectors", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile",
    "threading", "time", "urllib.request", "uuid", "zipfile",
}  # fmt: skip
LIBRARIES = {"yaml"}
CALLS = {"open", "input", "print", "exec", "eval", "breakpoint", "__import__"}
METHODS = {
    "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "is_file", "is_dir", "mkdir",
    "unlink", "rglob", "now", "utcnow", "today", "getenv",
}  # fmt: skip
STREAMS = {"stdin", "stdout", "stderr", "argv"}

ALLOWED = {
    ("spec/schema.py", "importlib"): "finds the schema that travels with the package",
    ("spec/schema.py", "is_file"): "in a checkout the schema stands outside the package",
    ("spec/schema.py", "read_text"): "reads that schema, once",
    ("spec/python_source.py", "threading"): "lets one thread at a time read Python",
}


def sources() -> Iterator[tuple[str, str]]:
    """The files of the pure rooms: path in the package, and text."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            yield path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")


def reaches_outside(source: str) -> set[str]:
    """What in the source could reach outside: names of modules, calls, methods, streams."""
    return {name for node in ast.walk(ast.parse(source)) for name in _outside(node)}


def _outside(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (name for alias in names if (name := _foreign(alias.name)))
        case ast.ImportFrom(module=str(module)) if name := _foreign(module):
            yield name
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield name
        case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
            yield name
        case ast.Attribute(value=ast.Name(id="sys"), attr=name) if name in STREAMS:
            yield f"sys.{name}"


def _foreign(module: str) -> str | None:
    top = module.partition(".")[0]
    if module in OUTSIDE or top in OUTSIDE:
        return module if module in OUTSIDE else top
    known = top in sys.stdlib_module_names or top in LIBRARIES or top == "redfirst"
    return None if known else top


def test_the_pure_rooms_name_nothing_that_reaches_outside() -> None:
    found = {(path, name) for path, source in sources() for name in reaches_outside(source)}
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os.path", {"os"}),
        ("from pathlib import Path", {"pathlib"}),
        ("def late():\n    from urllib.request import urlopen", {"urllib.request"}),
        ("from urllib.parse import quote", set()),
        ("import requests", {"requests"}),
        ("open('x')", {"open"}),
        ("path.read_text()", {"read_text"}),
        ("datetime.now()", {"now"}),
        ("sys.stdout.write('x')", {"sys.stdout"}),
        ("import ast, yaml\nfrom redfirst.spec import model", set()),
    ],
)
def test_the_ban_finds_what_it_bans(source: str, found: set[str]) -> None:
    assert reaches_outside(source) == found


def test_the_probe_needs_nothing_but_pytest_and_coverage() -> None:
    """It runs in interpreters that have never heard of redfirst."""
    known = sys.stdlib_module_names | {"pytest", "_pytest", "coverage"}
    for path in sorted((PACKAGE / "probe").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                modules = [node.module or ""]
            foreign = {module.partition(".")[0] for module in modules} - known
            assert not foreign, f"{path.name} imports {foreign}"


WATCHED = dedent("""\
    import json, sys
    from redfirst.coverage.lcov import render_lcov
    from redfirst.coverage.measurement import Measurement
    from redfirst.coverage.threshold import coverage_result
    from redfirst.generation.from_examples import write_tests
    from redfirst.generation.gate import check_module
    from redfirst.generation.provenance import has_drifted, read_provenance
    from redfirst.generation.render import render_module
    from redfirst.spec.document import read_spec
    from redfirst.spec.fingerprint import fingerprints
    from redfirst.verification.expectations import expectations
    from redfirst.verification.judge import Evidence, judge
    from redfirst.verification.stub_source import stub_module
    from redfirst.verification.stubs import make_stubs

    SOURCE = "def sign(x):\\n    if x:\\n        return 1\\n    return 0\\n"
    LINES, BRANCHES = frozenset({1, 2, 3, 4}), frozenset({(2, 3), (2, 4)})

    def whole_loop(text):
        spec = read_spec(text).spec
        module = render_module(write_tests(spec).body, spec, "specs/x.yml", "examples", None)
        check_module(module, spec, frozenset())
        read_provenance(module), has_drifted(module), fingerprints(spec)
        stubs = make_stubs(spec)
        stub_module(spec, stubs)
        for case in spec.cases:
            judge(Evidence(case, expectations(spec, case, stubs), {}))
        missing = frozenset({3}), BRANCHES, frozenset({(2, 3)})
        measured = Measurement(LINES, frozenset(), *missing, {1: frozenset({"t"})})
        coverage_result("sign.py", SOURCE, measured, 95.0, {"t": "EC-zero"})
        render_lcov([("sign.py", measured)])

    seen, watching = [], []
    sys.addaudithook(lambda event, arguments: watching and seen.append([event, repr(arguments)]))
    texts = json.loads(sys.stdin.read())
    for text in texts:
        whole_loop(text)
    # Another text each, so that nothing is answered from memory.
    watching.append(True)
    for text in texts:
        whole_loop(text.replace("behavior: >", "behavior: >\\n  In other words:"))
    PROOF
    watching.clear()
    print(json.dumps(seen))
    """)
HARMLESS = {
    "compile",
    "object.__getattr__",
    "object.__setattr__",
    "sys._getframe",
    "code.__new__",
    "builtins.id",
}


def events(proof: str) -> set[str]:
    """The audit events of the pure rooms at work on the worked examples."""
    specs = [path.read_text("utf-8") for path in sorted((ROOT / "specs").glob("*.yml"))]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.replace("PROOF", proof)],
        input=json.dumps(specs),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return {f"{event} {about}" for event, about in json.loads(done.stdout) if event not in HARMLESS}


def test_the_pure_rooms_touch_nothing_while_they_work() -> None:
    assert events("") == set()


def test_the_watch_would_see_a_file_being_opened() -> None:
    assert any(event.startswith("open ") for event in events("open('README.md').close()"))


def test_one_place_of_the_process_reads_python() -> None:
    """The probe is another process; there one thread reads."""
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "probe" not in path.parts and parses(path.read_text("utf-8"))
    }
    assert readers == {"spec/python_source.py"}


def parses(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return bool({"ast.parse", "compile"} & {ast.unparse(function) for function in calls})
