"""The search for leads: over the paragraphs under one heading, and what stands above and below them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from operator import attrgetter

from ..headings.leads import closed_sentence
from ..layout import Line
from ..outline import LISTS, Head, Lead
from ..vocab import both
from .first import choose_first
from .inside import divide
from .model import INLINE, ITEM, LINE, MAX_REFRAIN, RUNIN, SECTION, Paragraph
from .sisters import (
    divide_like_others,
    divide_like_sisters,
    forget_chance,
    lead_behind_title,
    lead_below_points,
)

__all__ = ["find_leads"]

_DIVIDER = re.compile(both(r"(?:各位)?代表[！!，,：:、]|各位代表"))


def find_leads(
    lines: Sequence[Line],
    body: Sequence[int],
    heads: Sequence[Head],
    annex_at: int,
    salutations: Collection[int] = (),
) -> tuple[list[Lead], set[int]]:
    """
    The lead sentences of a report as heads, and the lines (各位代表！…) that close a section back to its part.

    *heads* are the headings found so far, in order, with their depths; *salutations* the lines that are nothing else
    (各位代表！), which stand beside *body*.
    """
    by_line: dict[int, list[Head]] = {}
    for h in heads:
        if h.line in by_line:
            by_line[h.line].append(h)
        else:
            by_line[h.line] = [h]
    dividers: set[int] = set()
    run: list[Paragraph] = []
    runs: list[tuple[int, list[Paragraph]]] = []
    bodies: list[tuple[int, list[Paragraph]]] = []  # of points: each a run of its own
    sections: dict[int, list[Paragraph]] = {}  # what runs on behind the titles of one part
    stack: list[Head] = []
    depth = 2  # what stands before the first heading lies in a part without a title
    below_item = False
    point: Head | None = None
    pointed = False
    following = _following(heads)
    points: list[Head] = []  # those that others may stand under, the innermost last
    under: Head | None = None  # the innermost of them that its number goes on from
    last_line = -1
    skip = {h.title_line for h in heads if h.title_line is not None}
    parts_at = {h.line for h in heads if h.kind is not ITEM and h.start == 0}
    for i in sorted((*body, *salutations)) if salutations else body:
        if i >= annex_at:
            break
        if i in skip:
            continue
        text = lines[i].text
        lone = i in salutations
        if (
            (stack and stack[-1].line != last_line if lone else text[0] in "各代" and _DIVIDER.match(text))
            and i not in parts_at
            and stack
            and stack[-1].depth >= 2
            and stack[-1].kind is SECTION
        ):
            dividers.add(i)
            if run:
                runs.append((depth, run))
                run = []
            while stack and stack[-1].depth >= 2:
                stack.pop()
            depth = 2
            point = None
            points.clear()
        if lone:
            continue
        last_line = i
        all_here = by_line.get(i)
        if all_here is None:
            run.append(p := Paragraph(i, text))
            if below_item:
                p.after_item = True
                below_item = False
            if point is not None:
                p.point = point
            if under is not None:
                p.under = under
            continue
        last = all_here[-1]
        alone = last.form is LINE
        below_item = alone and last.style in LISTS
        point = last if alone and last.candidate.kind is ITEM else None
        pointed = pointed or point is not None
        items = [h for h in all_here if h.kind is ITEM]
        here = [h for h in all_here if h.kind is not ITEM] if items else all_here
        if here:
            points.clear()
            under = None
            cut = here[0].start
            if cut and text[:cut].strip():
                run.append(Paragraph(i, text, 0, cut))
            for n, h in enumerate(here):
                if run:
                    runs.append((depth, run))
                    run = []
                while stack and stack[-1].depth >= h.depth:
                    stack.pop()
                above = id(stack[-1]) if stack else 0
                stack.append(h)
                depth = h.depth + 1
                end = here[n + 1].start if n + 1 < len(here) else None
                start = _behind(text, h)
                if (len(text) if end is None else end) - start >= 20 and not (
                    items and any(start <= item.start and (end is None or item.start < end) for item in items)
                ):
                    run.append(p := Paragraph(i, text, start, end))
                    if (len(text) if end is None else end) - start >= _BODY:
                        sections.setdefault(above, []).append(p)
        else:
            if items[0].form is INLINE:
                cut = items[0].start
                run.append(Paragraph(i, text, 0, cut))
            for h in items:
                _open(points, h, depth, following)
            under = next((h for h in reversed(points) if id(h) in following), None) if following else None
            if len(items) == 1 and last.form is RUNIN:
                start = _behind(text, last)
                if len(text) - start >= _BODY:
                    bodies.append((last.depth + 1, [Paragraph(i, text, start)]))
    if run:
        runs.append((depth, run))
    runs += bodies
    company = [choose_first(run) >= 2 for _, run in runs]
    divided: list[tuple[int, Paragraph]] = []
    for (depth, run), among in zip(runs, company, strict=True):
        for p in run:
            if divide(p, among):
                divided.append((depth, p))
    if divided:
        for own in sections.values():
            forget_chance(own)
    if len(divided) >= 2:
        divide_like_sisters(runs, company, divided)
        for own in sections.values():
            divide_like_others(own)
    found: list[Lead] = []
    for depth, run in runs:
        if len(run) >= 3 and run[0].own:
            lead_behind_title(run)
        if pointed:
            lead_below_points(run)
        found += _leads(run, depth)
    _under_leads(heads, found)
    found += _unsigned(lines, heads, found)
    return found, dividers


def _unsigned(lines: Sequence[Line], heads: Sequence[Head], leads: Sequence[Lead]) -> list[Lead]:
    """A point whose sign was lost between two that begin as it does: ——2019年，我们…。⏎2019年，我们…。⏎——2019年，我们…。"""
    between = [
        (before, after)
        for before, after in pairwise(heads)
        if before.style == "dash" == after.style and after.line == before.line + 2
    ]
    if not between:
        return []
    found: list[Lead] = []
    taken = {lead.line for lead in leads}
    for before, after in between:
        i = before.line + 1
        if i in taken:
            continue
        text = lines[i].text
        opening = text[:_SAME]
        if all(lines[h.line].text.startswith(opening, h.title[0]) for h in (before, after)):
            s = closed_sentence(text, MAX_REFRAIN)
            if s is not None:
                found.append(Lead(i, s, before.depth, 0.75, "between two points that begin so"))
    return found


_SAME = 6


def _behind(text: str, h: Head) -> int:
    """Where the text begins that runs on after a heading."""
    start = h.title[1]
    size = len(text)
    while start < size and text[start] in "。：: 　，,":
        start += 1
    return start


def _open(points: list[Head], h: Head, depth: int, following: Collection[int]) -> None:
    """
    Give a numbered point its depth: under the point before it if it counts anew, on its line or before its next number.

    第一，… 一是… 二是… 第二，…: the two 是 stand under the first.
    """
    if points and points[-1].style == h.style:  # nearly always
        points.pop()
    elif any(o.style == h.style for o in points):
        while points.pop().style != h.style:
            pass
    elif not (h.value == 1 and points and (id(points[-1]) in following or points[-1].line == h.line)):
        points.clear()
    points.append(h)
    h.depth = depth + len(points) - 1


def _following(heads: Sequence[Head]) -> set[int]:
    """The points, by identity, that their number goes on from before the next heading of a section."""
    following: set[int] = set()
    ahead: dict[str, int] = {}
    for h in reversed(heads):
        if h.kind is not ITEM:
            ahead.clear()
        elif h.value is not None:
            if ahead.get(h.style) == h.value + 1:
                following.add(id(h))
            ahead[h.style] = h.value
    return following


_BODY = 150
"""Characters behind the title of a point from which sentences may divide it."""


def _leads(run: Sequence[Paragraph], depth: int) -> list[Lead]:
    found: list[Lead] = []
    company = len([p for p in run if p.lead is not None])
    among = f"one of {company} paragraphs under this heading that open so" if company else ""
    sure = 0.9 if company >= 3 else 0.75
    for p in run:
        lead, inline = p.lead, p.inline
        if lead is None and not inline:
            continue
        above = p.point or p.under
        at = depth if above is None else above.depth + 1
        if p.under is not None:
            p.under.reach = p.line
        if lead is not None:
            found.append(Lead(p.line, lead, at, sure, among))
        if inline:
            if p.joined:
                inline = sorted([*inline, *p.joined], key=_place)
            inside = f"one of {len(inline)} sentences of one shape that divide this paragraph"
            found += [Lead(p.line, s, at + p.nested, 0.7, inside) for s in inline]
    return found


_place = attrgetter("start")


def _under_leads(heads: Sequence[Head], found: Sequence[Lead]) -> None:
    """一是… inside a paragraph that has a lead stands under that lead, and so does 二是… that goes on in the next paragraph."""
    if not any(h.form is INLINE and h.kind is ITEM for h in heads):
        return
    leads = {h.line: h for h in found if h.form is RUNIN}
    last: Head | None = None  # the last point that stands under a lead
    for h in heads:
        if h.kind is not ITEM:
            last = None
        elif h.form is INLINE and h.line in leads:
            h.depth = leads[h.line].depth + 1
            last = h
        elif last is not None:
            if (
                h.style == last.style
                and h.value == (last.value or 0) + 1
                and not _any_between(leads, last, h)
            ):
                h.depth = last.depth
                last = h
            else:
                last = None


def _any_between(leads: Collection[int], a: Head, b: Head) -> bool:
    """Whether a paragraph with a lead lies between two points."""
    return any(line in leads for line in range(a.line + 1, b.line + 1))
