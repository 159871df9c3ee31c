"""`redfirst.status`, as a request and as a command: what redfirst found, and what it is set to."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from redfirst import __version__
from redfirst.lsp.state.model_choice import choose_model
from redfirst.lsp.state.session import path_of
from redfirst.probe import wire
from redfirst.project.fault import ProjectError
from redfirst.project.probe_client import ProbeFailed
from redfirst.project.sandbox.choose import choose
from redfirst.project.spec_tree import spec_folders
from redfirst.workflow.environment import install_command
from redfirst.workflow.greeting import greeting

if TYPE_CHECKING:
    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.settings import Settings
    from redfirst.project.project import Project

_NOT_TRUSTED: Final = (
    "This workspace is not trusted, so the interpreter was not looked for: that would run it."
)


async def status(session: Session, params: object) -> dict[str, Any]:
    """The status of the project of a file, or of the first folder; plain values for any client.

    Whatever takes time is done in threads and child processes of its own: no answer waits for it.
    """
    path = _asked_about(session, params)
    settings = session.preferences.settings_of(path)
    project = session.project(path)
    roots = [folder.told for folder in session.folders] or [project.root]
    return {
        "redfirst": __version__,
        "server": {"python": _version(sys.version_info[:3]), "path": sys.executable},
        "root": str(project.root),
        "trusted": settings.trusted,
        "settings": asdict(settings),
        "faults": [fault.message for fault in project.faults],
        "interpreter": await _interpreter(project) if settings.trusted else _nothing(_NOT_TRUSTED),
        "sandbox": await asyncio.to_thread(_sandbox),
        "model": _model(session, settings, project),
        "specs": await asyncio.to_thread(_count, roots),
    }


def _asked_about(session: Session, params: object) -> Path:
    """The path whose project is meant; inside of the folder when only that is known."""
    uri = _uri(params)
    path = path_of(uri) if isinstance(uri, str) else None
    if path is not None:
        return path
    folder = session.folders[0].path if session.folders else Path.cwd()
    return folder / "specs"


def _uri(params: object) -> object:
    """`{uri}` of a request, or of the first argument of a command; both may do without."""
    arguments = getattr(params, "arguments", None)
    if arguments is None:
        return getattr(params, "uri", None)
    first = arguments[0] if arguments else None
    return cast("dict[str, Any]", first).get("uri") if isinstance(first, dict) else first


async def _interpreter(project: Project) -> dict[str, Any]:
    try:
        found = await asyncio.to_thread(lambda: project.interpreter)
        said = await greeting(found.path)
    except ProjectError as error:
        return _nothing(error.fault.message)
    except ProbeFailed as error:
        return _nothing(str(error))
    known = {"path": str(found.path), "reason": found.reason}
    if isinstance(said, wire.Unavailable):
        advice = f"`{install_command(said.what, found.path, project.root)}`"
        return _nothing(f"{said.message}. Install it: {advice}") | known
    versions = {"python": said.python, "pytest": said.pytest, "coverage": said.coverage}
    return {**known, **versions, "problem": None}


def _nothing(problem: str) -> dict[str, Any]:
    unknown = dict.fromkeys(("path", "reason", "python", "pytest", "coverage"))
    return {**unknown, "problem": problem}


def _model(session: Session, settings: Settings, project: Project) -> dict[str, Any]:
    """What "with a model" would ask, and why it cannot be asked."""
    choice = choose_model(session.client, settings, project, session.vault.key)
    return {"provider": choice.provider, "problem": choice.missing}


def _sandbox() -> dict[str, Any]:
    choice = choose()
    return {"level": choice.level, "advice": choice.advice}


def _count(roots: list[Path]) -> int:
    return sum(len(folder.specs) for root in roots for folder in spec_folders(root) if folder)


def _version(parts: tuple[int, ...]) -> str:
    return ".".join(map(str, parts))
