"""A test module after a case or the function of its spec got another name.

What was current stays current, what was stale stays stale, and nothing becomes drift.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redfirst.generation.checksum import checksum
from redfirst.generation.docstring import docstring_literal
from redfirst.generation.from_examples import write_tests
from redfirst.generation.imports import bound_names
from redfirst.generation.links import docstring_line, linked_tests
from redfirst.generation.naming import test_names
from redfirst.generation.provenance import body_of, read_provenance, with_header
from redfirst.generation.render import render_by
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.ide.code_uses import uses
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.generation.links import LinkedTest
    from redfirst.generation.provenance import Provenance
    from redfirst.spec.model import Case, Spec


@dataclass(frozen=True, slots=True)
class Renaming:
    """A spec before and after; both have the same cases in the same order."""

    before: Spec
    after: Spec

    def pairs(self) -> Iterator[tuple[Case, Case]]:
        """Each case before and after."""
        return zip(self.before.cases, self.after.cases, strict=True)


class HiddenNameError(Exception):
    """The module names what is renamed in a way that cannot be followed; the text says how."""


def renamed_module(source: str, renaming: Renaming) -> str:
    """The text of the test module after the renaming.

    A module that generation would write again just so is written again; any other one, formatted
    or made by a model, is edited where it names what is renamed. `HiddenNameError` when that
    cannot be done.
    """
    provenance = read_provenance(source)
    if provenance is not None and source == _written(renaming.before, provenance):
        return _written(renaming.after, provenance)
    edited = _edited(source, _edits(source, renaming))
    if provenance is None:
        return edited
    return with_header(edited, _renamed_provenance(provenance, edited, renaming))


def _written(spec: Spec, provenance: Provenance) -> str:
    body = write_tests(spec).body
    return render_by(provenance.author, body, spec, provenance.spec_path)


def _renamed_provenance(provenance: Provenance, source: str, renaming: Renaming) -> Provenance:
    """Only a fingerprint that was right before is right afterwards."""
    before, after = fingerprints(renaming.before), fingerprints(renaming.after)
    new_ids = {old.id: new.id for old, new in renaming.pairs()}
    cases = {
        new_ids.get(case, case): after.cases[new_ids[case]]
        if before.cases.get(case) == fingerprint
        else fingerprint
        for case, fingerprint in provenance.cases.items()
    }
    current = provenance.fingerprint == before.spec
    return replace(
        provenance,
        fingerprint=after.spec if current else provenance.fingerprint,
        cases=cases,
        checksum=checksum(body_of(source)),
    )


_Edit = tuple[Span, str]


def _edits(source: str, renaming: Renaming) -> Iterator[_Edit]:
    yield from _function_edits(source, renaming)
    links = linked_tests(source)
    names = dict(_test_names(links, renaming))
    kept = {link.name for link in links} - set(names)
    new_cases = {old.id: (old, new) for old, new in renaming.pairs() if old.id != new.id}
    for link in links:
        new_name = names.get(link.name)
        if new_name is not None and new_name not in kept:
            yield link.span, new_name
        if link.case in new_cases:
            yield from _title_edits(source, link, *new_cases[link.case])


def _function_edits(source: str, renaming: Renaming) -> Iterator[_Edit]:
    before, after = renaming.before.function.value, renaming.after.function.value
    if before == after:
        return
    module = renaming.before.module.value
    old, new = before.rpartition(".")[2], after.rpartition(".")[2]
    found = uses(source, module, before)
    if found.hidden:
        message = f"it binds `{old}` itself, so that the name may mean something else there"
        raise HiddenNameError(message)
    yield from ((span, new) for span in found.spans)
    title = f"Tests of {module}.{before}."
    place = source.find(title)
    if place >= 0:
        yield Span(place, place + len(title)), f"Tests of {module}.{after}."


def _test_names(links: Iterable[LinkedTest], renaming: Renaming) -> Iterator[tuple[str, str]]:
    """Old and new names of the tests that have the name that generation would give them."""
    written = {link.case: link.name for link in links if link.case}
    pairs = [(old, new) for old, new in renaming.pairs() if old.id in written]
    before = test_names((old.id for old, _ in pairs), bound_names(renaming.before))
    after = test_names((new.id for _, new in pairs), bound_names(renaming.after))
    for old, new in pairs:
        if written[old.id] == before[old.id] != after[new.id]:
            yield before[old.id], after[new.id]


def _title_edits(source: str, link: LinkedTest, old: Case, new: Case) -> Iterator[_Edit]:
    """The id in the docstring, and the case's text where it names the function."""
    literal = link.docstring or link.span
    written = literal.of(source)
    line = docstring_line(old.id, old.text.value)
    start = literal.start + written.find(f"{old.id}:")
    if start < literal.start:
        message = f"the docstring of `{link.name}` hides the id `{old.id}` behind an escape"
        raise HiddenNameError(message)
    if link.title != old.text.value or old.text.value == new.text.value:
        yield Span(start, start + len(old.id)), new.id
    elif line in written:
        start = literal.start + written.index(line)
        yield Span(start, start + len(line)), docstring_line(new.id, new.text.value)
    elif "\n" not in written:
        yield literal, docstring_literal(docstring_line(new.id, new.text.value))
    else:
        message = f"the docstring of `{link.name}` writes the text of its case in another way"
        raise HiddenNameError(message)


def _edited(source: str, edits: Iterable[_Edit]) -> str:
    for span, new_text in sorted(edits, reverse=True):
        source = source[: span.start] + new_text + source[span.end :]
    return source
