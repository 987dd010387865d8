"""
Where a page starts a new paragraph: where the report does, which is not always where the file breaks a line.

A heading found inside a line gets a line of its own to stand on, and a paragraph that was wrapped by hand flows again;
the characters stay the same, for the breaks and indents of the file are kept in the page and hidden.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from ..nodes import Form, Kind
from ..text import Span
from .marked import Mark, lines, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nodes import Node
    from ..report import Report

__all__ = ["heading_span", "paragraphs"]

LINE, SPACE = 0, 9
"""Ranks: a paragraph is outside of everything, a hidden blank inside of everything."""

_ENDS = "。！？；：…”」』）!?;:"
"""A line that ends with one of these is not continued by the next."""
_AFTER_TITLE = tuple("。：:.．！!；;")
_LONG = 40
_COLLAPSE = " \t\n\r\f"
"""Blanks that a browser does not show between paragraphs; an ideographic space it would."""
_FLOWING = frozenset({"opening", "closing"})
"""Roles of blocks that are running text."""
_DEBRIS = re.compile(r"(?:\\[rnt]|\?\?+|\s)+")
"""What a bad export leaves of line breaks and indents: a literal backslash and n, question marks."""


@frozen
class _Piece:
    """A stretch of one line of the file, without the blanks around it."""

    start: int
    end: int
    tag: str
    attributes: str
    flows: bool
    """Running text that begins where no node does, or within an opening or a closing: it may continue the line above."""


def heading_span(node: Node) -> Span | None:
    """The title with its number, if the two stand together."""
    span = node.title_span
    if span and node.marker and node.marker.span.end <= span.start <= node.marker.span.end + 2:
        return Span(node.marker.span.start, span.end)
    return span


def paragraphs(report: Report, nodes: list[tuple[Node, int]]) -> Iterator[Mark]:
    """Paragraphs and headings as marks, and the blanks that are hidden between and inside them."""
    source, (at, limit) = report.source, report.span
    begun, last = at, None
    for piece in (*_pieces(report, nodes), None):
        if last and not (piece and piece.flows and _open(source, last, piece)):
            yield Mark(Span(begun, last.end), LINE, last.tag, last.attributes)
            last = None
        until = piece.start if piece else limit
        if last or source[at:until].strip(_COLLAPSE):
            yield Mark(Span(at, until), SPACE, "span", ' class="ws"')
        if piece:
            begun = begun if last else piece.start
            at = piece.end
        last = piece


def _open(source: str, last: _Piece, piece: _Piece) -> bool:
    """Whether *last* was cut by a line break in mid-sentence, with *piece* on the very next line."""
    between = source[last.end : piece.start]
    breaks = max(between.count("\n"), between.count("\r"))
    return breaks <= 1 and source[last.end - 1] not in _ENDS and last.attributes == piece.attributes


def _pieces(report: Report, nodes: list[tuple[Node, int]]) -> Iterator[_Piece]:
    """The lines of the file, cut where a node begins and where a heading that stands alone ends."""
    source = report.source
    roles = _roles(report, nodes)
    starts = [start for start, *_ in roles]
    begins = {_skip(source, node.span.start) for node, _ in nodes} | {
        _skip(source, end) for _, end, *_ in roles
    }
    cuts = sorted(begins)
    annexes = [node.span for node, _ in nodes if node.kind is Kind.ANNEX]
    for begin, stop in lines(source, report.span.start, report.span.end):
        inside = cuts[bisect_left(cuts, begin + 1) : bisect_left(cuts, stop)]
        for start, end in pairwise((begin, *inside, stop)):
            text = source[start:end]
            if text.isspace():
                continue
            first, until = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
            at = bisect_right(starts, first) - 1
            tag, attributes, flows = "p", "", True
            if at >= 0 and first < roles[at][1]:
                _, _, tag, attributes, flows = roles[at]
            elif _DEBRIS.fullmatch(text):
                attributes, flows = ' class="b b-furniture"', False
            elif any(span.start <= first < span.end for span in annexes):
                attributes, flows = ' class="x"', False
            yield _Piece(first, until, tag, attributes, flows and (bool(attributes) or first not in begins))


def _roles(report: Report, nodes: list[tuple[Node, int]]) -> list[tuple[int, int, str, str, bool]]:
    """Where blocks and headings that stand alone begin and end; tag and attributes of their lines; whether they flow."""
    found = []
    for node, depth in nodes:
        if node.kind is Kind.BLOCK:
            role = str(getattr(node, "role", ""))
            aria = ' role="heading" aria-level="1"' if role == "title" else ""
            found.append((*node.span, "p", f' class="b b-{safe(role)}"{aria}', role in _FLOWING))
        elif node.form is Form.LINE and (span := heading_span(node)):
            end = span.end + report.source.startswith(_AFTER_TITLE, span.end)
            level = 2 if node.kind in (Kind.PART, Kind.ANNEX) else min(6, depth + 1)
            # a numbered paragraph, as policy addresses have them, is all heading and no shorter for it
            long = " long" if level > 2 and span.end - span.start > _LONG else ""
            found.append((span.start, end, f"h{level}", f' class="h h-{node.kind}{long}"', False))
    return sorted(found)


def _skip(source: str, at: int) -> int:
    """*at*, or the first character after the blanks there."""
    while at < len(source) and source[at].isspace():
        at += 1
    return at
