"""From headings in a row to levels: which numbering family stands inside which, decided over the whole report."""

from __future__ import annotations

from itertools import pairwise

from ..diagnostics import Code, Diagnostic, Severity
from ..nodes import Form, Kind
from ..text import Span
from .model import Head
from .proposals import Proposals

__all__ = ["set_levels"]

_LADDER = ("part-word", "cjk-comma", "cjk-paren", "arabic-dot", "arabic-paren")
"""The usual order of the numbered styles, for noticing a skipped one."""
_PAIRS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "［": "］", "﹙": "﹚"}


def set_levels(p: Proposals, heads: list[Head]) -> bool:
    """
    Give every head its depth and kind. Returns whether the whole body stands in one Part without a title.

    A head goes below the last open one that it may stand under: by what the report itself shows (`_nesting`), and
    where that shows nothing by the usual rank of the styles.
    """
    _nest_interludes(heads)
    _nest_announced(p, heads)
    order = _nesting(heads)
    stack: list[Head] = []
    for h in heads:
        while stack and not _above(stack[-1], h, order):
            stack.pop()
        h.depth = len(stack) + 1
        stack.append(h)
    untitled = not any(h.depth == 1 and h.rank < 20 for h in heads)
    for h in heads:  # what stands before the first part goes into a part without a title
        if h.depth == 1 and h.rank < 20:
            break
        h.depth += 1
    for n, h in enumerate(heads):
        if h.depth == 1:
            h.kind = Kind.PART
        elif h.kind is Kind.PART:
            h.kind = Kind.SECTION
        if (
            h.kind is Kind.SECTION
            and h.candidate.marker
            and _is_point(p, h, heads[n + 1] if n + 1 < len(heads) else None)
        ):
            h.kind = Kind.ITEM
    _diagnose(p, heads)
    return untitled


def _nest_interludes(heads: list[Head]) -> None:
    """
    A series that starts at one inside a series that then counts on stands under it: 四、 一、 二、 三、 五、 (国务院 1981, 1987).

    Where both could be meant (三、 一、 二、 三、 四、) nothing is decided here.
    """
    for style in ("cjk-comma", "cjk-paren"):
        mine = [n for n, h in enumerate(heads) if h.style == style]
        k = 1
        while k < len(mine):
            before = heads[mine[k - 1]].value or 0
            size = 0
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
            k = max(after, k + 1)


def _nest_announced(p: Proposals, heads: list[Head]) -> None:
    """
    A series of 一、 二、 that starts again right below its announcement (主要任务是：) stands under the heading before it.

    Only where no heading of another style stands between: below an un-numbered part (2024年工作安排) it starts anew by right.
    """
    counting = None
    for before, h in pairwise(heads):
        if h.style != "cjk-comma":
            continue
        if counting is not None and h.value == counting + 1:
            h.rank += 1
            counting = h.value
            continue
        counting = None
        above = p.line_before(h.line)
        if (
            h.value == 1
            and h.rank == before.rank
            and before.style == h.style
            and (before.value or 0) >= 2
            and above > before.line
            and p.lines[above].text[-1] in "：:"
        ):
            h.rank += 1
            counting = 1


def _nesting(heads: list[Head]) -> dict[tuple[str, str], int]:
    """
    How often a style starts again at one after a heading of another style: who stands inside whom.

    A style that counts on across headings of the other (paragraph numbers that run through the report) is not inside it.
    """
    last: dict[str, int] = {}
    since: dict[str, set[str]] = {}
    count: dict[tuple[str, str], int] = {}
    across: set[tuple[str, str]] = set()
    for h in heads:
        style = h.style
        if h.value is not None:
            if h.value == 1:
                for other in since.get(style, ()):
                    count[other, style] = count.get((other, style), 0) + 1
            elif h.value == last.get(style, 0) + 1:
                across.update((other, style) for other in since.get(style, ()))
            last[style] = h.value
        since[style] = set()
        for key, others in since.items():
            if key != style:
                others.add(style)
    return {pair: n for pair, n in count.items() if pair not in across}


