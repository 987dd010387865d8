"""
Which sentences head their paragraphs: series of leads, over the paragraphs under one heading.

A lead sentence is known by its company. One short first sentence is a statement; three in a row are headings. The
same inside a paragraph: short sentences of one shape, each with a body behind it, divide it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from attrs import define, field

from .headings.leads import Sentence, first_sentence, lead_candidate, sentences
from .layout import Line
from .nodes import Form, Kind
from .outline import LISTS, Head
from .vocab import both, forms

__all__ = ["find_leads"]

MAX_LEAD = 34
MAX_REFRAIN = 72
_DIVIDER = re.compile(both(r"(?:各位)?代表[！!，,：:、]|各位代表"))
_NO_REFRAIN = re.compile(
    both(
        r"各位|同志|[12][\dxX×*]{3}|[一二][九〇○零][〇○零一二三四五六七八九]{2}|全市|全县|全省|全区|有人|中[国华]|美[国帝]|苏联|日[内本]"
    )
)
_EVENT = re.compile(
    both(
        r"^[一二三四五六七八九十]{1,2}[是要、]|[“\"]$|◇|通过|启用|设立|完成|盘活|获批|上线|运营|举办|印发|出台|政策.{0,4}实施"
    )
)
"""What was done or happened once, and the points of a series: short sentences of these are no headings by their shape alone."""
_FIGURE = re.compile(both(r"\d[%％亿万]"))
_FINAL = "。"
_ITEM: Final = Kind.ITEM  # a member looked up on its class costs ten times as much


@define
class _Paragraph:
    line: int
    start: int
    """Where its own text begins: behind the title, for the text that runs on after a heading."""
    own: bool
    """Whether it runs on after the heading of its section."""
    first: Sentence | None
    end: int | None = None
    """Where it ends, if a heading inside the line cuts it short."""
    lead: Sentence | None = None
    inline: list[Sentence] = field(factory=list)
    joined: Sequence[Sentence] = ()
    """Sentences that join those, and set no measure for the sister paragraphs."""
    nested: bool = False
    after_item: bool = False
    """Whether it is the first paragraph below a numbered item on a line of its own: that item's body."""
    point: Head | None = None
    """The point (——X, 第一，X) on a line of its own that was the last thing before it but paragraphs."""
    under: Head | None = None
    """The point (第一，X。…) before it whose number goes on behind it."""


