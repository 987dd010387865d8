"""What the paragraphs of a section say of each other: those beside divided ones are divided like them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..headings.leads import Sentences, first_sentence, is_even
from ..nodes import Kind
from ..outline import Head
from ..vocab import both
from .first import objection
from .model import FINAL, ITEM, MAX_REFRAIN, Paragraph
from .series import shape_of

__all__ = ["divide_like_sisters", "lead_behind_title", "lead_below_points"]


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
