"""Un-numbered headings on lines of their own: parts by their wording, sections and refrains by their company."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection

from ..furniture import SALUTATION
from ..headings.leads import first_sentence
from ..headings.model import Candidate
from ..nodes import Form, Kind, PartRole
from ..roles import part_roles
from ..vocab import both, forms
from .model import PARAGRAPH, RANK_LINE, RANK_PART, RANK_REFRAIN, Head, in_order
from .proposals import Proposals

__all__ = ["with_lines", "with_parts"]

_TOP = ("cjk-comma", "part-word")
"""Styles that number parts."""
_BODY = 30
"""Characters from which the line below an un-numbered heading is its body."""
_STRONG = 0.85
"""Weight from which a line reads like a part beyond doubt."""
MAX_LONE = 44
"""Characters up to which a sentence alone on its line may be a heading if its opening does not come again."""
REVIEW = 1000
"""Characters from which the text between an un-numbered review and 一、 is a review of its own."""
_CLOSING = re.compile(both(r"(?:各位代表|同志们|让我们|谢谢|最后|以上)"))
_TOLD = re.compile(
    both(
        r"^(?:因此|所以|可以说|当然|首先)|已经|但是|取得了|有了|出现了|百分之|(?:[一二三四五六七八九十百千零]{2,}|[一二三四五六七八九十百千零]+[万亿]+)(?:[元吨斤亩人户家度辆匹枚倍]|千瓦)"
    )
)
"""What tells a fact, in words or in written figures."""
_RUNS_ON = "的在是为為和与與及对對把将將向被从從让讓，、,"
"""Words and signs that end no heading: the line goes on."""
_OURS = forms("省市县区国")
_FINISHED = "。！？：:!?；;”…）)"


def with_parts(p: Proposals, heads: list[Head]) -> list[Head]:
    """*heads* and the lines that name a period and a work (2017年工作回顾), where the numbering agrees."""
    like_parts = [
        (i, c) for i, here in p.found.items() if i < p.annex_at for c in here if c.style == "part-line"
    ]
    if not like_parts:
        return heads
    taken = _taken(heads)
    parts = [
        Head(i, c, RANK_PART, Kind.PART, c.weight)
        for i, c in like_parts
        if i not in taken and _stands_over_text(p, i)
    ]
    if not parts:
        return heads
    merged = in_order([*heads, *parts])
    after: dict[int, Head | None] = {}
    following: Head | None = None
    for h in reversed(merged):
        after[id(h)] = following
        if h.style in _TOP and h.form is not Form.INLINE:
            following = h
    before: Head | None = None
    kept: list[Head] = []
    for h in merged:
        if h.style in _TOP:
            before = h
        if h.style != "part-line" or _agrees(h, before, after[id(h)]):
            kept.append(h)
        else:
            reason = "sounds like a part, but the numbering does not start again under it"
            p.refuse(h.line, h.candidate, "part-line", reason)
    _beside_series(p, kept)
    return kept


def _taken(heads: list[Head]) -> set[int | None]:
    """The lines of *heads* and of their titles."""
    return {h.line for h in heads} | {h.title_line for h in heads}


def _beside_series(p: Proposals, heads: list[Head]) -> None:
    """
    A review that alone has no number stands beside the numbered parts, not over them.

    国务院 2002: 首先报告2001年的工作, three thousand characters of it, and then 一、 to 八、 with the year's tasks.
    """
    # a title of three characters is 结束语, which ends a report of any form
    parts = [h for h in heads if h.style == "part-line" and h.kind is Kind.PART and h.title[1] > 3]
    series = [h for h in heads if h.style == "cjk-comma"]
    if len(parts) != 1 or len(series) < 3 or [h.value for h in series] != list(range(1, len(series) + 1)):
        return
    review = parts[0]
    own = p.lines[series[0].line].start - p.lines[review.line].end
    role, _ = part_roles([p.words(review.line, review.candidate)])[0]
    if own >= REVIEW and role is PartRole.REVIEW:
        review.rank = series[0].rank


def _agrees(h: Head, before: Head | None, after: Head | None) -> bool:
    """Whether the numbering before and after a part-like line lets it be a part; it may become a section."""
    strong = h.candidate.weight >= _STRONG
    if before and after and after.value == (before.value or 0) + 1 and after.value != 1:
        # The numbering of the parts counts on across it: it stands inside one of them.
        h.rank, h.kind = RANK_LINE, Kind.SECTION
        return True
    if strong:
        return True
    if after is not None and after.value == 1 and before is not None:
        h.confidence = 0.6
        return True
    return False


def _stands_over_text(p: Proposals, i: int) -> bool:
    """Whether a paragraph or a longer heading follows within three lines."""
    for _ in range(3):
        i = p.next_line(i)
        if i >= p.frame.tail:
            return False
        if len(p.lines[i].text) >= _BODY:
            return True
    return False


def with_lines(p: Proposals, heads: list[Head]) -> list[Head]:
    """*heads* and the short lines and lone sentences that stand over paragraphs, known by their company."""
    taken = _taken(heads)
    lines: list[tuple[int, list[Candidate]]] = []
    gone: set[int] = set()
    for i, candidates in p.found.items():
        if i >= p.annex_at or i in taken:
            continue
        here = [c for c in candidates if c.style == "section-line"]
        if not here:
            continue
        text = p.lines[i].text
        if text.count("，") + text.count(",") <= 4 and _is_heading_line(p, i):
            above = p.line_before(i)
            if (above in gone and p.lines[above].text[-1] not in _FINISHED) or (
                _goes_on(p, above, taken) and not (lines and lines[-1][0] == above)
            ):
                gone.add(i)
                p.refuse(i, here[0], "section-line", "goes on with the unfinished line before it")
            else:
                lines.append((i, here))
    if not lines:
        return heads
    starts = [h.line for h in heads]
    first_part = next((h.line for h in heads if h.rank < 20), -1)
    openings = Counter([p.lines[i].text[:5] for i, _ in lines])
    lone = {i for i, _ in lines if p.lines[i].text.rstrip("　 ")[-1] in "。！!."}
    # X是Y alone says so; 这是…的五年。 这是…的五年。 are headings
    endings = Counter([p.lines[i].text.rstrip("　 。！!.")[-2:] for i in lone if "是" in p.lines[i].text])
    for i, here in lines:
        s = first_sentence(p.lines[i].text) if i in lone else None
        # Longer than any lead and no refrain: a paragraph of one sentence (国务院 1959, 1997, 2008).
        if (
            s is not None
            and openings[s.title[:5]] < 2
            and (
                s.numbers
                or s.opener
                or len(s.title) > MAX_LONE
                or (s.copula and endings[s.title[-2:]] < 2)
                or _TOLD.search(s.title)
            )
        ):
            p.refuse(i, here[0], "section-line", "a sentence alone on its line that states a fact")
            lone.discard(i)
            here.clear()
    # of two clauses, directly below a heading and above one of its own kind: the words that lead in to those
    lead_ins = {
        i
        for i in lone
        if p.next_line(i) in lone
        and "，" in (text := p.lines[i].text)
        and openings[text[:5]] < 2
        and p.line_before(i) in taken
    }
    company = Counter([bisect_right(starts, i) for i in lone])
    extra: list[Head] = []
    for i, here in lines:
        if not here:
            continue
        if i < first_part:
            p.refuse(i, here[0], "section-line", "stands before the first part")
        elif i in lead_ins:
            p.refuse(i, here[0], "section-line", "leads in to the headings below it")
        elif i in lone and company[bisect_right(starts, i)] < 2:
            p.refuse(
                i, here[0], "section-line", "a sentence alone on its line, the only one under its heading"
            )
        else:
            for c in here:
                title = p.words(i, c)
                refrain = c.title[0] == 0 and openings[title[:5]] >= 2 and len(title) >= 12
                sure = 0.7 if refrain or len(lone) >= 4 else 0.55
                extra.append(Head(i, c, RANK_REFRAIN if refrain else RANK_LINE, Kind.SECTION, sure))
    return in_order([*heads, *extra])


def _goes_on(p: Proposals, above: int, taken: Collection[int | None]) -> bool:
    """Whether line *above* stops in mid-sentence and is no heading: a link's words stand alone on the next."""
    if above < p.frame.body:
        return False
    text = p.lines[above].text
    return (
        above not in taken
        and len(text) > 3
        and text[-1] not in _FINISHED
        and (
            text[-1] in _RUNS_ON
            or "，" in text
            or "," in text
            or "。" in text
            or "；" in text
            or (text[-2] == "我" and text[-1] in _OURS)
        )
        and not any(c.style == "part-line" for c in p.found.get(above, ()))
    )


def _is_heading_line(p: Proposals, i: int) -> bool:
    """Between paragraphs: something long follows, and what stands before is finished."""
    text = p.lines[i].text
    if SALUTATION.match(text) or _CLOSING.match(text) or text[0] in "（(”《》—-":
        return False
    below = p.next_line(i)
    if (
        below < p.frame.tail
        and len(p.lines[below].text) < _BODY
        and text[-1] == "。" == p.lines[below].text[-1]
    ):
        below = p.next_line(below)  # a refrain, a lead on its own line, and then the body
    if below >= p.frame.tail or len(p.lines[below].text) < _BODY:
        return False
    above = p.line_before(i)
    return (
        above < p.frame.body or p.lines[above].text[-1] in _FINISHED or len(p.lines[above].text) < PARAGRAPH
    )