def find_leads(
    lines: Sequence[Line],
    body: Sequence[int],
    heads: Sequence[Head],
    annex_at: int,
    salutations: Collection[int] = (),
) -> tuple[list[Head], set[int]]:
    """
    The lead sentences of a report as heads, and the lines (各位代表！…) that close a section back to its part.

    *heads* are the headings found so far, in order, with their depths; *salutations* the lines that are nothing else
    (各位代表！), which stand beside *body*.
    """
    by_line: dict[int, list[Head]] = {}
    for h in heads:
        by_line.setdefault(h.line, []).append(h)
    found: list[Head] = []
    dividers: set[int] = set()
    run: list[_Paragraph] = []
    runs: list[tuple[int, list[_Paragraph]]] = []
    bodies: list[tuple[int, list[_Paragraph]]] = []  # of points: each a run of its own
    stack: list[Head] = []
    depth = 2  # what stands before the first heading lies in a part without a title
    below_item = False
    point: Head | None = None
    following = _following(heads)
    points: list[Head] = []  # those that others may stand under, the innermost last
    last_line = -1
    skip = {h.title_line for h in heads}
    parts_at = {h.line for h in heads if h.kind is not _ITEM and h.start == 0}
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
            and stack[-1].kind is Kind.SECTION
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
            under = next((h for h in reversed(points) if id(h) in following), None)
            run.append(
                _Paragraph(i, 0, False, first_sentence(text), after_item=below_item, point=point, under=under)
            )
            below_item = False
            continue
        last = all_here[-1]
        alone = last.candidate.form is Form.LINE
        below_item = alone and last.style in LISTS
        point = last if alone and last.candidate.kind is _ITEM else None
        here = [h for h in all_here if h.kind is not _ITEM]
        items = [h for h in all_here if h.kind is _ITEM]
        if here:
            points.clear()
            if text[: here[0].start].strip():
                cut = here[0].start
                run.append(_Paragraph(i, 0, False, first_sentence(text, 0, cut), cut))
            for n, h in enumerate(here):
                if run:
                    runs.append((depth, run))
                    run = []
                while stack and stack[-1].depth >= h.depth:
                    stack.pop()
                stack.append(h)
                depth = h.depth + 1
                start = h.candidate.title[1]
                while start < len(text) and text[start] in "。：: 　，,":
                    start += 1
                end = here[n + 1].start if n + 1 < len(here) else None
                if (len(text) if end is None else end) - start >= 20 and not any(
                    start <= item.start and (end is None or item.start < end) for item in items
                ):
                    run.append(_Paragraph(i, start, True, None, end))
        else:
            if items[0].candidate.form is Form.INLINE:
                cut = items[0].start
                run.append(_Paragraph(i, 0, False, first_sentence(text, 0, cut), cut))
            for h in items:
                _open(points, h, depth, following)
            if len(items) == 1 and last.candidate.form is Form.RUNIN:
                start = last.candidate.title[1]
                while start < len(text) and text[start] in "。：: 　，,":
                    start += 1
                if len(text) - start >= _BODY:
                    bodies.append((last.depth + 1, [_Paragraph(i, start, True, None)]))
    if run:
        runs.append((depth, run))
    runs += bodies
    for _, run in runs:
        _first_sentences(lines, run)
    company = [sum([p.lead is not None for p in run]) >= 2 for _, run in runs]
    for (_, run), among in zip(runs, company, strict=True):
        for p in run:
            _inside(lines, p, among)
    _like_sisters(lines, runs, company)
    for _, run in runs:
        for p in run:
            if p.joined:
                p.inline = sorted([*p.inline, *p.joined], key=lambda s: s.start)
    for _, run in runs:
        if len(run) >= 3 and run[0].own:
            _behind_title(lines, run)
    for depth, run in runs:
        _below_points(run)
        found.extend(_heads(run, depth))
    _under_leads(lines, heads, found)
    return found, dividers


def _open(points: list[Head], h: Head, depth: int, following: Mapping[int, Head]) -> None:
    """
    Give a numbered point its depth: under the point before it if it counts anew, on its line or before its next number.

    第一，… 一是… 二是… 第二，…: the two 是 stand under the first.
    """
    if any(o.style == h.style for o in points):
        while points.pop().style != h.style:
            pass
    elif not (h.value == 1 and points and (id(points[-1]) in following or points[-1].line == h.line)):
        points.clear()
    points.append(h)
    h.depth = depth + len(points) - 1


def _following(heads: Sequence[Head]) -> dict[int, Head]:
    """For each point that its number goes on from before the next heading of a section, the next one of its style."""
    following: dict[int, Head] = {}
    ahead: dict[str, Head] = {}
    for h in reversed(heads):
        if h.kind is not _ITEM:
            ahead.clear()
        elif h.value is not None:
            later = ahead.get(h.style)
            if later is not None and later.value == h.value + 1:
                following[id(h)] = later
            ahead[h.style] = h
    return following


# ---------------------------------------------------------------------- first sentences


def _first_sentences(lines: Sequence[Line], run: list[_Paragraph]) -> None:
    """Mark the paragraphs of one run whose first sentence is a lead: only in company."""
    first: list[Sentence | None] = []
    closed: list[Sentence | None] = []
    likes: list[int] = []
    for k, p in enumerate(run):
        s = p.first
        first.append(s)
        if s is not None:
            text = lines[p.line].text
            if text[s.start + len(s.title) : s.end][:1] != _FINAL:
                s = None
            elif not objection(s, len(text) - s.end) and not _mixed(text, s):
                likes.append(k)
        closed.append(s)
    bodies = {k for k, p in enumerate(run) if p.after_item}
    if bodies and not bodies <= set(likes):
        # 三是拓宽农民增收渠道。⏎ and its body: no leads there, unless all those bodies have one
        likes = [k for k in likes if k not in bodies]
    refrains = _refrains(closed) if len(run) >= 3 else []
    if not likes and not refrains:
        return
    chosen = set(refrains)
    for group in _groups(likes, refrains):
        likely = [k for k in group if k not in chosen]
        keep = [k for k in likely if not _odd_one(k, group, first)]
        if len(keep) + sum(k in chosen for k in group) >= 2:
            chosen.update(keep)
    if 2 * len(chosen) < sum([not p.own for p in run]):
        chosen = _slogans(chosen, refrains, first)
    for k in chosen:
        run[k].lead = first[k]


