"""
Headings become rows, rows become nodes. A report is kept as rows (small, quick to pickle); nodes are made on demand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from attrs import define

from .frame import Frame
from .layout import Line
from .nodes import (
    Annex,
    Block,
    BlockRole,
    Entry,
    Evidence,
    Form,
    Item,
    Kind,
    Marker,
    Node,
    Part,
    PartRole,
    Section,
)
from .outline import PARAGRAPH, Head, Outline
from .quick import quick
from .text import Span, span_of
from .vocab import both

__all__ = ["Row", "build_nodes", "build_rows"]


class Row(NamedTuple):
    """One node as plain values: all offsets into the source, ``parent`` an index into the rows or -1."""

    kind: Kind
    start: int
    end: int
    parent: int
    title: str = ""
    title_start: int = -1
    title_end: int = -1
    form: Form | None = None
    marker: tuple[str, int | None, str, int, int] | None = None
    role: str = ""
    confidence: float = 1.0
    evidence: tuple[tuple[str, int, int, str], ...] = ()


_row: Callable[[list[Any]], Row] = partial(tuple.__new__, Row)
_END, _PARENT = Row._fields.index("end"), Row._fields.index("parent")


def _closed(rows: list[list[Any]]) -> tuple[Row, ...]:
    """Rows under construction, each made to reach to the end of what lies in it."""
    for row in reversed(rows):
        parent = row[_PARENT]
        if parent >= 0 and rows[parent][_END] < row[_END]:
            rows[parent][_END] = row[_END]
    return tuple(map(_row, rows))


@define
class _Open:
    """A row under construction."""

    index: int
    depth: int
    kind: Kind
    lead: bool
    bare: bool
    """Whether nothing but its heading has been seen."""


_CLOSING = re.compile(both(r"让我们|奋斗|谢谢|新篇章|作出新的|更大贡献|开创.{0,20}新局面"))


class _Builder:
    def __init__(self, source: str, lines: Sequence[Line], frame: Frame, outline: Outline) -> None:
        self.source = source
        self.lines = lines
        self.frame = frame
        self.untitled = outline.untitled
        self.dividers = outline.dividers
        self.rows: list[list[Any]] = []
        self.stack: list[_Open] = []
        self.by_line: dict[int, list[Head]] = {}
        self.titles: set[int] = set()
        self.closed = False
        for h in outline.heads:
            self.by_line.setdefault(h.line, []).append(h)
            if h.title_line is not None:
                self.titles.add(h.title_line)

    def run(self) -> tuple[Row, ...]:
        frame = self.frame
        closing = self._closing()
        first = min((h.line for hs in self.by_line.values() for h in hs if h.depth == 1), default=frame.tail)
        if self.untitled:
            first = frame.tail
        ahead = sum(
            len(self.lines[i].text) for i in range(frame.body, min(first, frame.tail)) if i not in frame.roles
        )
        self._blocks(frame.start, frame.body)
        for i in range(frame.body, frame.tail):
            if i in self.titles:
                continue
            role = frame.roles.get(i)
            if i in self.dividers:
                while self.stack and self.stack[-1].depth >= 2:
                    self.stack.pop()
            if role is not None:
                self._block(i, i + 1, role)
            elif i in closing:
                self.stack.clear()
                self.closed = True
                self._block(i, i + 1, BlockRole.CLOSING)
            elif i < first and not self.untitled and ahead < 200 and i not in self.by_line:
                self._block(i, i + 1, BlockRole.OPENING)
            else:
                self._line(i)
        self.stack.clear()
        stop = frame.duplicate[0] if frame.duplicate else frame.end
        self._blocks(frame.tail, stop)
        if frame.duplicate:
            a, b = frame.duplicate
            self._add(
                Kind.BLOCK, self.lines[a].start, self.lines[b - 1].end, -1, role=BlockRole.DUPLICATE.value
            )
        return _closed(self.rows)

    def _closing(self) -> set[int]:
        """The call that ends the report: the last paragraphs before the annexes, if they call."""
        annex = min(
            (h.line for hs in self.by_line.values() for h in hs if h.kind is Kind.ANNEX),
            default=self.frame.tail,
        )
        found: set[int] = set()
        for i in range(annex - 1, self.frame.body, -1):
            if i in self.frame.roles:
                continue
            if i in self.by_line or len(found) == 3:
                break
            text = self.lines[i].text
            if len(text) <= 2 and not found:
                continue  # a sign or a letter that was left below the last paragraph
            if _CLOSING.search(text) and (text[-1] in "！!" or found or "代表" in text[:12]):
                found.add(i)
            else:
                break
        return found

    # ------------------------------------------------------------------ rows

    def _add(
        self,
        kind: Kind,
        start: int,
        end: int,
        parent: int,
        role: str = "",
        title: str = "",
        title_start: int = -1,
        title_end: int = -1,
        form: Form | None = None,
        marker: tuple[str, int | None, str, int, int] | None = None,
        confidence: float = 1.0,
        evidence: tuple[tuple[str, int, int, str], ...] = (),
    ) -> int:
        rows = self.rows
        rows.append(
            [
                kind,
                start,
                end,
                parent,
                title,
                title_start,
                title_end,
                form,
                marker,
                role,
                confidence,
                evidence,
            ]
        )
        return len(rows) - 1

    def _blocks(self, start: int, end: int) -> None:
        """Consecutive lines of one role as one block each."""
        i = start
        while i < end:
            role = self.frame.roles.get(i, BlockRole.FURNITURE)
            j = i + 1
            while j < end and self.frame.roles.get(j, BlockRole.FURNITURE) is role and role in _MERGED:
                j += 1
            self._block(i, j, role)
            i = j

    def _block(self, first: int, last: int, role: BlockRole) -> None:
        self._add(
            Kind.BLOCK, self.lines[first].start, self.lines[last - 1].end, self._container(), role=role.value
        )

    def _container(self) -> int:
        """The node that a block lies in: the innermost heading, or a point that still waits for its words."""
        while self.stack and self.stack[-1].lead and not self.stack[-1].bare:
            self.stack.pop()  # what follows the block is no part of the point before it
        return self.stack[-1].index if self.stack else -1

    def _line(self, i: int) -> None:
        line = self.lines[i]
        heads = self.by_line.get(i, [])
        if not heads:
            self._paragraph(line, 0, len(line.text))
            return
        at = heads[0].start
        if line.text[:at].strip():
            self._paragraph(line, 0, at)
        for n, head in enumerate(heads):
            end = heads[n + 1].start if n + 1 < len(heads) else len(line.text)
            self._head(i, head, end)

    def _paragraph(self, line: Line, start: int, end: int) -> None:
        while len(self.stack) > 1 and self.stack[-1].lead and not self.stack[-1].bare:
            self.stack.pop()
        if not self.stack:
            if self.closed:
                first, last = _trim(line, start, end)
                role = BlockRole.CLOSING if len(line.text) >= PARAGRAPH else BlockRole.FURNITURE
                self._add(Kind.BLOCK, first, last, -1, role=role.value)
                return
            index = self._add(Kind.PART, line.at(start), line.at(start), -1, role=PartRole.OTHER.value)
            self.stack.append(_Open(index, 1, Kind.PART, False, False))
        top = self.stack[-1]
        top.bare = False
        first, last = _trim(line, start, end)
        kind = Kind.ITEM if top.kind not in (Kind.ANNEX, Kind.ENTRY) else Kind.BLOCK
        if kind is Kind.BLOCK:
            role = BlockRole.TABLE if len(line.text) < 20 else BlockRole.CAPTION
            self._add(kind, first, last, top.index, role=role.value)
            return
        index = self._add(kind, first, last, top.index)
        self._gaps(line, Span(first, last), index)

    def _head(self, i: int, head: Head, end: int) -> None:
        line, c, stack = self.lines[i], head.candidate, self.stack
        text, kind, depth = line.text, head.kind, head.depth
        while stack and stack[-1].depth >= depth:
            stack.pop()
        if not stack and depth > 1:
            at = line.at(head.start)
            index = self._add(Kind.PART, at, at, -1, PartRole.OTHER.value)
            stack.append(_Open(index, 1, Kind.PART, False, False))
        parent = -1
        if stack:
            top = stack[-1]
            top.bare = False
            parent = top.index
        whole_start, whole_end = _trim(line, head.start, end)
        title_line, (a, b) = line, c.title
        if head.title_line is not None:
            title_line = self.lines[head.title_line]
            a, b = 0, len(title_line.text)
            while b and title_line.text[b - 1] in "。：: 　":
                b -= 1
            whole_end = title_line.end
        elif b > end:
            b = end
        title, title_start, title_end = "", -1, -1
        if b > a:
            title = title_line.text[a:b]
            title_start, title_end = title_line.bounds(a, b)
        marker = None
        if c.marker:
            first, last = line.bounds(*c.marker)
            marker = (self.source[first:last], c.value, c.style, first, last)
        index = self._add(
            kind,
            whole_start,
            whole_end,
            parent,
            "",
            title,
            title_start,
            title_end,
            c.form,
            marker,
            round(head.confidence, 2),
            tuple([(rule, *line.bounds(x, y), detail) for rule, x, y, detail in head.reasons]),
        )
        behind = c.title[1]
        bare = end - behind <= 4 and not text[behind:end].strip("。：:！!　 ")
        stack.append(_Open(index, depth, kind, kind in _POINTS, bare))
        if b > a and line.gaps:
            self._gaps(line, Span(title_end, whole_end), index)

    def _gaps(self, line: Line, span: Span, parent: int) -> None:
        """Page numbers that the line bridges become blocks of the node they interrupt."""
        for gap in line.gaps:
            if span.start <= gap.start and gap.end <= span.end:
                inner = self.source[gap.start : gap.end].strip()
                if inner:
                    at = self.source.index(inner, gap.start)
                    self._add(Kind.BLOCK, at, at + len(inner), parent, role=BlockRole.FURNITURE.value)


_POINTS = (Kind.ITEM, Kind.ENTRY)
_MERGED = (BlockRole.FURNITURE, BlockRole.METADATA, BlockRole.CONTENTS)


def _trim(line: Line, start: int, end: int) -> tuple[int, int]:
    """Where the words of ``line.text[start:end]`` stand in the source."""
    text = line.text
    while start < end and text[start] in " 　\xa0\t":
        start += 1
    while end > start and text[end - 1] in " 　\xa0\t":
        end -= 1
    return line.bounds(start, end)


def build_rows(source: str, lines: Sequence[Line], frame: Frame, outline: Outline) -> tuple[Row, ...]:
    """The rows of one report, parents before children, siblings in text order."""
    return _Builder(source, lines, frame, outline).run()


_MAKERS: dict[Kind, Callable[..., Node]] = {
    Kind.PART: quick(Part),
    Kind.SECTION: quick(Section),
    Kind.ITEM: quick(Item),
    Kind.ANNEX: quick(Annex),
    Kind.ENTRY: quick(Entry),
    Kind.BLOCK: quick(Block),
}
_ROLES: dict[Kind, Callable[[str], tuple[BlockRole | PartRole]]] = {
    Kind.BLOCK: lambda role: (BlockRole(role),),
    Kind.PART: lambda role: (PartRole(role or "other"),),
}
"""The field that only some kinds have, their last."""
_evidence = quick(Evidence)
_marker = quick(Marker)


def build_nodes(source: str, rows: Sequence[Row]) -> tuple[Node, ...]:
    """The top-level nodes that *rows* describe, with everything below them."""
    below: dict[int, list[Node]] = {-1: []}
    for i in range(len(rows) - 1, -1, -1):
        kind, start, end, parent, title, title_start, title_end, form, marker, role, confidence, evidence = (
            rows[i]
        )
        inner = below.pop(i, None)
        if inner is not None:
            inner.reverse()
        node = _MAKERS[kind](
            span_of((start, end)),
            title,
            span_of((title_start, title_end)) if title_start >= 0 else None,
            _marker(marker[0], marker[1], marker[2], span_of(marker[3:])) if marker else None,
            form,
            confidence,
            tuple([_evidence(rule, span_of((a, b)), detail) for rule, a, b, detail in evidence])
            if evidence
            else (),
            tuple(inner) if inner else (),
            source,
            *(_ROLES[kind](role) if kind in _ROLES else ()),
        )
        if parent in below:
            below[parent].append(node)
        else:
            below[parent] = [node]
    top = below[-1]
    top.reverse()
    return tuple(top)
