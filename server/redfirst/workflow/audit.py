"""Whether generated tests come from where they say: spec, prompt, and what a model was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from redfirst.generation.provenance import read_provenance
from redfirst.generation.request_audit import leaked_lines, spec_in
from redfirst.project.files import read_source
from redfirst.project.layout import find_implementation
from redfirst.project.settings import MODEL_PROVIDERS
from redfirst.project.transcripts import Transcripts
from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.problem import Severity
from redfirst.workflow.freshness import freshness, is_stale
from redfirst.workflow.prompts import TESTS, prompt
from redfirst.workflow.report import Finding
from redfirst.workflow.spec_file import read_spec_file
from redfirst.workflow.test_module import missing_test, own_test_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from redfirst.generation.provenance import Provenance
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.report import SpecReport

_AGAIN: Final = "Generate the module again."


@dataclass(frozen=True, slots=True)
class _Module:
    """A module that a model wrote, and the source that the model must not have seen."""

    path: str
    text: str
    provenance: Provenance
    implementation: str


def audit(project: Project, spec_path: Path) -> SpecReport:
    """Look at the provenance of the spec's test module; nothing is run and nothing is written.

    `ProjectError` when a file cannot be read.
    """
    file = read_spec_file(project, spec_path)
    if file.spec is None:
        return file.report()
    path = own_test_path(project, spec_path, file.spec)
    shown = project.relative(path)
    if not path.is_file():
        return file.report(missing_test(file, shown))
    text = read_source(path, shown).text
    aged = freshness(file, file.spec, shown, text)
    provenance = read_provenance(text)
    found: tuple[Finding, ...] = ()
    if provenance is not None and provenance.provider in MODEL_PROVIDERS:
        source = _implementation(project, file.spec)
        module = _Module(shown, text, provenance, source)
        found = tuple(_of_module(module, Transcripts(project.root)))
    return replace(file.report(*aged, *found), test_path=shown, stale=is_stale(aged))


def _implementation(project: Project, spec: Spec) -> str:
    place = find_implementation(project, spec.module.value)
    return read_source(place.path, project.relative(place.path)).text if place.exists else ""


def _of_module(module: _Module, transcripts: Transcripts) -> Iterator[Finding]:
    provenance = module.provenance
    if provenance.prompt is None or not provenance.requests:
        words = "does not say with which prompt and which requests it was made"
        yield _untrue(module, f"`{module.path}` {words}.")
        return
    shown: list[str | None] = []
    for digest in provenance.requests:
        kept = transcripts.find(digest)
        if kept is None:
            yield _missing(module, digest)
            shown.append(None)
            continue
        request: Mapping[str, Any] = kept["request"]
        yield from _of_request(module, digest, request)
        shown.append(spec_in(request))
    if shown[-1] is not None and _meaning(shown[-1]) != provenance.fingerprint:
        words = "shows another spec than the one that the header names"
        yield _untrue(module, f"The request `{provenance.requests[-1]}` {words}.")


def _of_request(module: _Module, digest: str, request: Mapping[str, Any]) -> Iterator[Finding]:
    spec = spec_in(request)
    if spec is None:
        yield _untrue(module, f"The request `{digest}` does not show the spec.")
        return
    instructions = prompt(TESTS)
    allowed = f"{spec}\n{instructions.text}"
    is_current = module.provenance.prompt == instructions.version
    if is_current and instructions.text not in [each["text"] for each in request["system"]]:
        words = f"was not made with version {instructions.version} of the prompt"
        yield _untrue(module, f"The request `{digest}` {words}.")
    for what, source in (("implementation", module.implementation), ("tests", module.text)):
        lines = leaked_lines(request, source, allowed)
        if lines:
            words = f"shows the model a line of the {what}: `{lines[0]}`"
            yield _untrue(module, f"The request `{digest}` {words}.")


def _meaning(spec_text: str) -> str | None:
    spec = read_spec(spec_text).spec
    return None if spec is None else fingerprints(spec).spec


def _untrue(module: _Module, words: str) -> Finding:
    return Finding(Code.PROVENANCE, Severity.ERROR, f"{words} {_AGAIN}", module.path)


def _missing(module: _Module, digest: str) -> Finding:
    message = (
        f"The transcript of the request `{digest}` is not here, so what the model was shown cannot "
        "be looked at. It is where the module was generated, in `.redfirst/transcripts/`."
    )
    return Finding(Code.TRANSCRIPT_MISSING, Severity.INFORMATION, message, module.path)