_STATED = re.compile(
    both(r"了|我们|应当|应该|必须|已经|正在|[^但就总凡还要别]是|这|有人|因为|由于|愿意|主张")
)
"""Words of a statement or an argument, which no slogan holds."""


_NEAR = 4
"""Paragraphs from one such heading to the next."""


def _slogans(
    chosen: Collection[int], refrains: Collection[int], first: Sequence[Sentence | None]
) -> set[int]:
    """
    Of first sentences that are the fewer in their section, those that read like headings, and still in company.

    A long argument (国务院 1954) has short first sentences here and there; a section with leads has them throughout.
    """
    openings = Counter([s.title[:2] for k in chosen if (s := first[k]) is not None])
    kept = [
        k
        for k in chosen
        if k in refrains
        or (
            (s := first[k]) is not None
            and (
                openings[s.title[:2]] >= 3
                or (
                    not _STATED.search(s.plain)
                    and len(s.plain) <= (30 if s.verbal_first else 24 if s.predicative else 12)
                )
            )
        )
    ]
    kept.sort()
    return {
        k
        for k, b, a in zip(kept, [-9, *kept], [*kept[1:], 10**9], strict=False)
        if k - b <= _NEAR or a - k <= _NEAR
    }


def objection(s: Sentence, rest: int) -> str:
    """Why a first sentence with *rest* characters behind it names no paragraph, or ``""`` if it could."""
    size = len(s.title)
    if not 4 <= size <= MAX_LEAD or len(s.plain) < 3:
        return f"want 4 to {MAX_LEAD} characters, got {size}"
    commas = s.commas
    if commas > 2:
        return f"want at most 2 commas, got {commas}"
    if s.numbers:
        return "it states a figure"
    if commas == 1 and s.saying:
        return "a saying of two equal halves"
    if s.opener:
        return "it opens like a statement, not like a heading"
    if rest < 12:
        return "no body follows it"
    return ""


_FIELD = re.compile(
    both(r"普查|经普|国防|双拥|民兵|民族|宗教|人防|人民防空|外事|侨务|对台|档案|史志|方志|气象|地震")
)
_REMAINDER = re.compile(both(r"(?:[^。、]{2,14}、){5,}[^。、]{2,24}等[^。，、]{0,8}(?:工作|事业|团体|组织)"))


def _mixed(text: str, s: Sentence) -> bool:
    """Whether *s* is the first of the remaining fields of work, one a sentence, that share the last paragraph of a section."""
    return bool(_FIELD.search(s.title) and _REMAINDER.search(text, s.end, s.end + 200))


def _refrains(first: Sequence[Sentence | None]) -> list[int]:
    """First sentences that share an opening (五年来，我们…; 必须坚持…; 我们将…), however long and whatever they state."""
    places: dict[str, list[int]] = {}
    for k, s in enumerate(first):
        if s is not None and 6 <= len(s.title) <= MAX_REFRAIN:
            places.setdefault(s.title[:4], []).append(k)
    found: list[int] = []
    for opening, alike in places.items():
        if len(alike) < 3 or _NO_REFRAIN.match(opening):
            continue
        at = [k for k in alike if (s := first[k]) is not None and not _FIGURE.search(s.plain)]
        if len(at) >= 3:
            found += [
                k
                for k, b, a in zip(at, [-9, *at], [*at[1:], 10**9], strict=False)
                if k - b <= 2 or a - k <= 2
            ]
    return sorted(found)


