"""What a test module may import, and what it may not lay hands on at all."""

from __future__ import annotations

import ast
import builtins
import sys
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.names import Names, imported_paths, is_within
from redfirst.generation.syntax import syntax_tree
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem

_DELETING: Final = frozenset({"shutil.rmtree", "os.removedirs"})

# A test of one function needs none of these, and each of them reaches past the run that judges
# the test. The sandbox stops what slips through; this says so before anything runs.
_DENIED: Final = {
    "starts processes, which outlive the run and escape its limits": (
        "subprocess multiprocessing pty _posixsubprocess venv ensurepip"
        " os.system os.popen os.fork os.forkpty os.startfile os.posix_spawn os.posix_spawnp"
        " os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp os.execvpe"
        " os.spawnl os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe"
        " asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.subprocess"
        " concurrent.futures.process concurrent.futures.ProcessPoolExecutor"
    ),
    "opens the network, where answers change and data leaks": (
        "socket _socket ssl socketserver http.client http.server urllib.request ftplib smtplib"
        " poplib imaplib nntplib telnetlib xmlrpc webbrowser wsgiref.simple_server asyncore"
        " asynchat asyncio.open_connection asyncio.start_server"
    ),
    "reaches into the interpreter's memory, where any result can be forged": "ctypes _ctypes",
    "ends or halts the run before the test is judged": (
        "os._exit os.abort os.kill os.killpg signal.raise_signal signal.pthread_kill"
        " pytest.exit pytest.main pdb bdb breakpoint"
    ),
    "watches every line that runs, in place of the coverage measurement": (
        "sys.settrace sys.setprofile sys.monitoring threading.settrace threading.setprofile"
    ),
    "loads code past the import system, where the stubs stand": (
        "runpy zipimport importlib.util.spec_from_file_location"
        " importlib.machinery.SourceFileLoader importlib.machinery.SourcelessFileLoader"
    ),
    "deletes whole folders": " ".join(sorted(_DELETING)),
}
_REASONS: Final = {path: why for why, paths in _DENIED.items() for path in paths.split()}
_RUN_TEXT: Final = frozenset({"exec", "eval", "compile", "__import__", "importlib.import_module"})
_TEMPORARY: Final = frozenset({"tmp_path", "tmpdir", "tmp_path_factory", "tmpdir_factory"})


def find(module: Module) -> Iterator[Problem]:
    """RF202 and RF203 for import statements, for calls, and for source that is run as text."""
    asked_for = _asked_for(module.spec)
    tidying = frozenset(_tidying(module))
    for node in module.nodes:
        for place, origin, path in imported_paths(node, module.spec):
            yield from _judge(module, place, origin, path, asked_for)
        if isinstance(node, ast.Attribute | ast.Name) and not (
            id(node) in tidying and module.names.path(node) in _DELETING
        ):
            yield from _denied_name(module, node, asked_for)
        elif isinstance(node, ast.Call):
            yield from _hidden(module, node, asked_for)


def _asked_for(spec: Spec) -> frozenset[str]:
    """The modules that the spec itself imports from."""
    trees = (syntax_tree(statement.value) for statement in spec.imports)
    return frozenset(
        origin
        for tree in trees
        if tree is not None
        for node in tree.body
        for _, origin, _ in imported_paths(node, spec)
    )


def _judge(
    module: Module, place: ast.AST, origin: str, path: str, asked_for: frozenset[str]
) -> Iterator[Problem]:
    if any(is_within(name, allowed) for name in (origin, path) for allowed in asked_for):
        return
    if reason := _reason(path):
        yield _denied(module, place, path, reason)
    elif not _is_allowed(origin, path, module.spec.module.value):
        yield module.problem(
            Code.IMPORT_NOT_ALLOWED,
            f"`{origin}` is none of what a test module may import: `{module.spec.module.value}`, "
            "pytest and the standard library. Do without it, or name it under `imports` of the "
            "spec.",
            place,
        )


def _is_allowed(origin: str, path: str, target: str) -> bool:
    root = origin.partition(".")[0]
    if root in sys.stdlib_module_names or root in {"pytest", "_pytest"}:
        return True
    # `import payments` and `from payments import reconcile` are ways to `payments.reconcile`.
    return origin == target or is_within(target, path)


