"""What the paragraphs of a section say of each other: those beside divided ones are divided like them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from ..headings.leads import Sentences, first_sentence, is_even
from ..nodes import Kind
from ..outline import Head
from ..vocab import both
from .first import objection
from .model import EVENT, FINAL, ITEM, MAX_REFRAIN, Paragraph
from .series import SHORT, series_from_first, shape_of

__all__ = [
    "divide_like_others",
    "divide_like_sisters",
    "forget_chance",
    "lead_behind_title",
    "lead_below_points",
]


def divide_like_sisters(
    runs: Sequence[tuple[int, list[Paragraph]]],
    company: Sequence[bool],
    divided: Sequence[tuple[int, Paragraph]],
) -> None:
    """
    Divide a paragraph by two short sentences where its sisters, *divided* already, are by series of the same shape.

    高唐 2024: 三、 and 四、 have two or three leads (项目建设加快推进。 项目招引成果丰硕。), their sisters three and four. The same
    below the leads of paragraphs in company.
    """
    series_by: dict[tuple[int, bool, bool], list[list[int]]] = {}
    for depth, p in divided:
        series = [p.lead, *p.inline] if p.lead and not p.nested else p.inline
        if len(series) < 3 or p.full:
            continue
        said = [shape_of(s) for s in series]
        for order in (False, True):
            if said.count(order) >= len(series) - 1:
                sizes = [len(s.plain) for s in series]
                series_by.setdefault((depth, p.nested, order), []).append(sizes)
    known = {
        key: (min(map(min, sizes)) - 1, max(map(max, sizes)) + 1)
        for key, sizes in series_by.items()
        if len(sizes) >= 2
    }
    if not known:
        return
    for (depth, run), among in zip(runs, company, strict=True):
        for p in run:
            below = among and p.lead is not None
            if p.inline or (p.lead is not None and not below):
                continue
            if not p.own and p.text.find(FINAL, 0, MAX_REFRAIN) < 0:
                continue  # with no lead, its first sentence must be one of them; and a lead is its first
            orders = [order for order in (False, True) if (depth, below, order) in known]
            if orders:
                parts = p.parts
                if parts is None:
                    text = p.text if p.end is None else p.text[: p.end]
                    parts = Sentences(text, p.start, is_even(text, p.start))
                for order in orders:
                    if _divided_so(p, parts, below, order, *known[depth, below, order]):
                        break


def _divided_so(p: Paragraph, parts: Sentences, below: bool, order: bool, low: int, high: int) -> bool:
    """Divide *p* by statements, or orders, of *low* to *high* characters, if it has such."""
    text = p.text
    last_first = below + p.own
    alike: list[int] = []
    for k in range(below, len(parts) - 1):
        if (
            low < parts.sizes[k]
            and parts.shorter(k, high)
            and low <= len((s := parts[k]).plain)
            and text[s.end - 1] == FINAL
            and shape_of(s) is order
            and not s.specific
        ):
            alike.append(k)
        elif k == last_first and not alike:
            return False
    if len(alike) < 2:
        return False
    ends = [*(parts[k].start for k in alike[1:]), p.end or len(text)]
    if any(end - parts[k].end < 40 for k, end in zip(alike, ends, strict=True)):
        return False
    if p.lead is None and not p.own:
        p.lead = parts[0]
    p.nested = below
    p.inline = [parts[k] for k in alike[0 if p.own or below else 1 :]]
    return True


def forget_chance(own: Sequence[Paragraph]) -> None:
    """
    Forget what divides few of *own*, the text that runs on behind the titles of one part, if it has little to say.

    The sections of a part are divided all, or hardly any. 广西 2026: 提升钢铁产业深加工水平 is one of twenty such sentences.
    """
    divided = [p for p in own if p.inline]
    if len(own) >= _MANY and 0 < 3 * len(divided) <= len(own):
        for p in divided:
            if len(p.inline) >= 2 and _is_weak(p):
                p.inline = p.joined = ()


def divide_like_others(own: Sequence[Paragraph]) -> None:
    """
    Divide those of *own* that are left from where nearly all the others have their first lead: behind the title, or one sentence.

    江苏 2026: 弘扬和践行社会主义核心价值观。… 繁荣发展文化事业。… 持续壮大文旅产业。… behind one sentence, as in the other nine.
    """
    divided = [p for p in own if len(p.inline) >= 2]
    if len(divided) >= 3 and len(divided) < len(own) and 5 * len(divided) >= 3 * len(own):
        _divide_from_first([p for p in own if not p.inline], divided)


_MANY = 5
_MUCH = 100
"""Characters of body behind a lead that speak for it, whatever the sister sections are like."""


def _is_weak(p: Paragraph) -> bool:
    """Whether one of the leads that divide *p* has little to say, and another short sentence is as good, unless they begin alike."""
    if len({s.title[:2] for s in p.inline}) == 1:
        return False
    text, parts = _parts(p)
    said = sorted([(s.start, s.end) for s in (*p.inline, *p.joined)])
    leads = {start for start, _ in said}
    ends = [*(start for start, _ in said[1:]), len(text)]
    if min([end - stop for (_, stop), end in zip(said, ends, strict=True)]) >= _MUCH:
        return False
    return any(
        start not in leads
        and parts.shorter(k, SHORT)
        and not (s := parts[k]).numbers
        and s.orders is not None
        for k, start in enumerate(parts.starts[:-1])
    )


def _divide_from_first(left: Sequence[Paragraph], divided: Sequence[Paragraph]) -> None:
    """Divide those *left* from the sentence on that stands where the first lead of nearly all *divided* ones does."""
    places = [
        bisect(_parts(p)[1].starts, min([s.start for s in (*p.inline, *p.joined)])) - 1 for p in divided
    ]
    usual = {k for k in places if k <= 1}
    if 10 * sum([k in usual for k in places]) < 7 * len(places):
        return
    every = [s for p in divided for s in p.inline]
    order = 2 * sum([s.orders is True for s in every]) > len(every)
    commas = max([s.commas for s in every])
    for p in left:
        text, parts = _parts(p)
        nodes = _like_leads(text, parts, order, commas)
        opening = next((n for n, (k, _) in enumerate(nodes) if k in usual), None)
        if opening is None:
            # the only two that state, further down (承德 2024): 社会事业加快发展。… 社会大局安全稳定。…
            alone = [parts[k] for k, _ in nodes if parts[k].orders is order]
            if (
                len(alone) >= 2
                and len({len(s.plain) for s in alone}) == 1
                and all(b.start - a.end >= _MUCH for a, b in pairwise(alone))
                and len(text) - alone[-1].end >= _MUCH
            ):
                p.inline = alone
            continue
        nodes = nodes[opening:]
        if usual_commas := parts[nodes[0][0]].commas:
            # 补短板、提品质，完善城市功能。… 强整治、提水平，推进乡村振兴。…
            nodes = [(k, order) for k, order in nodes if parts[k].commas == usual_commas]
        if len(nodes) >= 2:
            series = series_from_first(text, parts, nodes)
            ends = [*(parts.starts[k] for k in series[1:]), len(text)]
            leads = [parts[k] for k, end in zip(series, ends, strict=False) if end - parts[k].end >= _LITTLE]
            if len(leads) >= 2 and leads[0] is parts[series[0]]:
                p.inline = leads


def _like_leads(text: str, parts: Sentences, order: bool, commas: int) -> list[tuple[int, bool]]:
    """The short sentences that may be leads where the sisters have leads that order, or state."""
    return [
        (k, order)
        for k in range(len(parts) - 1)
        if parts.shorter(k, SHORT)
        and len((s := parts[k]).title) >= 4
        and s.commas <= commas
        and (s.commas or s.orders is not (not order))
        and not (s.numbers or s.opener or s.copula or s.specific)
        and (s.orders is order or not EVENT.search(s.plain))
        and text[s.end - 1] == FINAL
    ]


_LITTLE = 28


def _parts(p: Paragraph) -> tuple[str, Sentences]:
    """The text of *p* as far as it goes, and its sentences."""
    text = p.text if p.end is None else p.text[: p.end]
    if p.parts is None:
        p.parts = Sentences(text, p.start, is_even(text, p.start))
    return text, p.parts


_TURNS = re.compile(both(r"[此与同一过](?:(?<=此)外|(?<=与)此同时|(?<=同)时|(?<=一)年来|(?<=过)去)"))
"""此外，统计、审计…: the last paragraph of a section may be one about what is left."""


def lead_behind_title(run: Sequence[Paragraph]) -> None:
    """（一）X。A。… and the next paragraphs open with B。, C。: A is a lead as they are, if it is of their shape."""
    p = run[0]
    leads = [q.lead for q in run[1:] if q.lead is not None]
    if p.inline or len(leads) < 2:
        return
    if len(leads) < len(run) - 1 - (run[-1].lead is None and _TURNS.match(run[-1].text) is not None):
        return
    text = p.text
    s = first_sentence(text, p.start, p.end)
    if s is None or text[s.start + len(s.title) : s.end] != FINAL or objection(s, len(text) - s.end):
        return
    sizes = [len(lead.plain) for lead in leads]
    orders = s.orders is True
    if (
        min(sizes) - 2 <= len(s.plain) <= max(sizes) + 2
        and s.commas <= max([lead.commas for lead in leads])
        and sum([(lead.orders is True) == orders for lead in leads]) * 2 > len(leads)
        and not s.copula
    ):
        p.inline = [s]


def lead_below_points(run: Sequence[Paragraph]) -> None:
    """
    Keep the point of those paragraphs alone that stand below it: its first has a lead, as what follows has.

    A point (第一，X。) with two such paragraphs is the heading of a section, and so are the others beside two of those.
    """
    below: dict[int, tuple[Head, list[Paragraph]]] = {}
    for p in run:
        if p.point is not None:
            below.setdefault(p.point.line, (p.point, []))[1].append(p)
    sections = [h for h, own in below.values() if own[0].lead and sum([p.lead is not None for p in own]) >= 2]
    if len(sections) >= 2:
        sections = [h for h, _ in below.values()]
    for h in sections:
        h.kind = Kind.SECTION
    for h, own in below.values():
        if own[0].lead is None and h.kind is ITEM:
            for p in own:
                p.point = None