def _groups(likes: Sequence[int], refrains: Sequence[int]) -> list[list[int]]:
    """Runs of paragraphs in which at most one in a row is no candidate."""
    groups: list[list[int]] = []
    for k in sorted({*likes, *refrains}):
        if groups and k - groups[-1][-1] <= 2:
            groups[-1].append(k)
        else:
            groups.append([k])
    return [g for g in groups if len(g) >= 2]


def _odd_one(k: int, group: Sequence[int], first: Sequence[Sentence | None]) -> bool:
    """Whether a candidate differs from its company: the statement that opens a section, or a copula among slogans."""
    s = first[k]
    if s is None or len(group) < 2:
        return True
    if s.copula and not any(first[j].copula for j in group if j != k):  # type: ignore[union-attr]
        return True
    if k != group[0] or not s.commas:
        return False
    others = [x for j in group[1:] if (x := first[j]) is not None]
    longest = max(len(o.plain) for o in others)
    most = max(o.commas for o in others)
    size = len(s.plain)
    return (s.commas > most and size > longest) or (most == 0 and size >= longest)


# ---------------------------------------------------------------------- sentences inside a paragraph


def _inside(lines: Sequence[Line], p: _Paragraph, company: bool) -> None:
    """Mark the sentences that divide one paragraph."""
    text = lines[p.line].text[: p.end]
    led = p.lead is not None
    below = (
        led and company
    )  # its own lead names a paragraph among others: what divides it further stands below
    size = len(text) - p.start
    if size < (_LED if below else 60) or text.count(_FINAL, p.start) < (6 if below else 4):
        return
    parts = sentences(text, p.start)
    if len(parts) < 5:
        return
    nodes = _dividing(text, parts, below)
    if led and not below:
        nodes = [0, *(k for k in nodes if k)]
    series: list[int] = []
    if len(nodes) >= 2:
        series, score = _best_series(text, parts, nodes, led and not below)
        if score < _ACCEPT:
            series = list(nodes) if not led and p.own and _halves(text, parts, nodes) else []
    again = _inside_refrains(text, parts)
    if again and not (series and set(again).isdisjoint(series)):
        series = sorted({*series, *again})
    if not series:
        return
    if not (led or p.own) and _PROBLEMS.search(text, p.start, parts[series[0]].end):
        return
    if below:
        # Where every paragraph has its lead, short sentences inside are body, unless each has much to say.
        sizes = {len(parts[k].plain) for k in series}
        each = 70 if len(sizes) == 1 and sizes <= _EVEN else 120
        if len(text) - parts[series[0]].start < each * len(series):
            return
    p.joined = _joining(text, parts, series)
    if not led and series[0] == 0 and not p.own:
        p.lead = parts[0]
    if p.lead is not None and series[0] == 0:
        p.inline = [parts[k] for k in series[1:]]
        return
    p.inline = [parts[k] for k in series]
    p.nested = p.lead is not None
    announced = _announced(text, parts, series)
    if announced is not None:
        p.inline.insert(0, announced)


_PROBLEMS = re.compile(
    both(r"(?:看到|认识到|深知|正视|面临|存在)[^。]{0,30}(?:问题|困难|不足|短板|挑战|差距)")
)
"""What opens a list of problems, whose sentences head nothing."""
_COLONS = "：:﹕∶"


def _announced(text: str, parts: Sequence[Sentence], series: Sequence[int]) -> Sentence | None:
    """The first lead of a series that follows its announcement behind a colon: 必须做到五点：必须守住底线。… 必须…"""
    others = [parts[k] for k in series]
    sizes = [len(s.plain) for s in others]
    for s in parts[: series[0]]:
        at = max(map(s.title.rfind, _COLONS))
        if at < 4 or text[s.end - 1] != _FINAL:
            continue
        tail = first_sentence(text, s.start + at + 1, s.end)
        if (
            tail is not None
            and min(sizes) - 1 <= len(tail.plain) <= max(sizes) + 1
            and tail.commas <= min([x.commas for x in others])
            and not tail.numbers
            and not tail.opener
            and (
                all(x.title[:2] == tail.title[:2] for x in others)
                or any(mode(tail) and all(map(mode, others)) for mode in (_orders, _states))
            )
            and others[0].start - s.end >= 25
        ):
            return tail
    return None


