"""
Pieces of a report for retrieval: by paragraph-level point or by section, each under its headings, with ids and offsets.

A `Chunk` looks like a document to LangChain (``page_content``, ``metadata``, ``id``) and turns into one for LlamaIndex or
Haystack with `Chunk.as_dict`; none of them is needed here.
"""

from __future__ import annotations

import hashlib
import re
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve, frozen

from ..errors import UnknownNameError, expect, expect_report, got
from ..nodes import Kind
from ..text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..nodes import Node
    from ..report import Report

__all__ = ["Chunk", "chunks"]

_BY = ("item", "section")
_STYLES = {
    "langchain": ("id", "page_content", "metadata"),
    "llamaindex": ("id_", "text", "metadata"),
    "haystack": ("id", "content", "meta"),
}
# Where a long paragraph may be cut, best first: after a sentence, a clause, an item of a list.
_CUTS = (re.compile(r"[。！？!?\n]+[”’」』）)]*"), re.compile(r"[；;：:]"), re.compile(r"[，、,]"))


@frozen
class Chunk:
    """A stretch of a report to index, with what a reader needs to place it."""

    id: str
    """Stable: it depends on the report's name, the headings and the words, not on where in the text they stand."""
    text: str
    """Exactly the words of `span`."""
    span: Span
    """In `Report.source`."""
    path: tuple[str, ...]
    """Titles of the headings above and of the point itself."""
    kind: str
    """Kind of the node it begins in: item, section, entry …"""
    role: str
    """Role of the part it lies in: review, plan …; empty outside parts."""
    source: str
    """The name of the report, as the caller gave it."""

    @property
    def page_content(self) -> str:
        """What to embed: the headings, then the words. Without them a paragraph does not say what it is about."""
        return f"{' > '.join(self.path)}\n{self.text}" if self.path else self.text

    @property
    def metadata(self) -> dict[str, Any]:
        """Plain values, for filters and citations."""
        return {
            "source": self.source,
            "start": self.span.start,
            "end": self.span.end,
            "path": " > ".join(self.path),
            "kind": self.kind,
            "role": self.role,
        }

    def as_dict(self, style: Literal["langchain", "llamaindex", "haystack"] = "langchain") -> dict[str, Any]:
        """The arguments of a framework's document: ``Document(**chunk.as_dict())``, ``TextNode(**chunk.as_dict("llamaindex"))``."""
        if style not in _STYLES:
            raise UnknownNameError("style of documents", style, _STYLES)
        names = _STYLES[style]
        return dict(zip(names, (self.id, self.page_content, self.metadata), strict=True))


def chunks(
    report: Report,
    *,
    size: int = 800,
    count: Callable[[str], int] = len,
    by: Literal["item", "section"] = "item",
    name: str = "",
) -> list[Chunk]:
    """
    Cut a report into pieces of at most *size*, as *count* measures them (characters; or give your tokenizer's count).

    ``by="item"``: one piece per point or paragraph. ``by="section"``: neighbours under one heading are joined as long as
    they fit. What is longer than *size* is cut after a sentence, if need be after a clause. The headings in `Chunk.path`
    are not counted. Every word of the parts and annexes is in exactly one piece; page furniture is in none.

    *name* says which report this is, in ids and metadata. Raises `ValueError` unless *size* is at least 1, and
    `UnknownNameError` for another *by*.

    >>> from zfreport import parse
    >>> report = parse("各位代表：\\n一、2023年工作回顾\\n（一）产业升级\\n新增企业12家。\\n（二）民生改善\\n新建学校3所。")
    >>> [(c.path[-1], c.text) for c in chunks(report)]
    [('产业升级', '一、2023年工作回顾\\n（一）产业升级\\n新增企业12家。'), ('民生改善', '（二）民生改善\\n新建学校3所。')]
    """
    expect_report(report, "chunks")
    if by not in _BY:
        raise UnknownNameError("way to cut", by, _BY)
    expect(size, Real, "chunks wants a size as a number")
    expect(name, str, "chunks wants a name as str")
    measure = count(report.source[:1]) if callable(count) else None
    if not isinstance(measure, Real):
        what = f"which gives {got(measure)} for a character" if callable(count) else f"got {got(count)}"
        raise TypeError(f"chunks wants count as a function of a text that gives a number, {what}")
    if size < 1:
        raise ValueError(f"size must be at least 1, got {size}")
    pieces = list(_headed(report.source, _pieces(report), size, count))
    if by == "section":
        pieces = list(_joined(report.source, pieces, size, count))
    seen: dict[str, int] = {}
    found = []
    for piece in pieces:
        for span in _cut(report.source, piece.span, size, count):
            text = report.source[span.start : span.end]
            key = hashlib.sha256(
                "\x1f".join((name, *piece.path, text)).encode("utf-8", "surrogatepass")
            ).hexdigest()[:16]
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:  # the same words twice under one heading
                key = f"{key}-{seen[key]}"
            found.append(Chunk(key, text, span, piece.path, piece.kind, piece.role, name))
    return found


