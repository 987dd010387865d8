"""From headings in a row to levels: which numbering family stands inside which, decided over the whole report."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from ..diagnostics import Code, Diagnostic, Severity
from ..nodes import Form, Kind
from ..text import Span
from .model import Head
from .proposals import Proposals

__all__ = ["set_levels"]

# members looked up on their classes cost ten times as much
_PART, _SECTION, _ITEM = Kind.PART, Kind.SECTION, Kind.ITEM
_LINE = Form.LINE

_LADDER = ("part-word", "cjk-comma", "cjk-paren", "arabic-dot", "arabic-paren")
"""The usual order of the numbered styles, for noticing a skipped one."""
_BETWEEN = {
    (above, style): _LADDER[n + 1 : n + 1 + m]
    for n, above in enumerate(_LADDER)
    for m, style in enumerate(_LADDER[n + 1 :])
}
_PAIRS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "［": "］", "﹙": "﹚"}


def set_levels(p: Proposals, heads: list[Head]) -> bool:
    """
    Give every head its depth and kind. Returns whether the whole body stands in one Part without a title.

    A head goes below the last open one that it may stand under: by what the report itself shows (`_nesting`), and
    where that shows nothing by the usual rank of the styles.
    """
    _nest_interludes(heads)
    _nest_announced(p, heads)
    under = _nesting(heads)
    stack: list[Head] = []
    for h in heads:
        while stack and not _above(stack[-1], h, under):
            stack.pop()
        stack.append(h)
        h.depth = len(stack)
    untitled = True
    for h in heads:  # what stands before the first part goes into a part without a title
        if h.depth == 1 and h.rank < 20:
            untitled = False
            break
        h.depth += 1
    for n, h in enumerate(heads):
        if h.depth == 1:
            h.kind = _PART
        elif h.kind is _PART:
            h.kind = _SECTION
        if h.kind is _SECTION and h.candidate.rank >= 30 and h.marker and _is_point(p, heads, n):
            h.kind = _ITEM
    _diagnose(p, heads)
    return untitled


def _nest_interludes(heads: list[Head]) -> None:
    """
    A series that starts at one inside a series that then counts on stands under it: 四、 一、 二、 三、 五、 (国务院 1981, 1987).

    Where both could be meant (三、 一、 二、 三、 四、) nothing is decided here.
    """
    for style in ("cjk-comma", "cjk-paren"):
        mine = [n for n, h in enumerate(heads) if h.style == style]
        restarts = [k for k, n in enumerate(mine) if k and heads[n].value == 1]
        for k in restarts:
            before = heads[mine[k - 1]].value or 0
            size = 1
            while k + size < len(mine) and heads[mine[k + size]].value == size + 1:
                size += 1
            after = k + size
            if (
                size >= 2
                and before >= 2
                and size != before
                and after < len(mine)
                and heads[mine[after]].value == before + 1
                and min(h.rank for h in heads[mine[k - 1] : mine[after] + 1]) == heads[mine[k]].rank
            ):
                for n in mine[k:after]:
                    heads[n].rank += 1


def _nest_announced(p: Proposals, heads: list[Head]) -> None:
    """
    A series of 一、 二、 that starts again right below its announcement (主要任务是：) stands under the heading before it.

    Only where no heading of another style stands between: below an un-numbered part (2024年工作安排) it starts anew by right.
    Below 一、 both have to go on to 二、.
    """
    counting = None
    seconds = [n for n, h in enumerate(heads) if h.style == "cjk-comma" and h.value == 2]
    for n, (before, h) in enumerate(pairwise(heads), 1):
        if h.style != "cjk-comma":
            continue
        if counting is not None and h.value == counting + 1:
            h.rank += 1
            counting = h.value
            continue
        counting = None
        if (
            h.value == 1
            and h.rank == before.rank
            and before.style == h.style
            and before.value
            and (before.value >= 2 or len(seconds) - bisect_right(seconds, n) >= 2)
            and (above := p.line_before(h.line)) > before.line
            and p.lines[above].text[-1] in "：:"
        ):
            h.rank += 1
            counting = 1


def _nesting(heads: list[Head]) -> dict[tuple[str, str], bool]:
    """
    For two styles whether the second stands inside the first, where the report itself shows it.

    It does if it starts again at one after headings of the first, at least twice, and the first never after its own.
    A style that counts on across headings of the other (paragraph numbers that run through the report) is not inside it.
    """
    last: dict[str, int] = {}
    place: dict[str, int] = {}  # of the last head of each style
    count: dict[tuple[str, str], int] = {}
    across: set[tuple[str, str]] = set()
    for n, h in enumerate(heads):
        style, value = h.style, h.value
        before = place.get(style, n)
        if value is not None:
            if before < n - 1 and (value == 1 or value == last.get(style, 0) + 1):
                for other, at in place.items():
                    if at <= before:
                        continue
                    if value == 1:
                        count[other, style] = count.get((other, style), 0) + 1
                    else:
                        across.add((other, style))
            last[style] = value
        place[style] = n
    under: dict[tuple[str, str], bool] = {}
    for (outer, inner), n in count.items():
        back = (inner, outer)
        if n >= 2 and (outer, inner) not in across and (back not in count or back in across):
            under[outer, inner] = True
            under[back] = False
    return under


def _above(top: Head, h: Head, under: dict[tuple[str, str], bool]) -> bool:
    """Whether *h* stands under *top*."""
    if top.style == h.style:
        return top.rank < h.rank
    if h.rank < top.rank and top.candidate.kind is _ITEM:
        return False  # numbers that run through the whole text (policy addresses) do not put its points over headings
    shown = under.get((top.style, h.style))
    return top.rank < h.rank if shown is None else shown


def _is_point(p: Proposals, heads: list[Head], n: int) -> bool:
    """
    Whether a numbered heading is one point of a list (1. 改造老旧小区18个) rather than one that stands over paragraphs.

    Asked only of styles of the rank of 1. and below.
    """
    h = heads[n]
    if h.form is not _LINE:
        return h.candidate.rank >= 40 or h.depth >= 3
    if h.depth < 3:
        return False
    below = p.next_line(h.line)
    if below >= p.frame.tail or (n + 1 < len(heads) and heads[n + 1].line == below):
        return True
    # （1）…；（2）…；（3）…。 and on with the report: the last one is a point as the others are
    last = heads[n - 1]
    return (
        last.kind is _ITEM
        and last.style == h.style
        and (last.value or 0) + 1 == h.value
        and p.next_line(last.line) == h.line
        and p.lines[last.line].text[-1] in "；;"
    )


def _diagnose(p: Proposals, heads: list[Head]) -> None:
    """Say where the numbering, the styles or the lines are not as they should be. Nothing is repaired."""

    def notice(code: Code, severity: Severity, span: Span, message: str) -> None:
        p.diagnostics.append(Diagnostic(code, severity, span, message))

    last: dict[int, dict[str, int]] = {}  # by depth and style
    running: dict[str, int] = {}
    styles: dict[int, Head] = {}
    present = {h.style for h in heads}
    deepest = 0
    for h in heads:
        depth = h.depth
        if deepest > depth:
            for below in range(depth + 1, deepest + 1):
                last.pop(below, None)
                styles.pop(below, None)
        deepest = depth
        line = p.lines[h.line]
        if h.title_line is not None or (
            line.gaps and any(line.start + h.start <= g.start < line.span(*h.title).end for g in line.gaps)
        ):
            place = (
                Span(line.start, p.lines[h.title_line].end)
                if h.title_line is not None
                else line.span(*h.title)
            )
            notice(Code.BROKEN_LINE, Severity.INFO, place, "a heading was put together across a line break")
        value, style = h.value, h.style
        if value is None or h.kind is _ITEM or h.marker is None:
            continue
        start, end = h.marker
        sibling = styles.setdefault(depth, h)
        closing = _PAIRS.get(line.text[start : start + 1])
        if (
            closing
            and (words := line.text[start:end])[-1] != closing
            and not words.rstrip("、. ").endswith(closing)
        ):
            span = line.span(start, end)
            notice(Code.MIXED_STYLES, Severity.INFO, span, f"want a bracket {closing!r}, got {words[-1]!r}")
        elif sibling.style != style:
            notice(
                Code.MIXED_STYLES,
                Severity.INFO,
                line.span(start, end),
                f"want the style {sibling.style} of its siblings, got {style}",
            )
        above = styles.get(depth - 1)
        if above is not None and (between := _BETWEEN.get((above.style, style))):
            skipped = next((step for step in between if step in present), None)
            if skipped:
                notice(
                    Code.LEVEL_SKIPPED,
                    Severity.INFO,
                    line.span(start, end),
                    f"want {skipped} between {above.style} and {style}, got none",
                )
        siblings = last.setdefault(depth, {})
        expected = siblings.get(style, 0) + 1
        before = running.get(style)
        running[style] = siblings[style] = value
        if value == expected or (before is not None and value == before + 1):
            continue  # counts on, among its siblings or through the whole report
        span = line.span(start, end)
        if value == 1 and expected > 2:
            message = f"want {expected}, got 1: numbering starts again and no heading stands above it"
            notice(Code.RESTART_WITHOUT_PARENT, Severity.WARNING, span, message)
            h.confidence = min(h.confidence, 0.6)
        elif value > expected:
            notice(Code.ORDINAL_GAP, Severity.WARNING, span, f"want {expected}, got {value}")
        else:
            notice(Code.ORDINAL_REPEAT, Severity.WARNING, span, f"want {expected}, got {value}")