_THESE = frozenset(("这是", "這是"))
"""这是攻坚克难的一年。… 这是改革创新的一年。…: alike in how they begin and end."""
_ADDRESS = re.compile(both(r"我们|这是|(?:这|过去的?|刚刚过去的?)?[一五两几]年来?[，,]|必须"))
"""What the refrains of one paragraph begin with: what we do, or when."""
_ADDRESSES = forms("我这过刚一五两几必")


def _inside_refrains(text: str, parts: Sequence[Sentence]) -> list[int]:
    """The sentences of one paragraph that begin alike, three at least, each with a body: 我们要依法行政，建设法治政府。… 我们要…"""
    places: dict[str, list[int]] = {}
    for k, s in enumerate(parts):
        if s.title[0] in _ADDRESSES and 6 <= len(s.title) <= 40 and text[s.end - 1] == _FINAL:
            these = s.title[:2] + s.title[-2:] if s.title[:2] in _THESE else s.title[:3]
            places.setdefault(these, []).append(k)
    for opening, at in places.items():
        if len(at) < 3 or not _ADDRESS.match(parts[at[0]].title) or _NO_REFRAIN.match(opening):
            continue
        ends = [*(parts[k].start for k in at[1:]), len(text)]
        if all(
            end - parts[k].end >= _VERSE and not _FIGURE.search(parts[k].plain)
            for k, end in zip(at, ends, strict=True)
        ):
            return at
    return []


_VERSE = 40
"""Characters of body behind each refrain inside a paragraph."""
_HALF = 80
"""Characters of body behind each of two leads that share the text behind a heading."""


def _halves(text: str, parts: Sequence[Sentence], nodes: Sequence[int]) -> bool:
    """
    Whether two sentences divide the text that runs on behind a heading: 推进深层次改革。… 扩大高水平开放。…

    They are of one length and the only ones of their kind; the first opens the text, or states and stands behind one sentence.
    """
    if len(nodes) != 2 or nodes[0] > 1:
        return False
    x, y = (parts[k] for k in nodes)
    apart = abs(len(x.plain) - len(y.plain))
    return (
        apart <= (1 + (x.title[:2] == y.title[:2]))
        and max(len(x.plain), len(y.plain)) <= 13
        and (nodes[0] == 0 or _states(x))
        and not any(s.commas or "、" in s.title or s.specific for s in (x, y))
        and all(len(parts[k + 1].plain) > len(parts[k].plain) + 4 for k in nodes)
        and y.start - x.end >= _HALF
        and len(text) - y.end >= _HALF
    )


def _dividing(text: str, parts: Sequence[Sentence], below: bool) -> list[int]:
    """The sentences that may divide a paragraph: by their words, or by a shape that two others share."""
    known: list[int] = []
    others: list[int] = []
    for k, s in enumerate(parts[:-1]):
        size = len(s.title)
        if not 4 <= size <= 20 or text[s.end - 1] != _FINAL or (below and k == 0) or s.numbers or s.opener:
            continue
        commas = s.commas
        if commas <= 1:
            if s.verbal or s.predicative:
                known.append(k)
            elif size >= 5 and not commas:
                others.append(k)
    if others and len(known) + len(others) >= 3:
        others = [
            k for k in others if not (s := parts[k]).copula and not s.specific and not _EVENT.search(s.plain)
        ]
        short = [parts[k] for k in (*known, *others)]
        known += [k for k in others if sum(_shaped(parts[k], x) for x in short) >= 3]  # itself among them
        known.sort()
    return known


def _shaped(s: Sentence, other: Sentence) -> bool:
    """Whether two short sentences are of one shape: equally long, or alike in how they begin or end."""
    apart = abs(len(s.plain) - len(other.plain))
    return (
        apart <= (len(s.plain) <= 9 and not other.verbal_first) and len(s.plain) <= 12 and not other.commas
    ) or (apart <= 2 and (s.title[:2] == other.title[:2] or s.title[-2:] == other.title[-2:]))