@frozen
class _Piece:
    span: Span
    path: tuple[str, ...]
    kind: str
    role: str
    heading: tuple[str, ...]
    """The headings above paragraph level: what pieces must share to be joined."""
    bare: bool = False
    """Whether it is a heading and nothing more."""


def _pieces(report: Report) -> Iterator[_Piece]:
    """The words of every node that are not its children's, in text order, headings with the words they stand over."""
    source = report.source
    for top in report.children:
        if top.kind is Kind.BLOCK:
            continue
        role = str(getattr(top, "role", ""))
        stack: list[tuple[Node, tuple[str, ...], tuple[str, ...], int, int]] = [
            (top, (), (), top.span.start, top.span.end)
        ]
        while stack:
            node, path, heading, start, end = stack.pop()
            if node.kind is Kind.BLOCK and str(getattr(node, "role", "")) == "furniture":
                continue
            if node.title and start == node.span.start:
                path = (*path, node.title)
                if node.kind in (Kind.PART, Kind.SECTION, Kind.ANNEX):
                    heading = path
            if not node.children:
                if (span := _trimmed(source, start, end)) is not None:
                    yield _Piece(span, path, node.kind.value, role, heading)
                continue
            # words before, between and after the children belong to the node
            inside: list[tuple[Node, tuple[str, ...], tuple[str, ...], int, int]] = []
            at = start
            for child in node.children:
                gap = _trimmed(source, at, child.span.start)
                if gap is not None and at == start and node.title_span and gap.end <= node.title_span.end + 2:
                    yield _Piece(gap, path, node.kind.value, role, heading, bare=True)
                elif gap is not None:
                    inside.append((_bare(node, gap), path, heading, gap.start, gap.end))
                inside.append((child, path, heading, child.span.start, child.span.end))
                at = child.span.end
            gap = _trimmed(source, at, end)
            if gap is not None:
                inside.append((_bare(node, gap), path, heading, gap.start, gap.end))
            stack.extend(reversed(inside))


def _bare(node: Node, span: Span) -> Node:
    """A stretch of *node* as a node without title and children."""
    return evolve(node, span=span, title="", title_span=None, children=())


def _trimmed(source: str, start: int, end: int) -> Span | None:
    text = source[start:end]
    inner = text.strip()
    if not inner:
        return None
    at = start + len(text) - len(text.lstrip())
    return Span(at, at + len(inner))


def _headed(
    source: str, pieces: Iterator[_Piece], size: int, count: Callable[[str], int]
) -> Iterator[_Piece]:
    """A heading goes with the first words under it, if they fit: alone it answers nothing."""
    held: _Piece | None = None
    for piece in pieces:
        if held is not None:
            start = held.span.start
            between = source[held.span.end : piece.span.start]
            if (
                piece.role == held.role
                and not between.strip()
                and count(source[start : piece.span.end]) <= size
            ):
                piece = evolve(piece, span=Span(start, piece.span.end))
            else:
                yield held
        held = piece if piece.bare else None
        if held is None:
            yield piece
    if held is not None:
        yield held


def _joined(source: str, pieces: list[_Piece], size: int, count: Callable[[str], int]) -> Iterator[_Piece]:
    held: _Piece | None = None
    for piece in pieces:
        if held is not None and held.heading == piece.heading and held.role == piece.role:
            span = Span(held.span.start, piece.span.end)
            # nothing but white space may lie between: furniture is in no piece
            if (
                not source[held.span.end : piece.span.start].strip()
                and count(source[span.start : span.end]) <= size
            ):
                held = _Piece(span, held.heading, held.kind, held.role, held.heading)
                continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _cut(source: str, span: Span, size: int, count: Callable[[str], int], level: int = 0) -> Iterator[Span]:
    text = source[span.start : span.end]
    if count(text) <= size:
        yield span
        return
    if level == len(_CUTS):
        yield from _hard(source, span, size, count)
        return
    ends = [span.start + m.end() for m in _CUTS[level].finditer(text)]
    if not ends or ends[-1] < span.end:
        ends.append(span.end)
    start = at = span.start
    for end in ends:
        if at > start and count(source[start:end]) > size:
            if (whole := _trimmed(source, start, at)) is not None:
                yield from _cut(source, whole, size, count, level + 1)
            start = at
        at = end
    if (whole := _trimmed(source, start, span.end)) is not None:
        yield from _cut(source, whole, size, count, level + 1)


def _hard(source: str, span: Span, size: int, count: Callable[[str], int]) -> Iterator[Span]:
    """Cut where it fits, in mid-word: the longest stretch that *count* allows, found by halving; at least a character."""
    start = span.start
    while start < span.end:
        low, high = start + 1, span.end
        while low < high:
            middle = (low + high + 1) // 2
            if count(source[start:middle]) <= size:
                low = middle
            else:
                high = middle - 1
        yield Span(start, low)
        start = low
