"""A report as Markdown: its outline as a nested list, or the whole text under real headings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from ..bridged import Bridged
from ..errors import expect_report
from ..grids import cells
from ..layout import lay_out
from ..nodes import Block, BlockRole, Form, Kind
from ..text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nodes import Node
    from ..report import Report

__all__ = ["markdown", "markdown_outline"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])")
_MARKS = "?？#*"
"""A line of nothing else was a mark of the text's own, or a lost blank."""
# What would open a list or a rule at the start of a line.
_OPENING = re.compile(r"^(?=[-+=])|(?<=^\d)(?=[.)](?:\s|$))|(?<=^\d\d)(?=[.)](?:\s|$))")
_HEADS = frozenset({Kind.PART, Kind.SECTION, Kind.ANNEX})
_LEFT_OUT = frozenset(
    {
        BlockRole.FURNITURE,
        BlockRole.METADATA,
        BlockRole.CONTENTS,
        BlockRole.OTHER_REPORT,
        BlockRole.DUPLICATE,
        BlockRole.BLANK,
    }
)


def markdown_outline(report: Report) -> str:
    """
    The headings as a nested list, numbers as printed.

    >>> from zfreport import parse
    >>> print(markdown_outline(parse("各位代表：\\n一、2023年工作回顾\\n（一）产业升级\\n新增企业12家。")), end="")
    - 一、2023年工作回顾
      - （一）产业升级
    >>> print(markdown_outline(parse("各位代表：\\n第一部分 2023年工作回顾\\n新增企业12家。")), end="")
    - 第一部分 2023年工作回顾
    """
    expect_report(report, "markdown_outline")
    lines = []
    for node, depth in _titled(report):
        lines.append(f"{'  ' * depth}- {_heading(node)}\n")
    return "".join(lines)


def markdown(report: Report, *, blocks: bool = False) -> str:
    """
    The whole report: parts, sections and annexes as headings, lead sentences in bold, a blank line between paragraphs.

    Page furniture, metadata of the page and second copies are left out unless *blocks* asks for them. Characters that
    Markdown would take for markup are escaped; the words are as printed.
    """
    expect_report(report, "markdown")
    return "".join(f"{piece}\n\n" for piece in _pieces(report, blocks)).rstrip("\n") + "\n"


def _titled(report: Report) -> Iterator[tuple[Node, int]]:
    stack: list[tuple[Node, int]] = [(c, 0) for c in reversed(report.children)]
    while stack:
        node, depth = stack.pop()
        shown = node.title_span is not None
        if shown:
            yield node, depth
        stack.extend((c, depth + shown) for c in reversed(node.children))


def _heading(node: Node) -> str:
    marker = node.marker.text.strip() if node.marker else ""
    gap = " " if marker[-1:].isalnum() else ""
    return _escaped(f"{marker}{gap}{node.title}")


def _pieces(report: Report, blocks: bool) -> Iterator[str]:
    stack: list[tuple[Node | Span, int]] = [(c, 1) for c in reversed(report.children)]
    while stack:
        node, level = stack.pop()
        if isinstance(node, Span):
            yield from _paragraphs(_words(report, node))
        elif isinstance(node, Block):
            if node.role is BlockRole.TITLE:
                yield "# " + _escaped(" ".join(node.text.split()))
            elif node.role is BlockRole.TABLE and (rows := _rows(node.text)):
                yield "\n".join(rows)
            elif blocks or node.role not in _LEFT_OUT:
                yield from _paragraphs(_words(report, node.span))
        else:
            at = node.span.start
            # a page number in mid-sentence parts no words
            children = [
                c for c in node.children if not (isinstance(c, Block) and _is_bridged(report, c.span))
            ]
            first = children[0].span.start if children else node.span.end
            if node.title_span is not None:
                at = min(max(at, node.title_span.end), first)
                lead = node.kind not in _HEADS and node.form is not Form.LINE
                words = _words(report, Span(at, first))
                if lead:
                    stop = len(words) - len(words.lstrip("。：:！!."))
                    head = f"**{_heading(node)}**{_escaped(words[:stop])}"
                    yield head + "\n\n".join(_paragraphs(words[stop:]))
                else:
                    rest = words.lstrip("。：:")
                    yield f"{'#' * min(6, level + 1)} {_heading(node)}{words[: len(words) - len(rest)]}"
                    yield from _paragraphs(rest)
                    level += 1
            else:
                yield from _paragraphs(_words(report, Span(at, first)))
            # what stands between and after the children are the node's own words
            inside: list[tuple[Node | Span, int]] = []
            at = first
            for child in children:
                inside += [(Span(at, child.span.start), level), (child, level)]
                at = child.span.end
            inside.append((Span(at, node.span.end), level))
            stack.extend(reversed(inside))


def _words(report: Report, span: Span) -> str:
    """What stands in *span*, without the breaks and page numbers inside sentences."""
    gaps = report._gaps
    near = gaps[bisect_left(gaps, span.start, key=_end) : bisect_left(gaps, span.end, key=_start)]
    return Bridged.over(report.source, span, near).text


def _is_bridged(report: Report, span: Span) -> bool:
    """Whether *span* lies in a gap of a line."""
    gaps = report._gaps
    i = bisect_right(gaps, span.start, key=_start) - 1
    return i >= 0 and span.end <= gaps[i].end


_start, _end = attrgetter("start"), attrgetter("end")


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of *text*, without what stood for breaks and indents between them."""
    for raw in text.splitlines():
        for line in lay_out(raw):
            if line.text.strip(_MARKS):
                yield _OPENING.sub(r"\\", _escaped(line.text))


def _rows(text: str) -> list[str]:
    """A table of rows as one of Markdown, its first row as the head; nothing for a table whose cells lie a line each."""
    rows = [cells(line) for line in text.splitlines() if line.strip(" |:-\t")]
    if len(rows) < 2 or len(rows[0]) < 2:
        return []
    width = max(map(len, rows))
    lines = ["| " + " | ".join(map(_escaped, row + [""] * (width - len(row)))) + " |" for row in rows]
    return [lines[0], "|" + "---|" * width, *lines[1:]]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