def _like_sisters(
    lines: Sequence[Line], runs: Sequence[tuple[int, list[_Paragraph]]], company: Sequence[bool]
) -> None:
    """
    Divide a paragraph by two short sentences where its sister sections are divided by series of the same shape.

    高唐 2024: 三、 and 四、 have two or three leads (项目建设加快推进。 项目招引成果丰硕。), their sisters three and four. The same
    below the leads of paragraphs in company.
    """
    shapes: dict[tuple[int, bool, bool], list[tuple[int, int]]] = {}
    for depth, run in runs:
        for p in run:
            if len(p.inline) < 2:
                continue
            series = [*([p.lead] if p.lead and not p.nested else []), *p.inline]
            if len(series) < 3:
                continue
            for order in (False, True):
                if sum(map(_orders if order else _states, series)) >= len(series) - 1:
                    sizes = [len(s.plain) for s in series]
                    shapes.setdefault((depth, p.nested, order), []).append((min(sizes), max(sizes)))
    shapes = {key: known for key, known in shapes.items() if len(known) >= 2}
    if not shapes:
        return
    for (depth, run), among in zip(runs, company, strict=True):
        for p in run:
            below = among and p.lead is not None
            if p.inline or (p.lead is not None and not below):
                continue
            for order in (False, True):
                known = shapes.get((depth, below, order))
                if known is not None and _divided_so(lines, p, below, order, known):
                    break


def _divided_so(
    lines: Sequence[Line], p: _Paragraph, below: bool, order: bool, known: Sequence[tuple[int, int]]
) -> bool:
    """Divide *p* by statements, or orders, of the lengths that are *known*, if it has such."""
    low, high = min(a for a, _ in known) - 1, max(b for _, b in known) + 1
    text = lines[p.line].text
    parts = sentences(text if p.end is None else text[: p.end], p.start)
    alike = [
        k
        for k, s in enumerate(parts[:-1])
        if low <= len(s.plain) <= high
        and text[s.end - 1] == _FINAL
        and (_orders if order else _states)(s)
        and not s.specific
        and not (below and k == 0)
    ]
    if len(alike) < 2 or not below <= alike[0] <= below + p.own:
        return False
    ends = [*(parts[k].start for k in alike[1:]), p.end or len(text)]
    if any(end - parts[k].end < 40 for k, end in zip(alike, ends, strict=True)):
        return False
    if p.lead is None and not p.own:
        p.lead = parts[0]
    p.nested = below
    p.inline = [parts[k] for k in alike[0 if p.own or below else 1 :]]
    return True


def _states(s: Sentence) -> bool:
    """产业集群提质升级: a subject and what is said of it, no order and no figure."""
    return s.predicative and not s.verbal_first and not s.numbers and not s.opener and not s.commas


def _orders(s: Sentence) -> bool:
    """加快项目建设: what is to be done, and no figure."""
    return s.verbal_first and not s.numbers and not s.opener and not s.commas


_ACCEPT = 2.0
_FULL = 75
"""Characters of body behind each lead of a series that say something for it."""
_BODY = 150
"""Characters behind the title of a point from which sentences may divide it."""
_LED = 210
"""Characters of a paragraph with a lead in company from which it may be divided further: three bodies of 70."""
_EVEN = frozenset(range(6, 10))
"""Lengths of leads that, if all are equally long, are headings with shorter bodies too (项目建设实现新突破)."""


def _node_score(text: str, parts: Sequence[Sentence], k: int) -> float:
    s = parts[k]
    size = len(s.plain)
    score = -0.35
    score += 0.2 if 6 <= size <= 11 else -0.35 if size > 13 else 0.0
    score -= 0.5 * s.commas
    score -= 0.5 * s.title.count("、")
    score -= 0.8 if s.specific else 0.0
    follow = parts[k + 1] if k + 1 < len(parts) else None
    if follow is not None:
        score += 0.25 if len(follow.title) > size + 4 else -0.35
        score += 0.1 if follow.numbers else 0.0
    return score


