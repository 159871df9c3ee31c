"""One version of one open text, and everything that was read from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from redfirst.generation.provenance import read_provenance
from redfirst.lsp.positions import Positions
from redfirst.project.index import SUFFIXES
from redfirst.spec.document import SpecDocument, read_spec
from redfirst.workflow.neighbours import Neighbours, find_neighbours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.lsp.client import Client
    from redfirst.lsp.settings import Settings
    from redfirst.project.project import Project

_DIGITS: Final = 16


class Kind(StrEnum):
    """What a file is to us."""

    SPEC = "spec"
    TEST = "test"
    OTHER = "other"


@dataclass(frozen=True)
class View:
    """A text that does not change while an answer is computed from it.

    `read` gives the text of any file as the person sees it: the open one before the one on the
    disk, `None` when there is none.
    """

    uri: str
    version: int
    text: str
    path: Path
    project: Project
    client: Client
    settings: Settings
    read: Callable[[Path], str | None]

    @cached_property
    def places(self) -> Positions:
        """The places of the text as the client counts them."""
        return Positions(self.text, self.client.encoding)

    @cached_property
    def kind(self) -> Kind:
        """A spec stands below a folder of specs, a generated module says that it is one."""
        configuration, root = self.project.configuration, self.project.root
        if self.path.suffix in SUFFIXES:
            below = any(self.path.is_relative_to(root / each) for each in configuration.specs)
            return Kind.SPEC if below else Kind.OTHER
        if self.path.suffix == ".py" and read_provenance(self.text) is not None:
            return Kind.TEST
        return Kind.OTHER

    @cached_property
    def document(self) -> SpecDocument:
        """The text as a spec. Slow for a long text: not for the event loop."""
        return read_spec(self.text)

    def neighbours(self) -> Neighbours:
        """The files around a spec, as they are now."""
        return find_neighbours(self.project, self.path, self.document, self.read)

    @cached_property
    def digest(self) -> str:
        """The hash of the text: what was computed from it holds for this text only."""
        return hashlib.sha256(self.text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
