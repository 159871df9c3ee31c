"""Python and pytest believe a cached .pyc whose recorded second and size match its source.

Two edits within one second that leave the size alone therefore show the older code. Git knows
the same trouble as "racily clean": a cache is believed only when it is clearly younger.
"""

from __future__ import annotations

import importlib.util
import io
import linecache
import os
import sys
import sysconfig
import tempfile
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

_CLEARLY_YOUNGER = 2.0  # seconds
_INSTALLED = ("site-packages", "dist-packages")


def install() -> FreshFinder:
    """From now on, load modules that are not installed ones without believing racy caches."""
    finder = FreshFinder()
    sys.meta_path.insert(0, finder)
    return finder


def avoid_racy_test_caches(test_file: str) -> None:
    """Keep pytest, which caches test modules and conftest.py on its own, from racy caches."""
    files = [Path(test_file), *(parent / "conftest.py" for parent in Path(test_file).parents)]
    are_young = any(file.exists() and _is_young(file) for file in files)
    caches = [(cache, file) for file in files for cache in _pytest_caches(file)]
    racy = [cache for cache, file in caches if _is_racy(cache, file)]
    if racy and (are_young or not _are_removed(racy)):
        sys.pycache_prefix = tempfile.mkdtemp(prefix="pycache-")
    elif are_young:
        sys.dont_write_bytecode = True


def _are_removed(caches: list[Path]) -> bool:
    """Pytest then makes new ones, which anybody can believe."""
    try:
        for cache in caches:
            cache.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _pytest_caches(file: Path) -> Iterator[Path]:
    folder = Path(importlib.util.cache_from_source(str(file.absolute()))).parent
    return folder.glob(f"{file.stem}.*-pytest-*.pyc")


def _is_racy(cache: Path, source: Path) -> bool:
    return cache.stat().st_mtime - source.stat().st_mtime < _CLEARLY_YOUNGER


def _is_young(source: Path) -> bool:
    return time.time() - source.stat().st_mtime < _CLEARLY_YOUNGER


class FreshLoader(SourceFileLoader):
    """Compiles the source whenever its cache could be about an older text."""

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the source as it stands on disk now."""
        path = self.get_filename(fullname)
        if self._may_use_cache(Path(path)):
            return super().get_code(fullname)
        return self.source_to_code(self.get_data(path), path)

    def _may_use_cache(self, source: Path) -> bool:
        cache = Path(importlib.util.cache_from_source(str(source)))
        try:
            return not (_is_racy(cache, source) if cache.exists() else _is_young(source))
        except OSError:
            return False


class TextLoader(SourceFileLoader):
    """Loads a module as if its file held another text; whoever reads the source sees that text."""

    def __init__(self, fullname: str, path: str, text: str) -> None:
        super().__init__(fullname, path)
        self._text = text

    def get_code(self, fullname: str) -> CodeType:
        """The code of the text, under the path of the file."""
        path = self.get_filename(fullname)
        lines = list(io.StringIO(self._text, newline=None))
        linecache.cache[path] = (len(self._text), None, lines, path)  # no time: never read again
        return self.source_to_code(self._text, path)

    def get_source(self, fullname: str) -> str:
        """The text."""
        del fullname
        return self._text


class StandInLoader(SourceFileLoader):
    """Loads a module from another file than its own, whose name its code then has: that file can be
    measured, and a traceback shows its lines. The module itself is the one that it stands for.
    """

    def __init__(self, fullname: str, path: str, file: str) -> None:
        super().__init__(fullname, path)
        self._file = file

    def get_code(self, fullname: str) -> CodeType:
        """The code of the other file as it stands on disk now."""
        del fullname
        return self.source_to_code(self.get_data(self._file), self._file)

    def get_source(self, fullname: str) -> str:
        """The text of the other file."""
        del fullname
        return importlib.util.decode_source(self.get_data(self._file))


class FreshFinder(MetaPathFinder):
    """Lets the other finders find, and gives what they find a loader of ours."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._stand_ins: dict[str, str] = {}
        paths = sysconfig.get_paths()
        self._standard_library = tuple({paths["stdlib"], paths["platstdlib"]})

    def serve(self, texts: Mapping[str, str], stand_ins: Mapping[str, str]) -> None:
        """From now on, files at these paths are loaded as if they held these texts, or as if they
        were those files.
        """
        self._texts = {os.path.realpath(path): text for path, text in texts.items()}
        self._stand_ins = {os.path.realpath(path): file for path, file in stand_ins.items()}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a module that is part of the project, or `None`."""
        spec = find_with_others(self, fullname, path, target)
        if spec is None or type(spec.loader) is not SourceFileLoader:
            return None
        loader = self._other_loader(spec.loader)
        if loader is None and self._is_installed(spec.loader.path):
            return None
        spec.loader = loader or FreshLoader(spec.loader.name, spec.loader.path)
        return spec

    def _other_loader(self, loader: SourceFileLoader) -> SourceFileLoader | None:
        if not self._texts and not self._stand_ins:
            return None
        path = os.path.realpath(loader.path)
        if path in self._texts:
            return TextLoader(loader.name, loader.path, self._texts[path])
        if path in self._stand_ins:
            return StandInLoader(loader.name, loader.path, self._stand_ins[path])
        return None

    def _is_installed(self, path: str) -> bool:
        installed = any(part in _INSTALLED for part in Path(path).parts)
        return installed or path.startswith(self._standard_library)


def find_with_others(
    finder: object, name: str, path: Sequence[str] | None, target: ModuleType | None = None
) -> ModuleSpec | None:
    """What the finders that come after `finder` find."""
    position = next(i for i, other in enumerate(sys.meta_path) if other is finder)
    for other in sys.meta_path[position + 1 :]:
        if (spec := other.find_spec(name, path, target)) is not None:
            return spec
    return None