def _pair_score(text: str, parts: Sequence[Sentence], a: int, b: int) -> float:
    x, y = parts[a], parts[b]
    gap = len(text[x.end : y.start])
    between = b - a - 1
    apart = abs(len(x.plain) - len(y.plain))
    score = (0.8, 0.45, 0.1, -0.2)[apart] if apart < 4 else -0.7
    if x.title[:2] == y.title[:2]:
        score += 0.9
    elif x.title[:1] == y.title[:1]:
        score += 0.4
    if x.title[-2:] == y.title[-2:] and not x.title.endswith("工作"):
        score += 0.4
    score += 0.1 if x.verbal_first == y.verbal_first else -0.8
    if between == 0:
        return score - 2.5
    score += 0.1 if between == 1 else 0.35
    if gap < 28:
        score -= 0.8
    elif gap < 40:
        score -= 0.3
    elif gap >= 60:
        score += 0.2
    return score


def _best_series(
    text: str, parts: Sequence[Sentence], nodes: Sequence[int], led: bool
) -> tuple[list[int], float]:
    """The subset of *nodes* that reads most like one series of headings, and how much it does."""
    nodes = list(nodes)[:40]
    best: list[tuple[float, int]] = []
    for n, k in enumerate(nodes):
        here = (0.5 if led and k == 0 else _node_score(text, parts, k), -1)
        for m in range(n):
            value = best[m][0] + _node_score(text, parts, k) + _pair_score(text, parts, nodes[m], k)
            if value > here[0]:
                here = (value, m)
        best.append(here)
    n = max(range(len(nodes)), key=lambda x: best[x][0])
    total = best[n][0]
    series: list[int] = []
    while n >= 0:
        series.append(nodes[n])
        n = best[n][1]
    series.reverse()
    while series and len(text) - parts[series[-1]].end < 24:
        series.pop()
    if len(series) < 3:
        return [], 0.0
    series, parallel = _parallel(parts, series)
    total += parallel
    rivals = _rivals(parts, nodes, series)
    ends = [*(parts[k].start for k in series[1:]), len(text)]
    if all(end - parts[k].end >= _FULL for k, end in zip(series, ends, strict=True)):
        total += 0.3
    return series, total - 0.45 * rivals


_OWN = 50
"""Characters of body on either side of a sentence that joins a series a little shorter or longer than it."""


def _parallel(parts: Sequence[Sentence], series: list[int]) -> tuple[list[int], float]:
    """
    Those of *series* that are built alike with a comma in each (讲政治、践忠诚。… 强法治、促善治。…), and what their commas cost them.

    A comma speaks against a sentence as a heading; the same comma in all of them speaks for the series.
    """
    signs = [(parts[k].commas, parts[k].title.count("、")) for k in series]
    usual = max(signs, key=signs.count)
    alike = [k for k, sign in zip(series, signs, strict=True) if sign == usual]
    sizes = [len(parts[k].plain) for k in alike]
    if not any(usual) or len(alike) < max(3, len(series) - 1) or max(sizes) - min(sizes) > 2:
        return series, 0.0
    return alike, 0.5 * sum(usual) * len(alike)


def _joining(text: str, parts: Sequence[Sentence], series: Sequence[int]) -> list[Sentence]:
    """
    The sentences behind the first of *series* that are of its mode and nearly of its lengths, each with a body of its own.

    搞好园区建设。… 做强县城经济。… 大力发展民营经济。… 抓好农村经济。…: two characters more, and a heading all the same. Where
    many would join, short sentences are the style of the paragraph, and none does.
    """
    for mode in (_orders, _states):
        if sum([mode(parts[k]) for k in series]) >= len(series) - 1:
            break
    else:
        return []
    sizes = [len(parts[k].plain) for k in series]
    low, high = min(sizes) - 2, max(sizes) + 2
    joined: list[int] = []
    for k in range(series[0] + 1, len(parts) - 1):
        s = parts[k]
        if (
            k in series
            or not low <= len(s.plain) <= high
            or not mode(s)
            or s.specific
            or "◇" in s.plain
            or text[s.end - 1] != _FINAL
            or len(parts[k + 1].plain) <= len(s.plain) + 4
        ):
            continue
        before = max([j for j in (*series, *joined) if j < k])
        end = min([parts[j].start for j in series if j > k], default=len(text))
        if s.start - parts[before].end >= _OWN and end - s.end >= _OWN:
            joined.append(k)
    return [parts[k] for k in joined] if 2 * len(joined) <= len(series) else []


