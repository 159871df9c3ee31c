"""From PyYAML's events to our nodes: one pass over one text, up to the first fault.

Events instead of `yaml.compose`: its C form overflows the stack on deep nesting, loses the place
of aliases and of everything behind a fault.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml import events

from redfirst.spec.ranges import Span
from redfirst.spec.yaml.broken import is_cut_short, split_items, split_values
from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Pair, Scalar, Sequence, Style

if TYPE_CHECKING:
    from collections.abc import Mapping as ReadOnly
    from typing import Protocol

    class _Mark(Protocol):
        @property
        def index(self) -> int: ...


MAX_DEPTH: Final = 64
MAX_NODES: Final = 200_000
# PyYAML without its C extension has no `CSafeLoader`; ten times slower, but it reads the same.
LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BLANKS: Final = (" ", "\t")
_STYLES: Final = {style.value: style for style in Style}


@dataclass(frozen=True, slots=True)
class Failure:
    """Where PyYAML gave up. `origin` is where the construct began that it could not finish.

    `problem` and `context` are PyYAML's words: to tell faults apart, never to show.
    """

    offset: int
    origin: int | None
    problem: str
    context: str


@dataclass(frozen=True, slots=True)
class Property:
    """An anchor or a tag of a node, at the node's beginning."""

    span: Span
    tag: str | None


@dataclass(frozen=True, slots=True)
class Composition:
    """What could be read of a text: the first document, and why there is not more.

    `second_document` is where another document begins. `too_large` is where a limit was hit.
    `last_scalar` is what was read last before a failure. `split` are texts between braces that a
    comma of their own took apart, `cut` those that a ` #` cut short. `count` is how many
    nodes there are.
    """

    root: Node | None
    failure: Failure | None
    properties: tuple[Property, ...]
    second_document: int | None
    too_large: int | None
    last_scalar: Scalar | None
    split: tuple[Scalar, ...]
    cut: tuple[Scalar, ...]
    count: int


class _TooLargeError(Exception):
    """A limit was hit at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class _SecondDocumentError(Exception):
    """Another document begins at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    start: int
    is_mapping: bool
    flow: bool
    children: list[Node] = field(default_factory=list[Node])


@dataclass(slots=True)
class _Builder:
    text: str
    stand_ins: ReadOnly[int, Scalar]
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list[_Open])
    properties: list[Property] = field(default_factory=list[Property])
    count: int = 0
    last_scalar: Scalar | None = None
    split: list[Scalar] = field(default_factory=list[Scalar])
    cut: list[Scalar] = field(default_factory=list[Scalar])

    def take(self, event: events.Event) -> None:
        if isinstance(event, events.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, events.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, events.CollectionEndEvent):
            self._close(_index(event.end_mark))
        elif isinstance(event, events.AliasEvent):
            span = Span(_index(event.start_mark), _index(event.end_mark))
            self._add(Alias(span, str(event.anchor)))
        elif isinstance(event, events.DocumentStartEvent) and self.root is not None:
            raise _SecondDocumentError(_index(event.start_mark))

    def finish(self) -> Node | None:
        """Close what a fault left open."""
        while self.stack:
            self._close(None)
        return self.root

    def _scalar(self, event: events.ScalarEvent) -> None:
        start, end = _index(event.start_mark), _index(event.end_mark)
        if event.anchor is not None or event.tag is not None:
            start = self._skip_properties(start, end, event.tag)
        style = _STYLES.get(event.style or "plain", Style.PLAIN)
        if style in (Style.LITERAL, Style.FOLDED):
            end = start + len(self.text[start:end].rstrip())
        stand_in = self.stand_ins.get(start) if self.stand_ins else None
        scalar = stand_in or Scalar(Span(start, end), event.value, style)
        self.last_scalar = scalar
        text_follows = self.text[end : end + 1] in _BLANKS
        if style is Style.PLAIN and text_follows and is_cut_short(self.text, scalar):
            self.cut.append(scalar)
        self._add(scalar)

    def _open(self, event: events.CollectionStartEvent) -> None:
        start = _index(event.start_mark)
        if event.anchor is not None or event.tag is not None:
            start = self._skip_properties(start, len(self.text), event.tag)
        is_mapping = isinstance(event, events.MappingStartEvent)
        self.stack.append(_Open(start, is_mapping, bool(event.flow_style)))
        if len(self.stack) > MAX_DEPTH:
            raise _TooLargeError(start)

    def _skip_properties(self, start: int, end: int, tag: str | None) -> int:
        """Note the anchors and tags at `start`; the place where the node itself begins."""
        while start < end and self.text[start] in "&!":
            stop = start
            while stop < end and not self.text[stop].isspace() and self.text[stop] not in ",[]{}":
                stop += 1
            self.properties.append(
                Property(Span(start, stop), tag if self.text[start] == "!" else None)
            )
            start = stop
            while start < end and self.text[start].isspace():
                start += 1
        return start

    def _close(self, flow_end: int | None) -> None:
        done = self.stack.pop()
        children = done.children
        end = children[-1].span.end if children else done.start
        if done.flow and flow_end is not None:
            end = flow_end
        span = Span(done.start, max(end, done.start))
        if done.is_mapping:
            pairs = _pairs(children)
            if done.flow:
                self.split.extend(split_values(pairs))
            self._add(Mapping(span, pairs, done.flow))
        else:
            if done.flow:
                self.split.extend(split_items(children))
            self._add(Sequence(span, tuple(children), done.flow))

    def _add(self, node: Node) -> None:
        self.count += 1
        if self.count == MAX_NODES:
            raise _TooLargeError(node.span.start)
        if self.stack:
            self.stack[-1].children.append(node)
        elif self.root is None:
            self.root = node


def compose(text: str, stand_ins: ReadOnly[int, Scalar]) -> Composition:
    """Read `text`, which must hold only characters that YAML allows.

    A scalar that starts at a key of `stand_ins` is replaced by the one given there.
    """
    builder = _Builder(text, stand_ins)
    failure = second = too_large = None
    try:
        _drive(text, builder)
    except yaml.MarkedYAMLError as error:
        failure = _failure(error, len(text))
    except _TooLargeError as error:
        too_large = error.offset
    except _SecondDocumentError as error:
        second = error.offset
    last = builder.last_scalar
    root = builder.finish()
    return Composition(
        root,
        failure,
        tuple(builder.properties),
        second,
        too_large,
        last,
        tuple(builder.split),
        tuple(builder.cut),
        builder.count,
    )


def _drive(text: str, builder: _Builder) -> None:
    loader = LOADER(text)
    try:
        event: events.Event = loader.get_event()
        while not isinstance(event, events.StreamEndEvent):
            builder.take(event)
            event = loader.get_event()
    finally:
        loader.dispose()


def _pairs(children: list[Node]) -> tuple[Pair, ...]:
    if len(children) % 2:
        end = children[-1].span.end
        children = [*children, Scalar(Span(end, end), "")]
    return tuple(map(Pair, children[::2], children[1::2]))


def _failure(error: yaml.MarkedYAMLError, length: int) -> Failure:
    origin = None if error.context_mark is None else error.context_mark.index
    at = origin or 0 if error.problem_mark is None else error.problem_mark.index
    return Failure(min(at, length), origin, error.problem or "", error.context or "")


def _index(mark: _Mark | None) -> int:
    return 0 if mark is None else mark.index
