"""Serves sources that stand in for modules of the project, and hides what must be absent."""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

from .fresh_loader import find_with_others
from .recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


_RUNTIME_NAME = "__redfirst__"
_WORTH_LOADING = ("__all__", "__version__", "__author__")


class StubFailed(Exception):  # noqa: N818  (it says what happened)
    """The stub itself cannot be executed: its spec is to blame, never the test."""


class StubImporter(MetaPathFinder, Loader):
    """A finder and loader for modules, for the packages above them, and against absent ones.

    The package above a served module keeps its real search path, so that its other modules stay
    importable, but its own code is not run unless something in it is asked for: it would
    usually import the very implementation that the stub stands in for.
    """

    def __init__(self) -> None:
        self.recorder = Recorder()
        self._modules: Mapping[str, str] = {}
        self._absent = frozenset[str]()
        self._parents = set[str]()

    def serve(self, modules: Mapping[str, str], absent: Iterable[str]) -> None:
        """Go in front of all finders, and forget what was loaded under these names before."""
        self._modules = modules
        self._absent = frozenset(absent)
        names = {*modules, *self._absent}
        self._parents = {parent for name in names for parent in _parents(name)} - set(modules)
        if not names:
            return
        sys.meta_path.insert(0, self)
        for name in names:
            sys.modules.pop(name, None)

    def stay_in_front(self) -> None:
        """Plugins insert finders of their own; pytest's would claim a stub named like a test."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
            sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a served module or of a package above one."""
        del target
        if fullname in self._absent:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        if fullname in self._modules:
            return self._served(fullname, path)
        if fullname in self._parents:
            return self._parent(fullname, path)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """A package above a served module loads its own code only on demand."""
        if spec.name in self._parents and isinstance(spec.loader_state, ModuleSpec):
            return _LazyPackage(spec.name)
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the served source; there is nothing to run for a package above."""
        name = module.__name__
        if name not in self._modules:
            return
        from .stub_runtime import make_runtime  # noqa: PLC0415  (only runs with stubs need it)

        setattr(module, _RUNTIME_NAME, make_runtime(self.recorder))
        try:
            code = compile(self._modules[name], _file_name(name), "exec", dont_inherit=True)
            exec(code, module.__dict__)  # noqa: S102  (this is what a loader does)
        except Exception as error:
            raise StubFailed(f"{type(error).__name__}: {error}") from error

    def get_source(self, name: str) -> str | None:
        """For tracebacks."""
        return self._modules.get(name)

    def get_resource_reader(self, name: str) -> object:
        """Files beside the real package stay readable through `importlib.resources`."""
        spec = sys.modules[name].__spec__
        real = None if spec is None else spec.loader_state
        reader = getattr(real and real.loader, "get_resource_reader", None)
        return None if reader is None else reader(name)

    def _served(self, name: str, path: Sequence[str] | None) -> ModuleSpec:
        spec = ModuleSpec(name, self, origin=_file_name(name))
        real = find_with_others(self, name, path)
        folders = None if real is None else real.submodule_search_locations
        has_children = any(other.startswith(f"{name}.") for other in self._modules)
        if folders is not None or has_children:
            spec.submodule_search_locations = list(folders or ())
        return spec

    def _parent(self, name: str, path: Sequence[str] | None) -> ModuleSpec:
        real = find_with_others(self, name, path)
        spec = ModuleSpec(name, self, is_package=True)
        if real is None or real.submodule_search_locations is None:
            return spec
        spec.submodule_search_locations = list(real.submodule_search_locations)
        if real.has_location:  # a namespace package has no code of its own
            spec.origin = real.origin
            spec.has_location = True
            spec.loader_state = real
        return spec


class _LazyPackage(ModuleType):
    """A package whose own code runs when something is asked for that only it can define."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name not in _WORTH_LOADING:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        submodule = f"{self.__name__}.{name}"
        if _is_importable(submodule):
            return importlib.import_module(submodule)
        self._load()
        return getattr(self, name)

    def _load(self) -> None:
        spec = self.__spec__
        # From here on an ordinary package, while its own code runs too.
        self.__class__ = ModuleType  # pyright: ignore[reportAttributeAccessIssue]
        real = None if spec is None else spec.loader_state
        if isinstance(real, ModuleSpec) and real.loader is not None:
            real.loader.exec_module(self)


def _is_importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return True  # absent by order: the import statement shall say so itself


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def _file_name(name: str) -> str:
    return f"<stub {name}>"