def _rivals(parts: Sequence[Sentence], nodes: Sequence[int], series: Sequence[int]) -> int:
    """Sentences as much like the series as its members are, and left out of it: they say it is chance."""
    sizes = [len(parts[k].plain) for k in series]
    low, high = min(sizes) - 1, max(sizes) + 1
    verbal = sum(parts[k].verbal_first for k in series) * 2 >= len(series)
    return sum(
        1
        for k in nodes
        if k not in series
        and low <= len(parts[k].plain) <= high
        and parts[k].verbal_first == verbal
        and not parts[k].specific
    )


def _behind_title(lines: Sequence[Line], run: Sequence[_Paragraph]) -> None:
    """（一）X。A。… and the next paragraphs open with B。, C。: A is a lead as they are, if it is of their shape."""
    p = run[0]
    leads = [q.lead for q in run[1:] if q.lead is not None]
    if p.inline or len(leads) < 2 or len(leads) < len(run) - 1:
        return
    text = lines[p.line].text
    s = first_sentence(text, p.start, p.end)
    if s is None or text[s.start + len(s.title) : s.end] != _FINAL or objection(s, len(text) - s.end):
        return
    sizes = [len(lead.plain) for lead in leads]
    if (
        min(sizes) - 2 <= len(s.plain) <= max(sizes) + 2
        and s.commas <= max([lead.commas for lead in leads])
        and sum([lead.verbal_first == s.verbal_first for lead in leads]) * 2 > len(leads)
        and not s.copula
    ):
        p.inline = [s]


# ---------------------------------------------------------------------- heads


def _below_points(run: Sequence[_Paragraph]) -> None:
    """
    Keep the point of those paragraphs alone that stand below it: its first has a lead, as what follows has.

    A point (第一，X。) with two such paragraphs is the heading of a section, and so are the others beside two of those.
    """
    below: dict[int, tuple[Head, list[_Paragraph]]] = {}
    for p in run:
        if p.point is not None:
            below.setdefault(p.point.line, (p.point, []))[1].append(p)
    sections = [h for h, own in below.values() if own[0].lead and sum([p.lead is not None for p in own]) >= 2]
    if len(sections) >= 2:
        sections = [h for h, _ in below.values()]
    for h in sections:
        h.kind = Kind.SECTION
    for h, own in below.values():
        if own[0].lead is None and h.kind is _ITEM:
            for p in own:
                p.point = None


def _heads(run: Sequence[_Paragraph], depth: int) -> list[Head]:
    found: list[Head] = []
    company = sum([p.lead is not None for p in run])
    among = f"one of {company} paragraphs under this heading that open so"
    sure = 0.9 if company >= 3 else 0.75
    for p in run:
        above = p.point or p.under
        at = above.depth + 1 if above is not None else depth
        if p.lead is not None:
            found.append(_lead(p.line, p.lead, at, sure, among))
        if p.inline:
            inside = f"one of {len(p.inline)} sentences of one shape that divide this paragraph"
            found += [_lead(p.line, s, at + p.nested, 0.7, inside) for s in p.inline]
    return found


def _lead(line: int, s: Sentence, depth: int, sure: float, detail: str) -> Head:
    c = lead_candidate(s)
    return Head(line, c, 100, _ITEM, sure, [("lead", *c.title, detail)], depth)


def _under_leads(lines: Sequence[Line], heads: Sequence[Head], found: Sequence[Head]) -> None:
    """一是… inside a paragraph that has a lead stands under that lead."""
    leads = {h.line: h for h in found if h.candidate.form is Form.RUNIN}
    for h in heads:
        if h.kind is _ITEM and h.candidate.form is Form.INLINE and h.line in leads:
            h.depth = leads[h.line].depth + 1
