"""
Headings become rows, rows become nodes. A report is kept as rows (small, quick to pickle); nodes are made on demand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple

from .frame import Frame
from .layout import Line
from .memo import Memo
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
from .outline import PARAGRAPH, Head, Lead, Outline
from .quick import quick
from .roles import part_roles
from .text import Span, span_of
from .vocab import both

__all__ = ["Row", "build_nodes", "build_rows"]


Mark = tuple[str, int | None, str, int, int]
"""A printed number: text, value, style, start, end."""
Proofs = tuple[tuple[str, int, int, str], ...]
"""Rule, start, end, detail of each."""


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
    marker: Mark | None = None
    role: str = ""
    confidence: float = 1.0
    evidence: Proofs = ()


_row: Callable[[list[Any]], Row] = partial(tuple.__new__, Row)
_END, _PARENT, _TITLE, _TITLE_START, _TITLE_END, _ROLE, _EVIDENCE = map(
    Row._fields.index, ("end", "parent", "title", "title_start", "title_end", "role", "evidence")
)

# Members of an enumeration are looked up slowly in their class.
_PART, _ITEM, _ANNEX, _ENTRY, _BLOCK = Kind.PART, Kind.ITEM, Kind.ANNEX, Kind.ENTRY, Kind.BLOCK
_POINTS = (_ITEM, _ENTRY)
_LISTS = (_ANNEX, _ENTRY)
_FURNITURE = BlockRole.FURNITURE
_TABLE = BlockRole.TABLE
_MERGED = (_FURNITURE, BlockRole.METADATA, BlockRole.CONTENTS)

_CLOSING = re.compile(
    both(
        r"让我们|奋斗|谢谢|新篇章|作出新的|更大贡献|开创.{0,20}新局面|(?:新|更大)的?胜利|胜利前进|必胜的信心|献礼|万岁"
    )
)
_STOPS = "。！!：:；;，,"
_BELOW = 6
"""Lines among which the closing ends, whatever stands below it."""
_PULLED = 30
"""Characters of a line below the closing that repeats a slogan, without a stop."""


class _Builder:
    """
    Rows under construction, and the nodes that are still open.

    A row is a list of the fields of `Row` until all are known: its end moves with what is added below it.
    """

    def __init__(self, source: str, lines: Sequence[Line], frame: Frame, outline: Outline) -> None:
        self.source = source
        self.lines = lines
        self.frame = frame
        self.outline = outline
        self.rows: list[list[Any]] = []
        self.stack: list[tuple[int, int, Kind]] = []
        """The open nodes, outermost first: depth, row, kind."""
        self.held: dict[int, int] = {}
        """By row, the place up to which what follows a point belongs to it, leads or not: 1、X。⏎…⏎Y。…⏎2、"""
        self.bare = False
        """Whether nothing but its heading has been seen of the innermost one."""
        self.closed = False
        heads = outline.heads
        every = [*heads, *outline.leads]
        self.by_line: dict[int, Head] = {h.line: h for h in every}
        """A heading of each line that has one."""
        self.crowded: dict[int, list[Head]] = {}
        """All headings of the lines that have several."""
        if len(self.by_line) < len(every):
            self.crowded = {h.line: [] for h in every if self.by_line[h.line] is not h}
            for h in every:
                if h.line in self.crowded:
                    self.crowded[h.line].append(h)
        self.titles = {h.title_line for h in heads if h.title_line is not None}
        """Lines that are the title of a heading above them."""
        self.first = min([h.line for h in heads if h.depth == 1], default=frame.tail)
        """The first line with a heading of the outermost level, …"""
        self.annex = min([h.line for h in heads if h.kind is _ANNEX], default=frame.tail)
        """… and the first of an annex."""

    def run(self) -> tuple[Row, ...]:
        lines, roles, first = self.lines, self.frame.roles, self.first
        by_line, crowded = self.by_line, self.crowded
        body, tail = self.frame.body, self.frame.tail
        closing = self._closing()
        opening = body
        if not self.outline.untitled:
            ahead = sum([len(lines[i].text) for i in range(body, min(first, tail)) if i not in roles])
            if ahead < 200:
                opening = first
        dividers = self.outline.dividers
        special = self.titles.union(roles, closing, dividers)
        self._blocks(self.frame.start, body)
        for i in range(body, tail):
            if i in special:
                if i in self.titles:
                    continue
                if i in dividers:
                    while self.stack and self.stack[-1][0] >= 2:
                        self._leave()
                if i in roles:
                    if roles[i] is not _TABLE:
                        self._block(i, i + 1, roles[i])
                    elif roles.get(i - 1) is not _TABLE:  # its rows are one block
                        last = next(j for j in range(i + 1, len(lines) + 1) if roles.get(j) is not _TABLE)
                        self._block(i, last, _TABLE)
                    continue
                if i in closing:
                    self.stack.clear()
                    self.closed = True
                    self._block(i, i + 1, BlockRole.CLOSING)
                    continue
            line = lines[i]
            head = by_line.get(i)
            if head is None:
                if i < opening:
                    self._block(i, i + 1, BlockRole.OPENING)
                else:
                    self._paragraph(line, 0, len(line.text))
            elif i in crowded or head.start:
                self._heads(line, crowded.get(i, [head]))
            elif head.__class__ is Lead and not line.gaps:
                self._lead(line, head)
            else:
                self._head(line, head, len(line.text))
        self.stack.clear()
        duplicate = self.frame.duplicate
        self._blocks(tail, duplicate[0] if duplicate else self.frame.end)
        if duplicate:
            a, b = duplicate
            self._add(_BLOCK, lines[a].start, lines[b - 1].end, -1, BlockRole.DUPLICATE.value)
        self._name_parts()
        return self._rows()

    def _closing(self) -> set[int]:
        """The call that ends the report: the last paragraphs before the annexes, if they call."""
        found: set[int] = set()
        lowest = self.annex - _BELOW
        for i in range(self.annex - 1, self.frame.body, -1):
            if i in self.frame.roles:
                continue
            if i in self.by_line or len(found) == 3 or (not found and i < lowest):
                break
            text = self.lines[i].text
            if not found and (len(text) <= 2 or (len(text) <= _PULLED and text[-1] not in _STOPS)):
                continue  # a sign that was left below the last paragraph, a slogan
            if _CLOSING.search(text) and (
                text[-1] in "！!" or found or "代表" in text[:12] or text[:2] in ("总之", "總之")
            ):
                found.add(i)
            else:
                break
        return found

    def _name_parts(self) -> None:
        """Say of every part what it is about, and why."""
        parts = [row for row in self.rows if row[0] is _PART]
        for row, (role, why) in zip(parts, part_roles([row[_TITLE] for row in parts]), strict=True):
            start, end = row[1], row[1]
            if row[_TITLE_START] >= 0:
                start, end = row[_TITLE_START], row[_TITLE_END]
            row[_ROLE] = role.value
            row[_EVIDENCE] += (("part-role", start, end, why),)

    def _rows(self) -> tuple[Row, ...]:
        """All rows, each made to reach to the end of what lies in it."""
        rows = self.rows
        for row in reversed(rows):
            parent = row[_PARENT]
            if parent >= 0:
                end, around = row[_END], rows[parent]
                if around[_END] < end:
                    around[_END] = end
        return tuple(map(_row, rows))

    # ------------------------------------------------------------------ the open nodes

    def _leave(self) -> None:
        """The innermost node is at its end. The one around it holds it, so that it is not bare."""
        self.stack.pop()
        self.bare = False

    # ------------------------------------------------------------------ rows

    def _add(self, kind: Kind, start: int, end: int, parent: int, role: str = "") -> None:
        """A row without a heading."""
        self.rows.append([kind, start, end, parent, "", -1, -1, None, None, role, 1.0, ()])

    def _blocks(self, start: int, end: int) -> None:
        """Consecutive lines of one role as one block each."""
        roles = self.frame.roles
        i = start
        while i < end:
            role = roles.get(i, _FURNITURE)
            j = i + 1
            if role in _MERGED:
                while j < end and roles.get(j, _FURNITURE) is role:
                    j += 1
            self._block(i, j, role)
            i = j

    def _block(self, first: int, last: int, role: BlockRole) -> None:
        """Lines that are no part of the innermost heading, or point that still waits for its words, but lie in it."""
        stack = self.stack
        while stack and not self.bare and stack[-1][2] in _POINTS:
            self._leave()  # what follows the block is no part of the point before it
        parent = stack[-1][1] if stack else -1
        self._add(_BLOCK, self.lines[first].start, self.lines[last - 1].end, parent, role.value)

    def _paragraph(self, line: Line, start: int, end: int) -> None:
        stack = self.stack
        while len(stack) > 1 and not self.bare and stack[-1][2] in _POINTS:
            if self.held and self.held.get(stack[-1][1], -1) > line.start:
                break
            self._leave()
        first, last = (line.start, line.end) if end - start == len(line.text) else _trim(line, start, end)
        if not stack:
            if self.closed:
                role = BlockRole.CLOSING if len(line.text) >= PARAGRAPH else _FURNITURE
                self._add(_BLOCK, first, last, -1, role.value)
                return
            self._untitled_part(line.at(start))
        self.bare = False
        _, parent, kind = stack[-1]
        if kind in _LISTS:
            role = _TABLE if len(line.text) < 20 else BlockRole.CAPTION
            self._add(_BLOCK, first, last, parent, role.value)
            return
        self.rows.append([_ITEM, first, last, parent, "", -1, -1, None, None, "", 1.0, ()])
        if line.gaps:
            self._gaps(line, first, last)

    def _untitled_part(self, at: int) -> None:
        self._add(_PART, at, at, -1, PartRole.OTHER.value)
        self.stack.append((1, len(self.rows) - 1, _PART))

    def _heads(self, line: Line, heads: list[Head]) -> None:
        """One line: what stands before its first heading, and each heading with what follows it."""
        heads.sort(key=_place_in_line)
        at = heads[0].start
        if at and line.text[:at].strip():
            self._paragraph(line, 0, at)
        for head, following in pairwise(heads):
            self._head(line, head, following.start)
        self._head(line, heads[-1], len(line.text))

    def _head(self, line: Line, head: Head, end: int) -> None:
        rows, stack = self.rows, self.stack
        depth, kind = head.depth, head.kind
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if not stack and depth > 1:
            self._untitled_part(line.at(head.start))
        row = len(rows)
        parent = stack[-1][1] if stack else -1
        stack.append((depth, row, kind))
        if head.reach >= 0:
            self.held[row] = self.lines[head.reach].start
        text, at = line.text, line.start
        first, last = _trim(line, head.start, end) if head.start or end < len(text) else (at, line.end)
        a, b = head.title
        self.bare = end - b <= 4 and not text[b:end].strip("。：:！!　 ")
        if b > end:
            b = end
        rule, x, y, why = head.reason
        marker = head.marker
        mark: Mark | None = None
        if line.gaps:
            title_start, title_end = line.bounds(a, b)
            proof = (rule, *line.bounds(x, y), why)
            if marker:
                x, y = line.bounds(*marker)
                mark = (self.source[x:y], head.value, head.style, x, y)
        else:  # then a place is reckoned in no time
            title_start, title_end = at + a, at + b
            proof = (rule, at + x, at + y, why)
            if marker:
                x, y = marker
                mark = (text[x:y], head.value, head.style, at + x, at + y)
        if head.title_line is not None:
            below = self.lines[head.title_line]
            last = below.end
            title = below.text.rstrip("。：: 　")
            title_start, title_end = below.bounds(0, len(title))
        else:
            title = text[a:b]
        if not title:
            title_start = title_end = -1
        sure, form = _ROUNDED[head.confidence], head.form
        rows.append(
            [kind, first, last, parent, title, title_start, title_end, form, mark, "", sure, (proof,)]
        )
        if title and line.gaps:
            self._gaps(line, title_end, last)

    def _lead(self, line: Line, lead: Head) -> None:
        """`_head` for most headings: leads that open a line without gaps and share it with no other."""
        rows, stack, depth = self.rows, self.stack, lead.depth
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if not stack and depth > 1:
            self._untitled_part(line.start)
        parent = stack[-1][1] if stack else -1
        stack.append((depth, len(rows), _ITEM))
        text, start, last = line.text, line.start, line.end
        size = lead.title[1]
        self.bare = len(text) - size <= 4 and not text[size:].strip("。：:！!　 ")
        end = start + size
        rule, _, _, why = lead.reason
        sure, form = _ROUNDED[lead.confidence], lead.form
        proofs = ((rule, start, end, why),)
        rows.append([_ITEM, start, last, parent, text[:size], start, end, form, None, "", sure, proofs])

    def _gaps(self, line: Line, start: int, end: int) -> None:
        """Page numbers that the line bridges become blocks of the node they interrupt, which was added last."""
        parent = len(self.rows) - 1
        for gap in line.gaps:
            if start <= gap.start and gap.end <= end:
                inner = self.source[gap.start : gap.end].strip()
                if inner:
                    at = self.source.index(inner, gap.start)
                    self._add(_BLOCK, at, at + len(inner), parent, _FURNITURE.value)


_place_in_line = attrgetter("start")


_ROUNDED: Final = Memo[float, float](lambda sure: round(sure, 2), 1000)
"""Confidences to two places: to round takes microseconds, and the rules have a handful of them."""


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
    Kind.SECTION: quick(Section),
    Kind.ITEM: quick(Item),
    Kind.ANNEX: quick(Annex),
    Kind.ENTRY: quick(Entry),
}
_MAKERS_WITH_ROLE: dict[Kind, tuple[Callable[..., Node], dict[str, BlockRole] | dict[str, PartRole]]] = {
    Kind.BLOCK: (quick(Block), {role.value: role for role in BlockRole}),
    Kind.PART: (quick(Part), {"": PartRole.OTHER} | {role.value: role for role in PartRole}),
}
"""Of the kinds that have a role, which is their last field."""
_evidence = quick(Evidence)
_marker = quick(Marker)


def build_nodes(source: str, rows: Sequence[Row]) -> tuple[Node, ...]:
    """The top-level nodes that *rows* describe, with everything below them."""
    i = len(rows)
    # the last is of those that lie in none: their parent is -1
    below: list[list[Node]] = [[] for _ in range(i + 1)]
    makers, new_span, new_evidence = _MAKERS, span_of, _evidence
    words = Span(0, 0)
    for row in reversed(rows):
        i -= 1
        kind, start, end, parent, title, title_start, title_end, form, marker, role, confidence, evidence = (
            row
        )
        named = numbered = None
        if title_start >= 0:
            named = words = new_span((title_start, title_end))
        if marker:
            text, value, style, a, b = marker
            words = new_span((a, b))
            numbered = _marker(text, value, style, words)
        proofs: tuple[Evidence, ...] = ()
        for rule, a, b, detail in evidence:
            # nearly always the heading's number or, if it has none, its title
            proofs += (new_evidence(rule, words if words == (a, b) else new_span((a, b)), detail),)
        span = new_span((start, end))
        inside = below[i]
        children: tuple[Node, ...] = tuple(inside[::-1]) if inside else ()
        if kind in makers:
            node = makers[kind](span, title, named, numbered, form, confidence, proofs, children, source)
        else:
            make, roles = _MAKERS_WITH_ROLE[kind]
            node = make(span, title, named, numbered, form, confidence, proofs, children, source, roles[role])
        below[parent].append(node)
    return tuple(below[-1][::-1])
