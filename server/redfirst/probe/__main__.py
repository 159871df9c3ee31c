"""Start the probe from its folder, in any interpreter: `python …/probe/__main__.py [--once]`.

The folder leaves `sys.path` and its files load under a private package name, so that nothing of
ours can shadow a module of the project.
"""

import importlib
import importlib.util
import sys
from pathlib import Path

_PACKAGE = "_redfirst_probe"
_OLDEST = 0x030A0000  # what the other files of this folder are written for


def _refuse_old_python() -> None:
    if sys.hexversion < _OLDEST:
        this = ".".join(map(str, sys.version_info[:2]))
        raise SystemExit(
            f"Python 3.10 or newer is needed to run tests, and this is {this}: "
            "name another interpreter with `python` in `[tool.redfirst]`"
        )


def _load_privately() -> None:
    folder = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if not entry or Path(entry).resolve() != folder]
    spec = importlib.util.spec_from_file_location(
        _PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"the probe's own folder {folder} cannot be loaded")
    package = importlib.util.module_from_spec(spec)
    sys.modules[_PACKAGE] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    _refuse_old_python()
    _load_privately()
    # First of all: nothing of the project or of a plugin may be loaded with more rights.
    importlib.import_module(f"{_PACKAGE}.background").stand_back(sys.argv)
    importlib.import_module(f"{_PACKAGE}.confine").close(sys.argv)
    importlib.import_module(f"{_PACKAGE}.lifeline").hold()
    importlib.import_module(f"{_PACKAGE}.worker").main(sys.argv[1:])
