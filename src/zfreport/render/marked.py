"""Text with overlapping marks as HTML: every character of the text, once, in order, whatever the marks do."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..text import Span

__all__ = ["Mark", "lines", "marked", "safe"]

_LINE = re.compile(r"[^\r\n]+")
_UNSAFE = re.compile("[\0\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def safe(text: str) -> str:
    """
    Text for HTML, inside an element or a quoted attribute.

    A carriage return keeps its identity; what no HTML file can hold (NUL, half a surrogate pair) becomes U+FFFD, which
    is as long, so that offsets stay true.

    >>> safe('<a b="c">\\r')
    '&lt;a b=&quot;c&quot;&gt;&#13;'
    """
    return _UNSAFE.sub("\ufffd", escape(text)).replace("\r", "&#13;")


@frozen
class Mark:
    """An element over a stretch of text. Marks may cross: they are cut where they must be, the outer rank last."""

    span: Span
    rank: int
    """Lower is further out: 0 a line, then sentences, diagnostics, headings, facts, numbers."""
    tag: str
    attributes: str
    """As they stand in the tag, on every fragment, escaped, with a leading blank."""
    anchor: str = ""
    """The id of the first fragment; ``""`` for none."""
    before: str = ""
    """HTML that stands in front of the first fragment; it must hold no text."""


def lines(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between line breaks that hold anything, blank lines left out."""
    for found in _LINE.finditer(source, start, end):
        if not found.group().isspace():
            yield found.span()


def marked(source: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """
    *source* from *start* to *end* as HTML under *marks*.

    >>> from zfreport.text import Span
    >>> marked("增长5%以上", 0, 6, [Mark(Span(2, 4), 5, "i", ""), Mark(Span(0, 3), 4, "b", "", "x")])
    '<b id="x">增长<i>5</i></b><i>%</i>以上'
    >>> marked("增长5%以上", 0, 6, [Mark(Span(0, 2), 5, "i", ""), Mark(Span(0, 4), 5, "b", "")])  # the longer one is outside
    '<b><i>增长</i>5%</b>以上'
    """
    clipped = [
        (max(m.span.start, start), min(m.span.end, end), m)
        for m in marks
        if m.span.start < end and m.span.end > start and m.span.start < m.span.end
    ]
    clipped.sort(key=lambda item: (item[0], item[2].rank, -item[1]))
    stops = sorted({start, end, *(a for a, _, _ in clipped), *(b for _, b, _ in clipped)})
    out: list[str] = []
    open_: list[tuple[int, int, int, Mark]] = []  # (rank, start, -end, mark): the order of nesting
    arriving = 0
    for at, stop in zip(stops, [*stops[1:], end], strict=True):
        wanted = [item for item in open_ if -item[2] > at]
        fresh = arriving
        while arriving < len(clipped) and clipped[arriving][0] == at:
            a, b, mark = clipped[arriving]
            wanted.append((mark.rank, a, -b, mark))
            arriving += 1
        new = {id(mark) for _, _, mark in clipped[fresh:arriving]}
        wanted.sort(key=lambda item: item[:3])
        same = 0
        while same < len(open_) and same < len(wanted) and open_[same][3] is wanted[same][3]:
            same += 1
        out.extend(f"</{item[3].tag}>" for item in reversed(open_[same:]))
        for *_, mark in wanted[same:]:
            first = id(mark) in new
            if first:
                out.append(mark.before)
            name = f' id="{mark.anchor}"' if first and mark.anchor else ""
            out.append(f"<{mark.tag}{name}{mark.attributes}>")
        open_ = wanted
        if stop > at:
            out.append(safe(source[at:stop]))
    return "".join(out)