def _reason(path: str) -> str | None:
    while path:
        if path in _REASONS:
            return _REASONS[path]
        path = path.rpartition(".")[0]
    return None


def _denied(module: Module, place: ast.AST, path: str, reason: str) -> Problem:
    return module.problem(
        Code.MODULE_DENIED,
        f"`{path}` has no place in a test: it {reason}. Test the function without it.",
        place,
    )


def _denied_name(
    module: Module, node: ast.Attribute | ast.Name, asked_for: frozenset[str]
) -> Iterator[Problem]:
    path = module.names.path(node)
    if path not in _REASONS or not isinstance(node.ctx, ast.Load):
        return
    if isinstance(node, ast.Name) and path not in vars(builtins):
        return  # its import has been judged
    is_asked_for = any(is_within(path, allowed) for allowed in asked_for - {"os", "sys", "shutil"})
    is_meant = module.names.is_imported(node) or path in vars(builtins)
    if is_meant and not is_asked_for and path not in module.definitions.by_name:
        yield _denied(module, node, path, _REASONS[path])


def _tidying(module: Module) -> Iterator[int]:
    """The functions (by identity) that are called on a folder of the test's own, most likely."""
    if not any(_is_temporary(node, module) for node in module.nodes):
        return
    for node in module.nodes:
        if isinstance(node, ast.Call) and not any(isinstance(a, ast.Constant) for a in node.args):
            yield id(node.func)


def _is_temporary(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.arg(arg=name):
            return name in _TEMPORARY
        case ast.Name() | ast.Attribute():
            return (module.names.path(node) or "").startswith("tempfile.")
        case _:
            return False


def _hidden(module: Module, call: ast.Call, asked_for: frozenset[str]) -> Iterator[Problem]:
    function = module.names.path(call.func)
    if function == "pytest.importorskip" or function in _RUN_TEXT:
        match call.args:
            case [ast.Constant(value=str(text)), *_]:
                yield from _in_text(module, call, function, text, asked_for)
            case [argument, *_] if _is_repr(argument) or _is_result(module, argument):
                return
            case _ if function != "compile" and not _defined_here(module, function):
                yield _unreadable(module, call, function)
            case _:
                return


def _in_text(
    module: Module, call: ast.Call, function: str, text: str, asked_for: frozenset[str]
) -> Iterator[Problem]:
    if function not in {"exec", "eval", "compile"}:
        yield from _judge(module, call, text, text, asked_for)
        return
    tree = syntax_tree(text)
    nodes = tuple(ast.walk(tree)) if tree else ()
    names = Names(module.names.bound)
    for node in nodes:
        for _, origin, path in imported_paths(node, module.spec):
            yield from _judge(module, call, origin, path, asked_for)
        match node:
            case ast.Call(func=ast.Name(id="__import__"), args=[ast.Constant(value=str(name)), *_]):
                yield from _judge(module, call, name, name, asked_for)
            case ast.Attribute() if (path := names.path(node)) in _REASONS:
                yield _denied(module, call, path or "", _REASONS[path or ""])
            case _:
                pass


def _is_repr(argument: ast.expr) -> bool:
    """`eval(repr(x)) == x` is how a `__repr__` is tested."""
    return isinstance(argument, ast.Call) and getattr(argument.func, "id", "") == "repr"


def _is_result(module: Module, argument: ast.expr) -> bool:
    """Source that the function under test wrote may be run to see what it does."""
    names = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
    values = (
        node.value
        for node in module.nodes
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id in names for target in node.targets)
    )
    return any(
        module.names.path(node) == module.target
        for value in (argument, *values)
        for node in ast.walk(value)
    )


def _defined_here(module: Module, function: str) -> bool:
    return function in module.definitions.by_name


def _unreadable(module: Module, call: ast.Call, function: str) -> Problem:
    return module.problem(
        Code.MODULE_DENIED,
        f"Nobody can read off what this call of `{function}` runs. Write the code itself.",
        call,
    )
