"""A report as an outline for the terminal: one heading per line, wide characters counted as two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import expect_report
from ..nodes import Block, Kind, Node
from ..text import LineIndex, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..report import Report

__all__ = ["outline", "printable"]


def outline(report: Report, *, everything: bool = False) -> str:
    """
    The headings of *report*, one per line: line number, kind, and the heading as printed, indented by level.

    A part's role and a confidence below one half follow in brackets. With *everything*, untitled paragraphs and blocks
    are listed too, each by its first words. Control characters are shown as escapes.
    """
    expect_report(report, "outline")
    index = LineIndex(report.source)
    rows = [
        (str(index.place(node.span.start)[0]), _label(node), "  " * depth + _heading(node) + _notes(node))
        for node, depth in _visible(report, everything)
    ]
    lines = max((len(row[0]) for row in rows), default=0)
    kinds = max((width(row[1]) for row in rows), default=0)
    return "".join(f"{line:>{lines}}  {kind:<{kinds}}  {heading}\n" for line, kind, heading in rows)


def _visible(report: Report, everything: bool) -> Iterator[tuple[Node, int]]:
    stack: list[tuple[Node, int]] = [(child, 0) for child in reversed(report.children)]
    while stack:
        node, depth = stack.pop()
        shown = everything or node.title_span is not None
        if shown:
            yield node, depth
        stack.extend((child, depth + shown) for child in reversed(node.children))


def _label(node: Node) -> str:
    return node.role.value if isinstance(node, Block) else node.kind.value


def _heading(node: Node) -> str:
    if node.title_span is None:
        words = " ".join(node.text[:80].split())
        return printable(words[:24] + "…" * (len(words) > 24))
    marker = node.marker.text if node.marker else ""
    # 第一部分 and 一是 want a space before the title as a reader, （一） and 一、 do not
    gap = " " if marker[-1:].isalnum() else ""
    return printable(" ".join(marker.split()) + gap + node.title)


def _notes(node: Node) -> str:
    notes = []
    if node.kind is Kind.PART and (role := getattr(node, "role", None)) is not None:
        notes.append(str(role))
    if node.confidence < 0.5:
        notes.append(f"confidence {node.confidence:.2f}")
    return f"  [{', '.join(notes)}]" if notes else ""


def printable(text: str) -> str:
    """
    *text* without anything that could steer a terminal: controls, bidirectional overrides and surrogates as escapes.

    >>> print(printable("一、工作\\x1b[2J\\u202e回顾"))
    一、工作\\x1b[2J\\u202e回顾
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in text)
