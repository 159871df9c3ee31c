"""Start the envoy from its folder: `python -I …/envoy/__main__.py`.

Its files load under a private package name: it needs nothing else of redfirst, and finds nothing.
"""

import importlib
import importlib.util
import sys
from pathlib import Path

_PACKAGE = "_redfirst_envoy"


def _load_privately() -> None:
    folder = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(
        _PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"the envoy's own folder {folder} cannot be loaded")
    package = importlib.util.module_from_spec(spec)
    sys.modules[_PACKAGE] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    _load_privately()
    importlib.import_module(f"{_PACKAGE}.service").main()
