"""`Report`: one parsed report. It holds the text and rows; everything else is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from attrs import field, frozen

from .diagnostics import Diagnostic
from .nodes import Annex, Kind, Leaf, LeafRole, Node, Part
from .text import Span
from .tree import Row, build_nodes

__all__ = ["Report"]


@frozen(kw_only=True, eq=False)
class Report:
    """
    One report: its text as given, its tree, its numbers, its facts.

    Reports compare by text, place and outline, hash, and pickle as text and rows.
    """

    kind: ClassVar[Kind] = Kind.REPORT

    source: str = field(repr=False)
    """The text exactly as given to `parse`; every offset points into it."""
    span: Span
    """Where this report lies in `source`: all of it, unless the text holds several."""
    _rows: tuple[Row, ...] = field(repr=False, default=())
    _noticed: tuple[Diagnostic, ...] = field(repr=False, default=())
    _options: tuple[tuple[str, Any], ...] = field(repr=False, default=())
    _made: dict[str, Any] = field(repr=False, factory=dict, init=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return (self.span, self._rows, self.source) == (other.span, other._rows, other.source)

    def __hash__(self) -> int:
        return hash((self.span, self.source))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.source, tuple(self.span), self._rows, self._noticed, self._options)

    # ------------------------------------------------------------------ the tree

    @property
    def children(self) -> tuple[Node, ...]:
        """Parts and annexes and, before, between and after them, blocks."""
        if "children" not in self._made:
            self._made["children"] = build_nodes(self.source, self._rows)
        return self._made["children"]  # type: ignore[no-any-return]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts, in text order."""
        return tuple(node for node in self.children if isinstance(node, Part))

    @property
    def annexes(self) -> tuple[Annex, ...]:
        """The annexes, in text order."""
        return tuple(node for node in self.children if isinstance(node, Annex))

    @property
    def text(self) -> str:
        """The report's text exactly as given."""
        return self.source[self.span.start : self.span.end]

    def walk(self) -> Iterator[Node]:
        """Every node below the report, in text order."""
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The pieces that no node divides further: in order, they tile `span` exactly."""
        if "leaves" not in self._made:
            self._made["leaves"] = tuple(_leaves(self))
        return self._made["leaves"]  # type: ignore[no-any-return]

    def at(self, offset: int) -> Node | None:
        """The innermost node at *offset* of `source`; ``None`` between nodes. Raises `IndexError` outside `span`."""
        if not self.span.start <= offset < max(self.span.end, self.span.start + 1):
            raise IndexError(f"offset {offset} is outside the report, which is {self.span.start} to {self.span.end}")
        found: Node | None = None
        level: tuple[Node, ...] = self.children
        while True:
            inner = next((n for n in level if n.span.start <= offset < n.span.end), None)
            if inner is None:
                return found
            found, level = inner, inner.children

    def path(self, node: Node) -> tuple[str, ...]:
        """The titles above *node*, outermost first, its own not included."""
        titles: list[str] = []
        level: tuple[Node, ...] = self.children
        while True:
            inner = next((n for n in level if n.span.covers(node.span)), None)
            if inner is None or inner == node or inner is node:
                return tuple(titles)
            if inner.title:
                titles.append(inner.title)
            level = inner.children


def _restore(source: str, span: tuple[int, int], rows: tuple[Row, ...], noticed: tuple[Diagnostic, ...], options: tuple[tuple[str, Any], ...]) -> Report:
    return Report(source=source, span=Span(*span), rows=rows, noticed=noticed, options=options)


def _leaves(report: Report) -> Iterator[Leaf]:
    source = report.source

    def rest(start: int, end: int, role: LeafRole) -> Iterator[Leaf]:
        if start < end:
            yield Leaf(Span(start, end), role if source[start:end].strip() else LeafRole.BLANK)

    def inside(node: Node) -> Iterator[Leaf]:
        at = node.span.start
        role = LeafRole.BLOCK if node.kind is Kind.BLOCK else LeafRole.BODY
        if node.title_span and node.title_span.end > at:
            heading = node.title_span.end
            if node.children:
                heading = min(heading, node.children[0].span.start)
            yield Leaf(Span(at, heading), LeafRole.HEADING)
            at = heading
        for child in node.children:
            yield from rest(at, child.span.start, role)
            yield from inside(child)
            at = child.span.end
        yield from rest(at, node.span.end, role)

    at = report.span.start
    for child in report.children:
        yield from rest(at, child.span.start, LeafRole.BLOCK)
        yield from inside(child)
        at = child.span.end
    yield from rest(at, report.span.end, LeafRole.BLOCK)
