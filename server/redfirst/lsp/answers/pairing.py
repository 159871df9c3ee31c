"""The spec and the tests that belong to a view, as the person sees both now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.state.verdicts import text_hash
from redfirst.lsp.state.view import Kind
from redfirst.project.circumstances import circumstances
from redfirst.project.pytest_settings import declared_markers
from redfirst.workflow.remarks import Pair, Remark, remarks_on_spec, remarks_on_tests
from redfirst.workflow.spec_file import spec_file
from redfirst.workflow.test_module import own_test_path

if TYPE_CHECKING:
    from redfirst.lsp.state.view import View


def remarks(view: View) -> tuple[Remark, ...]:
    """What there is to say of the view beside its problems. Reads files, and takes its time."""
    pair = _pair(view)
    if pair is None:
        return ()
    return tuple(remarks_on_spec(pair) if view.kind is Kind.SPEC else remarks_on_tests(pair))


def knowledge(view: View) -> str:
    """A name for all that the remarks rest on, beside the view's own text."""
    pair = _pair(view)
    if pair is None:
        return ""
    other = pair.source if view.kind is Kind.SPEC else pair.file.document.text
    around = "" if view.kind is Kind.SPEC else circumstances(view.project, view.path)
    reports = repr((pair.report, pair.run, pair.draft))
    return text_hash("\0".join((other or "", str(other is None), around, reports)))


def _pair(view: View) -> Pair | None:
    return pair_of_spec(view) if view.kind is Kind.SPEC else _of_tests(view)


def pair_of_spec(view: View) -> Pair | None:
    """The pair of a view that is a spec; `None` while it is half-written. Reads files."""
    head = view.document.head
    if head is None:
        return None
    path = own_test_path(view.project, view.path, head)
    return Pair(
        file=spec_file(view.project.relative(view.path), view.text, view.document),
        head=head,
        test_path=view.project.relative(path),
        source=view.read(path),
        report=view.report,
        run=view.run_report,
        draft=view.draft_report,
    )


def _of_tests(view: View) -> Pair | None:
    """Nothing when the spec is gone, half-written, or has its tests elsewhere by now."""
    text = view.read(view.spec_path) if view.kind is Kind.TEST and view.spec_path else None
    if text is None or view.spec_path is None:
        return None
    opened = view.opened(view.spec_path)
    document = opened.document if opened is not None and opened.text == text else None
    file = spec_file(view.project.relative(view.spec_path), text, document)
    head = file.document.head
    if head is None or own_test_path(view.project, view.spec_path, head) != view.path:
        return None
    return Pair(
        file=file,
        head=head,
        test_path=view.project.relative(view.path),
        source=view.text,
        report=view.report,
        run=view.run_report,
        markers=declared_markers(view.project.root),
    )