def _above(top: Head, h: Head, order: dict[tuple[str, str], int]) -> bool:
    """Whether *h* stands under *top*."""
    if top.candidate.kind is Kind.ITEM and h.rank < top.rank:
        return False  # numbers that run through the whole text (policy addresses) do not put its points over headings
    down = order.get((top.style, h.style), 0)
    up = order.get((h.style, top.style), 0)
    if down >= 2 and up == 0:
        return True
    if up >= 2 and down == 0:
        return False
    return top.rank < h.rank


def _is_point(p: Proposals, h: Head, following: Head | None) -> bool:
    """Whether a numbered heading is one point of a list (1. 改造老旧小区18个) rather than one that stands over paragraphs."""
    if h.candidate.rank >= 40 and h.candidate.form is not Form.LINE:
        return True
    if h.candidate.rank < 30 or h.depth < 3:
        return False
    below = p.next_line(h.line)
    return (
        h.candidate.form is not Form.LINE
        or below >= p.frame.tail
        or (following is not None and following.line == below)
    )


def _diagnose(p: Proposals, heads: list[Head]) -> None:
    """Say where the numbering, the styles or the lines are not as they should be. Nothing is repaired."""

    def notice(code: Code, severity: Severity, span: Span, message: str) -> None:
        p.diagnostics.append(Diagnostic(code, severity, span, message))

    last: dict[tuple[int, str], int] = {}
    running: dict[str, int] = {}
    styles: dict[int, Head] = {}
    present = {h.style for h in heads}
    for h in heads:
        for key in [k for k in last if k[0] > h.depth]:
            del last[key]
        for depth in [d for d in styles if d > h.depth]:
            del styles[depth]
        line = p.lines[h.line]
        c = h.candidate
        if h.title_line is not None or any(
            line.start + c.start <= g.start < line.span(*c.title).end for g in line.gaps
        ):
            place = (
                Span(line.start, p.lines[h.title_line].end)
                if h.title_line is not None
                else line.span(*c.title)
            )
            notice(Code.BROKEN_LINE, Severity.INFO, place, "a heading was put together across a line break")
        if h.value is None or h.kind is Kind.ITEM or c.marker is None:
            continue
        span = line.span(*c.marker)
        sibling = styles.setdefault(h.depth, h)
        words = line.text[c.marker[0] : c.marker[1]]
        closing = _PAIRS.get(words[:1])
        if closing and not words.rstrip("、. ").endswith(closing):
            notice(Code.MIXED_STYLES, Severity.INFO, span, f"want a bracket {closing!r}, got {words[-1]!r}")
        elif sibling.style != h.style:
            notice(
                Code.MIXED_STYLES,
                Severity.INFO,
                span,
                f"want the style {sibling.style} of its siblings, got {h.style}",
            )
        _skipped(notice, present, styles, h, span)
        key = (h.depth, h.style)
        expected = last.get(key, 0) + 1
        before = running.get(h.style)
        running[h.style] = last[key] = h.value
        if h.value == expected or (before is not None and h.value == before + 1):
            continue  # counts on, among its siblings or through the whole report
        if h.value == 1 and expected > 2:
            message = f"want {expected}, got 1: numbering starts again and no heading stands above it"
            notice(Code.RESTART_WITHOUT_PARENT, Severity.WARNING, span, message)
            h.confidence = min(h.confidence, 0.6)
        elif h.value > expected:
            notice(Code.ORDINAL_GAP, Severity.WARNING, span, f"want {expected}, got {h.value}")
        else:
            notice(Code.ORDINAL_REPEAT, Severity.WARNING, span, f"want {expected}, got {h.value}")


def _skipped(notice: object, present: set[str], styles: dict[int, Head], h: Head, span: Span) -> None:
    above = styles.get(h.depth - 1)
    if above is None or above.style not in _LADDER or h.style not in _LADDER:
        return
    between = _LADDER[_LADDER.index(above.style) + 1 : _LADDER.index(h.style)]
    skipped = next((style for style in between if style in present), None)
    if skipped:
        notice(
            Code.LEVEL_SKIPPED,
            Severity.INFO,
            span,
            f"want {skipped} between {above.style} and {h.style}, got none",
        )  # type: ignore[operator]
