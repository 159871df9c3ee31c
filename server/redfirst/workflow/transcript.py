"""Where the last conversation with a model about a spec was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.generation.request_audit import spec_in
from redfirst.project.transcripts import Transcripts
from redfirst.spec.document import read_spec

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.spec_file import SpecFile


def newest_transcript(project: Project, file: SpecFile) -> Path | None:
    """The newest transcript whose request shows a spec of the same function, in whatever version.

    Reads files.
    """
    if file.spec is None:
        return None
    wanted = _target(file.spec)
    for path, request in Transcripts(project.root).newest_first():
        text = spec_in(request)
        if text is not None and file.spec.function.value in text:
            spec = read_spec(text).spec
            if spec is not None and _target(spec) == wanted:
                return path
    return None


def _target(spec: Spec) -> tuple[str, str]:
    return spec.module.value, spec.function.value
