"""What acts on the machine, in a module that nobody has read yet.

On stubs a good test fails at its first assertion. What stands behind that would run for the first
time on the implementation, without a sandbox. So such a module may only reach what values are made
of, and what its spec speaks of.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.names import imported_paths, is_within
from redfirst.generation.gate.reach import FunctionNode, fixture_call
from redfirst.generation.syntax import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.model import Spec


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VALUES: Final = _words(
    "__future__ abc array asyncio base64 binascii bisect calendar cmath collections colorsys"
    " contextlib copy csv dataclasses datetime decimal difflib enum fractions functools hashlib"
    " heapq hmac html http.HTTPStatus io ipaddress itertools json keyword math numbers operator"
    " pprint pytest queue random re statistics string struct textwrap time types typing"
    " unicodedata unittest.mock urllib.parse uuid warnings weakref zlib zoneinfo"
)
_OF_PATHS: Final = "pathlib"
# Ways from such a module to another, to a file, or to code that is made of text.
_ACTING: Final = _words(
    "open open_code FileIO input os nt posix posixpath ntpath shutil subprocess socket tempfile"
    " codecs threading multiprocessing concurrent signal linecache tokenize ctypes pickle marshal"
    " attrgetter methodcaller get_type_hints ForwardRef Formatter FunctionType CodeType"
    " run_in_executor subprocess_exec subprocess_shell create_connection create_server"
    " create_unix_server open_connection"
)
_CHANGING: Final = _words(
    "write_text write_bytes mkdir touch unlink rmdir rename symlink_to hardlink_to chmod"
)
_OF_PYTEST: Final = _words(
    "raises approx mark param warns fixture fail deprecated_call RaisesGroup RaisesExc"
    " ExceptionInfo CaptureFixture LogCaptureFixture MonkeyPatch WarningsRecorder"
)
_FIXTURES: Final = _words("capsys capfd caplog monkeypatch recwarn")
_FOLDERS: Final = _words("tmp_path")
_FILES: Final = _words("file files folder folders path paths directory")
_OF_NAMED_TUPLES: Final = frozenset({"_replace", "_asdict", "_fields", "_make", "_field_defaults"})
_WORD: Final = re.compile(r"[^\W\d]\w*")


def acting_on_the_machine(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Each such place, with what is wrong with it."""
    spoken = _spoken(module.spec)
    about_files = bool(spoken & _FILES)
    fixtures = _FIXTURES | _FOLDERS if about_files else _FIXTURES
    acting = _ACTING if about_files else _ACTING | _CHANGING
    known = _parametrized(module) | {
        node.name for node in module.nodes if isinstance(node, FunctionNode)
    }
    for node in module.nodes:
        yield from _imports(module, node, spoken)
        name = _name(node)
        if name in acting and name not in spoken:
            yield node, f"`{name}` acts on the machine, or leads to what does."
        elif isinstance(node, ast.Attribute) and _is_private(name, spoken):
            yield node, f"`{name}` is private to what it belongs to."
        elif (path := module.names.path(node) or "").startswith("pytest."):
            if path.split(".")[1] not in _OF_PYTEST:
                yield node, f"`{path}` is nothing that a test is written with."
        elif isinstance(node, FunctionNode) and _is_given_fixtures(node):
            for one in _parameters(node):
                if one.arg not in {*fixtures, *known, "self"}:
                    yield one, f"`{one.arg}` comes from elsewhere: a test must stand alone."


def _imports(
    module: Module, node: ast.AST, spoken: frozenset[str]
) -> Iterator[tuple[ast.AST, str]]:
    allowed = {*_VALUES, module.spec.module.value, *_named_by(module.spec)}
    if "Path" in spoken:
        allowed.add(_OF_PATHS)
    for place, origin, path in imported_paths(node, module.spec):
        if not any(is_within(one, name) for one in (origin, path) for name in allowed):
            words = f"`{origin}` is no module to write down values with."
            yield place, f"{words} Name it under `imports` of the spec if the contract is about it."


def _named_by(spec: Spec) -> Iterator[str]:
    for statement in spec.imports:
        tree = syntax_tree(statement.value)
        for node in () if tree is None else tree.body:
            yield from (origin for _, origin, _ in imported_paths(node, spec))


def _spoken(spec: Spec) -> frozenset[str]:
    """Every word of the contract."""
    texts = [spec.function.value, spec.signature.value.source, spec.behavior.value]
    texts += [statement.value for statement in spec.imports]
    texts += [case.text.value for case in spec.cases]
    texts += [example.call.value for case in spec.cases for example in case.examples]
    for one in spec.types:
        texts += [one.name.value, one.target or ""]
        texts += [f"{field.name} {field.annotation}" for field in one.fields]
        texts += [name for name, _ in one.members]
    return frozenset(word for text in texts for word in _WORD.findall(text))


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
        case _:
            return ""


def _is_private(name: str, spoken: frozenset[str]) -> bool:
    return name.startswith("_") and name not in _OF_NAMED_TUPLES and name not in spoken


def _parametrized(module: Module) -> frozenset[str]:
    """The names of the values of rows."""
    return frozenset(
        word
        for node in module.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "parametrize"
        for names in node.args[:1]
        for part in ast.walk(names)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        for word in _WORD.findall(part.value)
    )


def _is_given_fixtures(node: FunctionNode) -> bool:
    return node.name.startswith("test") or fixture_call(node) is not None


def _parameters(node: FunctionNode) -> Iterator[ast.arg]:
    arguments = node.args
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
