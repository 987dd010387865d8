"""Sentences inside a paragraph that divide it: a series, a refrain, two halves, or what was announced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..headings.leads import Sentence, Sentences, first_sentence, is_even
from ..headings.wording import PROBLEMS
from ..vocab import both
from .first import NO_REFRAIN
from .model import EVENT, FIGURE, FINAL, POINT, Paragraph
from .series import (
    ADDRESSES,
    LONGEST_VERSE,
    SHORT,
    THESE,
    best_series,
    joining,
    look_at,
    opening_of,
    shape_of,
)

__all__ = ["divide"]


def divide(p: Paragraph, company: bool) -> bool:
    """Mark the sentences that divide one paragraph, and say whether two do, beside its lead."""
    start = p.start
    text = p.text if p.end is None else p.text[: p.end]
    led = p.lead is not None
    # its own lead names a paragraph among others: what divides it further stands below
    below = led and company
    if len(text) - start < (_LED if below else _DIVIDED) or text.count(FINAL, start) < (6 if below else 4):
        return False
    divides, returns = look_at(text, start, led, below)
    even = is_even(text, start)
    if not even:
        divides = returns = True  # the look saw too little
    elif not (divides or returns):
        return False
    parts = p.parts = Sentences(text, start, even)
    if len(parts) < 5:
        return False
    nodes = _dividing(text, parts, below) if divides else []
    series = _series(p, text, parts, nodes, below) if divides else []
    full = _full_series(text, parts, nodes, 0 if p.own else 1)
    again = _inside_refrains(text, parts) if returns else []
    if again and not (series and set(again).isdisjoint(series)):
        series = sorted({*series, *again})
    if below and series:
        # Where every paragraph has its lead, short sentences inside are body, unless each has much to say.
        sizes = {len(parts[k].plain) for k in series}
        each = 70 if len(sizes) == 1 and sizes <= _EVEN else 120
        if len(text) - parts[series[0]].start < each * len(series):
            series = []
    others = set(full).difference(series) if set(series).issubset(full) else ()
    if not series:
        if not others:
            return False
        series, p.full, others = full, True, ()
    if not (led or p.own) and _PROBLEMS.search(text, p.start, parts[series[0]].end):
        return False
    p.joined = [parts[k] for k in sorted(others)] if others else joining(text, parts, series)
    if (p.own or led) and _heads_series(parts, series, int(led)):
        p.joined = [parts[led], *p.joined]
    if not led and series[0] == 0 and not p.own:
        p.lead = parts[0]
    if p.lead is not None and series[0] == 0:
        p.inline = [parts[k] for k in series[1:]]
        return len(p.inline) >= 2
    p.inline = [parts[k] for k in series]
    p.nested = p.lead is not None
    announced = _announced(text, parts, series)
    if announced is not None:
        p.inline.insert(0, announced)
    return len(p.inline) >= 2


_PROBLEMS = re.compile(both(rf"(?:看到|认识到|深知|正视|面临|存在)[^。]{{0,30}}(?:{PROBLEMS})"))
"""What opens a list of problems, whose sentences head nothing."""
_COLONS = "：:﹕∶"
_COLON = re.compile(f"[{_COLONS}]")


def _announced(text: str, parts: Sentences, series: Sequence[int]) -> Sentence | None:
    """The first lead of a series that follows its announcement behind a colon: 必须做到五点：必须守住底线。… 必须…"""
    first = parts[series[0]]
    if not _COLON.search(text, parts.starts[0], first.start):
        return None
    others = [parts[k] for k in series]
    sizes = [len(s.plain) for s in others]
    low, high = min(sizes) - 1, max(sizes) + 1
    most = min([s.commas for s in others])
    heads = {s.title[:2] for s in others}
    shapes = {shape_of(s) for s in others}
    for k in range(series[0]):
        s = parts[k]
        at = max(map(s.title.rfind, _COLONS))
        if at < 4 or text[s.end - 1] != FINAL or first.start - s.end < 25:
            continue
        tail = first_sentence(text, s.start + at + 1, s.end)
        if (
            tail is not None
            and low <= len(tail.plain) <= high
            and tail.commas <= most
            and not tail.numbers
            and not tail.opener
            and (heads == {tail.title[:2]} or (None not in shapes and shapes == {shape_of(tail)}))
        ):
            return tail
    return None


_ADDRESS = re.compile(both(r"我们|这是|(?:这|过去的?|刚刚过去的?)?[一五两几]年来?[，,]|必须"))
"""What the refrains of one paragraph begin with: what we do, or when."""


def _inside_refrains(text: str, parts: Sentences) -> list[int]:
    """The sentences of one paragraph that begin alike, three at least, each with a body: 我们要依法行政，建设法治政府。… 我们要…"""
    longest = LONGEST_VERSE + parts.around
    alike: dict[str, list[int]] = {}
    for k, (start, size) in enumerate(zip(parts.starts, parts.sizes, strict=False)):
        if text[start] in ADDRESSES and 6 < size <= longest:
            alike.setdefault(opening_of(text[start : start + 3]), []).append(k)
    places: dict[str, list[int]] = {}
    for k in sorted([k for at in alike.values() if len(at) >= 3 for k in at]):
        s = parts[k]
        title = s.title
        if 6 <= len(title) <= LONGEST_VERSE and text[s.end - 1] == FINAL:
            these = title[:2] + title[-2:] if title[:2] in THESE else title[:3]
            places.setdefault(these, []).append(k)
    for opening, at in places.items():
        if len(at) < 3 or not _ADDRESS.match(parts[at[0]].title) or NO_REFRAIN.match(opening):
            continue
        ends = [*(parts[k].start for k in at[1:]), len(text)]
        if all(
            end - parts[k].end >= _VERSE and not FIGURE.search(parts[k].plain)
            for k, end in zip(at, ends, strict=True)
        ):
            return at
    return []


_VERSE = 40
"""Characters of body behind each refrain inside a paragraph."""
_HALF = 80
"""Characters of body behind each of two leads that share the text behind a heading."""


def _halves(text: str, parts: Sentences, nodes: Sequence[tuple[int, bool]]) -> bool:
    """
    Whether two sentences divide the text that runs on behind a heading: 推进深层次改革。… 扩大高水平开放。…

    They are of one length and the only ones of their kind; the first opens the text, or states and stands behind one sentence.
    """
    at = [k for k, _ in nodes]
    if at[0] > 1:
        return False
    x, y = (parts[k] for k in at)
    apart = abs(len(x.plain) - len(y.plain))
    return (
        apart <= (1 + (x.title[:2] == y.title[:2]))
        and max(len(x.plain), len(y.plain)) <= 13
        and y.start - x.end >= _HALF
        and len(text) - y.end >= _HALF
        and (at[0] == 0 or shape_of(x) is False)
        and not any(s.commas or "、" in s.title or s.specific for s in (x, y))
        and all(len(parts[k + 1].plain) > len(parts[k].plain) + 4 for k in at)
    )


def _full_series(text: str, parts: Sentences, nodes: Sequence[tuple[int, bool]], lowest: int) -> list[int]:
    """
    Three short sentences or more, whatever their lengths, all of which order, or state, and have much to say.

    提质推进园区建设。… 集聚资源强化平台支撑和成果转化。… 充分发挥企业创新主体作用。…: where there is one other short sentence at
    most, they are no chance.
    """
    if len(nodes) < 3:
        return []
    at = [
        k
        for k, _ in nodes
        if k >= lowest
        and len((s := parts[k]).plain) <= _FULL_LENGTH
        and not (s.commas or s.copula or s.specific)
        and s.orders is not None
    ]
    if len(at) < 3 or len({parts[k].orders for k in at}) > 1:
        return []
    if 2 * sum([len(parts[k].plain) for k in at]) > _FULL_MEAN * len(at):
        return []
    ends = [*(parts.starts[k] for k in at[1:]), len(text)]
    if any(end - parts[k].end < _FULL_BODY for k, end in zip(at, ends, strict=True)):
        return []
    short = [k for k in range(1, len(parts) - 1) if parts.shorter(k, _FULL_LENGTH)]
    return at if len(set(short).difference(at)) <= 1 else []


_FULL_LENGTH = 16
_FULL_MEAN = 25  # twice the mean of the lengths
_FULL_BODY = 80


def _series(
    p: Paragraph, text: str, parts: Sentences, nodes: list[tuple[int, bool]], below: bool
) -> list[int]:
    """The sentences of one shape that divide *p*, if it has such."""
    led = p.lead is not None
    if led and not below and not (nodes and nodes[0][0] == 0):
        nodes = [(0, parts[0].orders is True), *nodes]
    if len(nodes) >= 3:
        return best_series(text, parts, nodes, led and not below)
    if len(nodes) == 2 and (
        (p.own and _halves(text, parts, nodes)) or (below and _twins(text, parts, nodes))
    ):
        return [k for k, _ in nodes]
    return []


def _twins(text: str, parts: Sentences, nodes: Sequence[tuple[int, bool]]) -> bool:
    """Whether the only two short sentences below a lead are its parts: 推进数字产业化。… 推进产业数字化。…"""
    x, y = (parts[k] for k, _ in nodes)
    return (
        nodes[0][0] <= 2
        and nodes[0][1] == nodes[1][1]
        and x.title[:2] == y.title[:2]
        and abs(len(x.plain) - len(y.plain)) <= 2
        and y.start - x.end >= _TWIN
        and len(text) - y.end >= _TWIN
        and not any(s.commas or s.specific for s in (x, y))
    )


_TWIN = 60


def _dividing(text: str, parts: Sentences, below: bool) -> list[tuple[int, bool]]:
    """
    The sentences that may divide a paragraph: by their words, or by a shape that two others share.

    Each with whether it orders rather than states.
    """
    known: list[tuple[int, bool]] = []
    others: list[tuple[int, bool]] = []
    longest = SHORT + parts.around
    for k, most in enumerate(parts.sizes[:-1]):
        if k < below or not 5 <= most <= longest:
            continue
        s = parts[k]
        size = len(s.title)
        if not 4 <= size <= SHORT or text[s.end - 1] != FINAL or s.numbers or s.opener:
            continue
        commas = s.commas
        if commas <= 1:
            orders = s.orders
            if orders is not None:
                known.append((k, orders))
            elif size >= 5 and not commas:
                others.append((k, False))
                if len(others) == _MOST:
                    break
    if others and len(known) + len(others) >= 3:
        others = [
            (k, False)
            for k, _ in others
            if not (s := parts[k]).copula
            and not s.specific
            and not EVENT.search(s.plain)
            and not POINT.match(s.plain)
        ]
        short = [(parts[k], orders) for k, orders in (*known, *others)]
        known += [(k, False) for k, _ in others if _has_sisters(parts[k], short)]
        known.sort()
    return known


def _has_sisters(s: Sentence, short: Sequence[tuple[Sentence, bool]]) -> bool:
    """Whether two others of *short*, which holds *s* too, are of its shape."""
    alike = 0
    for other, orders in short:
        alike += _shaped(s, other, orders)
        if alike == 3:
            return True
    return False


def _shaped(s: Sentence, other: Sentence, orders: bool) -> bool:
    """Whether two short sentences are of one shape: equally long, or alike in how they begin or end."""
    size = len(s.plain)
    apart = abs(size - len(other.plain))
    if apart > 2:
        return False
    if s.title[:2] == other.title[:2] or s.title[-2:] == other.title[-2:]:
        return True
    if size > 12 or other.commas:
        return False
    return apart == 0 or (apart == 1 and size <= 9 and not orders)


_MOST = 400
"""Short sentences in one line that are compared with each other: no report has as many, and hostile text stays linear."""
_DIVIDED = 60
"""Characters of the shortest paragraph that sentences may divide."""
_LED = 210
"""Characters of a paragraph with a lead in company from which it may be divided further: three bodies of 70."""
_EVEN = frozenset(range(4, 10))
"""Lengths of leads that, if all are equally long, are headings with shorter bodies too (项目建设实现新突破)."""


def _heads_series(parts: Sentences, series: Sequence[int], k: int) -> bool:
    """
    Whether sentence *k*, directly behind the title, is the first of *series*, though longer than they are.

    实施扩大民间投资专项行动。… before 扩大工业投资。… 稳定基础设施投资。…
    """
    if not k + 1 < series[0] or not parts.shorter(k, _FULL_END):
        return False
    s = parts[k]
    orders = shape_of(s)
    return (
        orders is not None
        and len(s.plain) >= 4
        and all(shape_of(parts[n]) is orders for n in series)
        and not (s.copula or s.specific)
        and parts.starts[series[0]] - s.end >= _FULL_BODY
        and parts.longer(k + 1, len(s.title) + 4)
    )


_FULL_END = 18
