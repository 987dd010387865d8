"""
Which sentences head their paragraphs: series of leads, over the paragraphs under one heading.

A lead sentence is known by its company. One short first sentence is a statement; three in a row are headings. The
same inside a paragraph: short sentences of one shape, each with a body behind it, divide it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from .headings.leads import Sentence, Sentences, closed_sentence, first_sentence, is_even
from .layout import Line
from .nodes import Form, Kind
from .outline import LISTS, Head
from .vocab import both, forms

__all__ = ["find_leads"]

MAX_LEAD = 34
MAX_REFRAIN = 72
_ALIKE = 4
"""Characters in which refrains are alike."""
_DIVIDER = re.compile(both(r"(?:各位)?代表[！!，,：:、]|各位代表"))
_NO_REFRAIN = re.compile(
    both(
        r"各位|同志|[12][\dxX×*]{3}|[一二][九〇○零][〇○零一二三四五六七八九]{2}|全市|全县|全省|全区|有人|中[国华]|美[国帝]|苏联|日[内本]"
    )
)
_POINT = re.compile(both(r"[一二三四五六七八九十]{1,2}[是要、]"))
# A class of all that it may begin with comes first, so that the search skips to that.
_EVENT = re.compile(
    both(
        r"[◇通启设完盘获上运举印出政“\"](?:(?<=◇)|(?<=[“\"])$|(?<=通)过|(?<=启)用|(?<=设)立|(?<=完)成|(?<=盘)活|(?<=获)批|(?<=上)线"
        r"|(?<=运)营|(?<=举)办|(?<=印)发|(?<=出)台|(?<=政)策.{0,4}实施)"
    )
)
"""What was done or happened once: short sentences of these, and of `_POINT`, are no headings by their shape alone."""
_FIGURE = re.compile(both(r"\d[%％亿万]"))
_FINAL = "。"
# members looked up on their classes cost ten times as much
_ITEM: Final = Kind.ITEM
_SECTION: Final = Kind.SECTION
_LINE: Final = Form.LINE
_INLINE: Final = Form.INLINE
_RUNIN: Final = Form.RUNIN


class _Paragraph:
    """One paragraph, or what of it runs on after a heading, and the sentences that head and divide it."""

    lead: Sentence | None = None
    inline: Sequence[Sentence] = ()
    joined: Sequence[Sentence] = ()
    """Sentences that join those, and set no measure for the sister paragraphs."""
    nested = False
    full = False
    """Whether those are leads by their bodies, whatever their lengths: they set no measure either."""
    parts: Sentences | None = None
    """All its sentences, once that was asked."""
    after_item = False
    """Whether it is the first paragraph below a numbered item on a line of its own: that item's body."""
    point: Head | None = None
    """The point (——X, 第一，X) on a line of its own that was the last thing before it but paragraphs."""
    under: Head | None = None
    """The point (第一，X。…) before it whose number goes on behind it."""

    def __init__(self, line: int, text: str, start: int = 0, end: int | None = None) -> None:
        self.line = line
        self.text = text
        """Of the line."""
        self.start = start
        """Where its own text begins: behind the title, for the text that runs on after a heading."""
        self.end = end
        """Where it ends, if a heading inside the line cuts it short."""

    @property
    def own(self) -> bool:
        """Whether it runs on after the heading of its section."""
        return self.start > 0


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
    dividers: set[int] = set()
    run: list[_Paragraph] = []
    runs: list[tuple[int, list[_Paragraph]]] = []
    bodies: list[tuple[int, list[_Paragraph]]] = []  # of points: each a run of its own
    stack: list[Head] = []
    depth = 2  # what stands before the first heading lies in a part without a title
    below_item = False
    point: Head | None = None
    pointed = False
    following = _following(heads)
    points: list[Head] = []  # those that others may stand under, the innermost last
    under: Head | None = None  # the innermost of them that its number goes on from
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
            and stack[-1].kind is _SECTION
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
            run.append(p := _Paragraph(i, text))
            if below_item:
                p.after_item = True
                below_item = False
            if point is not None:
                p.point = point
            if under is not None:
                p.under = under
            continue
        last = all_here[-1]
        alone = last.form is _LINE
        below_item = alone and last.style in LISTS
        point = last if alone and last.candidate.kind is _ITEM else None
        pointed = pointed or point is not None
        items = [h for h in all_here if h.kind is _ITEM]
        here = [h for h in all_here if h.kind is not _ITEM] if items else all_here
        if here:
            points.clear()
            under = None
            cut = here[0].start
            if cut and text[:cut].strip():
                run.append(_Paragraph(i, text, 0, cut))
            for n, h in enumerate(here):
                if run:
                    runs.append((depth, run))
                    run = []
                while stack and stack[-1].depth >= h.depth:
                    stack.pop()
                stack.append(h)
                depth = h.depth + 1
                end = here[n + 1].start if n + 1 < len(here) else None
                start = _behind(text, h)
                if (len(text) if end is None else end) - start >= 20 and not (
                    items and any(start <= item.start and (end is None or item.start < end) for item in items)
                ):
                    run.append(_Paragraph(i, text, start, end))
        else:
            if items[0].form is _INLINE:
                cut = items[0].start
                run.append(_Paragraph(i, text, 0, cut))
            for h in items:
                _open(points, h, depth, following)
            under = next((h for h in reversed(points) if id(h) in following), None) if following else None
            if len(items) == 1 and last.form is _RUNIN:
                start = _behind(text, last)
                if len(text) - start >= _BODY:
                    bodies.append((last.depth + 1, [_Paragraph(i, text, start)]))
    if run:
        runs.append((depth, run))
    runs += bodies
    company = [_first_sentences(run) >= 2 for _, run in runs]
    for (_, run), among in zip(runs, company, strict=True):
        for p in run:
            _inside(p, among)
    _like_sisters(runs, company)
    found: list[Head] = []
    for depth, run in runs:
        if len(run) >= 3 and run[0].own:
            _behind_title(run)
        if pointed:
            _below_points(run)
        found += _heads(run, depth)
    _under_leads(heads, found)
    found += _unsigned(lines, heads, {h.line for h in found})
    return found, dividers


def _unsigned(lines: Sequence[Line], heads: Sequence[Head], taken: Collection[int]) -> list[Head]:
    """A point whose sign was lost between two that begin as it does: ——2019年，我们…。⏎2019年，我们…。⏎——2019年，我们…。"""
    found: list[Head] = []
    for before, after in pairwise(heads):
        i = before.line + 1
        if before.style == "dash" == after.style and after.line == i + 1 and i not in taken:
            text = lines[i].text
            opening = text[:_SAME]
            if all(lines[h.line].text.startswith(opening, h.title[0]) for h in (before, after)):
                s = closed_sentence(text, MAX_REFRAIN)
                if s is not None:
                    found.append(_lead(i, s, before.depth, 0.75, "between two points that begin so"))
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
        if h.kind is not _ITEM:
            ahead.clear()
        elif h.value is not None:
            if ahead.get(h.style) == h.value + 1:
                following.add(id(h))
            ahead[h.style] = h.value
    return following


# ---------------------------------------------------------------------- first sentences


def _first_sentences(run: Sequence[_Paragraph]) -> int:
    """Mark the paragraphs of one run whose first sentence is a lead, and count them: only in company."""
    if len(run) < 2:
        return 0
    first: dict[int, Sentence] = {}
    likes: list[int] = []
    openings: dict[int, str] = {}  # of all that may be refrains
    bodies: list[int] = []
    for k, p in enumerate(run):
        if p.after_item:
            bodies.append(k)
        if p.start:
            continue
        text = p.text
        s = closed_sentence(text, MAX_LEAD, p.end)
        if s is not None:
            first[k] = s
            openings[k] = s.title[:_ALIKE]
            if not objection(s, len(text) - s.end) and not ("等" in text and _mixed(text, s)):
                likes.append(k)
        elif text.find(_FINAL, 0, MAX_REFRAIN + 1) >= 0:
            openings[k] = text[:_ALIKE]
    if bodies and not set(bodies) <= set(likes):
        # 三是拓宽农民增收渠道。⏎ and its body: no leads there, unless all those bodies have one
        likes = [k for k in likes if k not in bodies]
    # a refrain is never alone, and no opening comes three times where hardly one comes again
    refrains = _refrains(run, openings) if len(openings) - len(set(openings.values())) >= 2 else {}
    if len(likes) + len(refrains) < 2:
        return 0
    first.update(refrains)
    chosen = sorted(refrains)
    for group in _groups(likes, refrains):
        odd = _odd_ones(group, first, refrains)
        keep = [k for k in group if k not in odd or k in refrains] if odd else group
        if len(keep) >= 2:
            chosen += [k for k in keep if k not in refrains] if refrains else keep
    if chosen and 2 * len(chosen) < len(run) - run[0].own:
        chosen = _slogans(chosen, refrains, first)
    for k in chosen:
        run[k].lead = first[k]
    return len(chosen)


_STATED = re.compile(
    both(
        r"[了这我应必已正是有因由愿主](?:(?<=[了这])|(?<=我)们|(?<=应)[当该]|(?<=必)须|(?<=已)经|(?<=正)在|(?<=[^但就总凡还要别]是)"
        r"|(?<=有)人|(?<=因)为|(?<=由)于|(?<=愿)意|(?<=主)张)"
    )
)
"""Words of a statement or an argument, which no slogan holds."""
_NEAR = 4
"""Paragraphs from one such heading to the next."""


def _slogans(chosen: Collection[int], always: Collection[int], first: Mapping[int, Sentence]) -> list[int]:
    """
    Of first sentences that are the fewer in their section, those that read like headings, and still in company.

    A long argument (国务院 1954) has short first sentences here and there; a section with leads has them throughout.
    """
    openings = Counter([first[k].title[:2] for k in chosen])
    kept = [k for k in chosen if k in always or openings[(s := first[k]).title[:2]] >= 3 or _is_slogan(s)]
    kept.sort()
    return [
        k
        for k, b, a in zip(kept, [-9, *kept], [*kept[1:], 10**9], strict=False)
        if k - b <= _NEAR or a - k <= _NEAR
    ]


def _is_slogan(s: Sentence) -> bool:
    size = len(s.plain)
    if size > 30 or _STATED.search(s.plain):
        return False
    if size <= 12:
        return True
    orders = s.orders
    return orders is True or (orders is False and size <= 24)


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
    if s.opener or (s.title[1] == "是" and s.title[0] in _COUNTED):
        return "it opens like a statement, not like a heading"
    if rest < 12:
        return "no body follows it"
    if (
        (commas and "今年" in s.title and _ANNOUNCES.search(s.title))
        or "《关于" in s.title
        or "《關於" in s.title
    ):
        return "it announces what follows"
    return ""


_ANNOUNCES = re.compile(both(r"[，,]今年(?:我们)?(?:要|将|继续)"))
"""民生为大，今年要继续办好十件实事: what follows is the list."""
_COUNTED = frozenset("一二三四五六七八九")
"""一是… that the resolver has refused: a point of another list, of problems."""
# A class of all that it may begin with comes first, so that the search skips to that.
_FIELD = re.compile(
    both(
        r"[普经国双民宗人外侨对档史方气地](?:(?<=普)查|(?<=经)普|(?<=国)防|(?<=双)拥|(?<=民)[兵族]|(?<=宗)教|(?<=人)(?:防|民防空)"
        r"|(?<=外)事|(?<=侨)务|(?<=对)台|(?<=档)案|(?<=史)志|(?<=方)志|(?<=气)象|(?<=地)震)"
    )
)
_REMAINDER = re.compile(both(r"(?:[^。、]{2,14}、){5,}[^。、]{2,24}等[^。，、]{0,8}(?:工作|事业|团体|组织)"))


def _mixed(text: str, s: Sentence) -> bool:
    """Whether *s* is the first of the remaining fields of work, one a sentence, that share the last paragraph of a section."""
    return (
        _FIELD.search(s.title) is not None
        and text.count("、", s.end, s.end + _REMAINING) >= 5
        and _REMAINDER.search(text, s.end, s.end + _REMAINING) is not None
    )


_REMAINING = 200
"""Characters in which those fields are named."""


def _refrains(run: Sequence[_Paragraph], openings: Mapping[int, str]) -> dict[int, Sentence]:
    """First sentences that share an opening (五年来，我们…; 必须坚持…; 我们将…), however long and whatever they state."""
    places: dict[str, list[int]] = {}
    for k, opening in openings.items():
        places.setdefault(opening, []).append(k)
    found: dict[int, Sentence] = {}
    for opening, alike in places.items():
        if len(alike) < 3 or _NO_REFRAIN.match(opening):
            continue
        said = {
            k: s
            for k in alike
            if (s := closed_sentence(run[k].text, MAX_REFRAIN, run[k].end)) is not None
            and len(s.title) >= 6
            and not _FIGURE.search(s.plain)
        }
        at = [*said]
        if len(at) >= 3:
            for k, b, a in zip(at, [-9, *at], [*at[1:], 10**9], strict=False):
                if k - b <= 2 or a - k <= 2:
                    found[k] = said[k]
    return found


def _groups(likes: list[int], refrains: Collection[int]) -> list[list[int]]:
    """Runs of paragraphs in which at most one in a row is no candidate."""
    members = sorted({*likes, *refrains}) if refrains else likes
    if members[-1] - members[0] == len(members) - 1:
        return [members]  # nearly always: one follows the other
    groups = [members[:1]]
    for k, before in zip(members[1:], members, strict=False):
        if k - before <= 2:
            groups[-1].append(k)
        else:
            groups.append([k])
    return [g for g in groups if len(g) >= 2]


_SAYS_WHAT = re.compile(r"[，,][也就都既又]?是")
"""维护社会稳定，是现代化建设的重要条件: a statement, though its first half orders."""


def _odd_ones(group: Sequence[int], first: Mapping[int, Sentence], refrains: Collection[int]) -> list[int]:
    """Those that differ from their company: the statement that opens a section, and a copula among slogans."""
    copulas = [k for k in group if k not in refrains and "是" in (s := first[k]).title and s.copula]
    odd = copulas if len(copulas) == 1 else []
    odd += [
        k
        for k in group
        if (s := first[k]).commas and "是" in s.title and _SAYS_WHAT.search(s.title) and k not in odd
    ]
    opening = first[group[0]]
    if opening.commas:
        others = [first[k] for k in group[1:]]
        longest = max([len(s.plain) for s in others])
        most = max([s.commas for s in others])
        size = len(opening.plain)
        if (opening.commas > most and size > longest) or (most == 0 and size >= longest):
            odd = [group[0], *odd]
    return odd


# ---------------------------------------------------------------------- sentences inside a paragraph


def _inside(p: _Paragraph, company: bool) -> None:
    """Mark the sentences that divide one paragraph."""
    text = p.text if p.end is None else p.text[: p.end]
    start = p.start
    led = p.lead is not None
    # its own lead names a paragraph among others: what divides it further stands below
    below = led and company
    if len(text) - start < (_LED if below else _DIVIDED) or text.count(_FINAL, start) < (6 if below else 4):
        return
    divides, returns = _look(text, start, led, below)
    even = is_even(text, start)
    if not even:
        divides = returns = True  # the look saw too little
    elif not (divides or returns):
        return
    parts = p.parts = Sentences(text, start, even)
    if len(parts) < 5:
        return
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
            return
        series, p.full, others = full, True, ()
    if not (led or p.own) and _PROBLEMS.search(text, p.start, parts[series[0]].end):
        return
    p.joined = [parts[k] for k in sorted(others)] if others else _joining(text, parts, series)
    if (p.own or led) and _heads_series(parts, series, int(led)):
        p.joined = [parts[led], *p.joined]
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
    shapes = {_shape(s) for s in others}
    for k in range(series[0]):
        s = parts[k]
        at = max(map(s.title.rfind, _COLONS))
        if at < 4 or text[s.end - 1] != _FINAL or first.start - s.end < 25:
            continue
        tail = first_sentence(text, s.start + at + 1, s.end)
        if (
            tail is not None
            and low <= len(tail.plain) <= high
            and tail.commas <= most
            and not tail.numbers
            and not tail.opener
            and (heads == {tail.title[:2]} or (None not in shapes and shapes == {_shape(tail)}))
        ):
            return tail
    return None


_THESE = frozenset(("这是", "這是"))
"""这是攻坚克难的一年。… 这是改革创新的一年。…: alike in how they begin and end."""
_ADDRESS = re.compile(both(r"我们|这是|(?:这|过去的?|刚刚过去的?)?[一五两几]年来?[，,]|必须"))
"""What the refrains of one paragraph begin with: what we do, or when."""
_ADDRESSES = forms("我这过刚一五两几必")


def _inside_refrains(text: str, parts: Sentences) -> list[int]:
    """The sentences of one paragraph that begin alike, three at least, each with a body: 我们要依法行政，建设法治政府。… 我们要…"""
    longest = _LONGEST_VERSE + parts.around
    alike: dict[str, list[int]] = {}
    for k, (start, size) in enumerate(zip(parts.starts, parts.sizes, strict=False)):
        if text[start] in _ADDRESSES and 6 < size <= longest:
            alike.setdefault(_opening(text[start : start + 3]), []).append(k)
    places: dict[str, list[int]] = {}
    for k in sorted([k for at in alike.values() if len(at) >= 3 for k in at]):
        s = parts[k]
        title = s.title
        if 6 <= len(title) <= _LONGEST_VERSE and text[s.end - 1] == _FINAL:
            these = title[:2] + title[-2:] if title[:2] in _THESE else title[:3]
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
_LONGEST_VERSE = 40
"""Characters of such a refrain."""
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
        and (at[0] == 0 or _shape(x) is False)
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
    p: _Paragraph, text: str, parts: Sentences, nodes: list[tuple[int, bool]], below: bool
) -> list[int]:
    """The sentences of one shape that divide *p*, if it has such."""
    led = p.lead is not None
    if led and not below and not (nodes and nodes[0][0] == 0):
        nodes = [(0, parts[0].orders is True), *nodes]
    if len(nodes) >= 3:
        return _best_series(text, parts, nodes, led and not below)
    if len(nodes) == 2 and p.own and _halves(text, parts, nodes):
        return [k for k, _ in nodes]
    return []


def _look(text: str, start: int, led: bool, below: bool) -> tuple[bool, bool]:
    """
    Whether a paragraph may have sentences enough, and short enough, to divide it, and whether three of its sentences may begin alike.

    A look at what lies between its full stops, which spares most paragraphs the division into sentences.
    """
    found = _BETWEEN.findall(text, start)
    stop = text.find(_FINAL, start)
    first = not led and 4 <= stop - start <= _SHORT
    if len(found) + first < 2:
        return False, False
    may_return = False
    if len(found) >= 2 and (openings := [_opening(words[1:4]) for words in found if words[1] in _ADDRESSES]):
        found = [words for words in found if len(words) <= _SHORT + 1]
        if len(openings) >= 2:
            every = [_opening(text[start : start + 3]), *openings]
            may_return = len(every) - len(set(every)) >= 2
    short = len(found) + first
    if short != 2:
        return short > 2, may_return
    if led:
        return not below, may_return
    # behind a heading two are enough, of which one opens the text or stands behind one sentence
    return start > 0 and (first or text.startswith(found[0], stop)), may_return


def _opening(words: str) -> str:
    """Of the first three characters of a sentence what refrains have in common."""
    return words[:2] if words[:2] in _THESE else words


def _dividing(text: str, parts: Sentences, below: bool) -> list[tuple[int, bool]]:
    """
    The sentences that may divide a paragraph: by their words, or by a shape that two others share.

    Each with whether it orders rather than states.
    """
    known: list[tuple[int, bool]] = []
    others: list[tuple[int, bool]] = []
    longest = _SHORT + parts.around
    for k, most in enumerate(parts.sizes[:-1]):
        if k < below or not 5 <= most <= longest:
            continue
        s = parts[k]
        size = len(s.title)
        if not 4 <= size <= _SHORT or text[s.end - 1] != _FINAL or s.numbers or s.opener:
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
            and not _EVENT.search(s.plain)
            and not _POINT.match(s.plain)
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


def _like_sisters(runs: Sequence[tuple[int, list[_Paragraph]]], company: Sequence[bool]) -> None:
    """
    Divide a paragraph by two short sentences where its sister sections are divided by series of the same shape.

    高唐 2024: 三、 and 四、 have two or three leads (项目建设加快推进。 项目招引成果丰硕。), their sisters three and four. The same
    below the leads of paragraphs in company.
    """
    divided = [(depth, p) for depth, run in runs for p in run if len(p.inline) >= 2]
    if len(divided) < 2:
        return
    series_by: dict[tuple[int, bool, bool], list[list[int]]] = {}
    for depth, p in divided:
        series = [p.lead, *p.inline] if p.lead and not p.nested else p.inline
        if len(series) < 3 or p.full:
            continue
        said = [_shape(s) for s in series]
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
            if not p.own and p.text.find(_FINAL, 0, MAX_REFRAIN) < 0:
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


def _divided_so(p: _Paragraph, parts: Sentences, below: bool, order: bool, low: int, high: int) -> bool:
    """Divide *p* by statements, or orders, of *low* to *high* characters, if it has such."""
    text = p.text
    last_first = below + p.own
    alike: list[int] = []
    for k in range(below, len(parts) - 1):
        if (
            low < parts.sizes[k]
            and parts.shorter(k, high)
            and low <= len((s := parts[k]).plain)
            and text[s.end - 1] == _FINAL
            and _shape(s) is order
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


def _shape(s: Sentence) -> bool | None:
    """Whether a sentence without a figure says what is to be done (加快项目建设) or states something (产业集群提质升级)."""
    if s.numbers or s.opener or s.commas:
        return None
    return s.orders


_SHORT = 20
"""Characters up to which a sentence may divide a paragraph."""
_BETWEEN = re.compile(
    both(
        rf"。(?:[^。]{{4,{_SHORT}}}+(?=。.)|[我必这过刚一五两几](?:(?<=我)们|(?<=必)须|(?<=这)[是一五两几]|(?<=过)去[的一五两几]"
        rf"|(?<=刚)刚过|(?<=[一五两几])年)[^。]{{0,{_LONGEST_VERSE}}}+(?=。))"
    )
)
"""
A short sentence behind another one, with something behind it; or a longer one that opens like a refrain (`_ADDRESS`).

One literal first, one left out: next to no time.
"""
_MOST = 400
"""Short sentences in one line that are compared with each other: no report has as many, and hostile text stays linear."""
_ACCEPT = 2.0
_FULL = 75
"""Characters of body behind each lead of a series that say something for it, …"""
_SAID = 0.3
"""… and how much."""
_BODY = 150
"""Characters behind the title of a point from which sentences may divide it."""
_DIVIDED = 60
"""Characters of the shortest paragraph that sentences may divide."""
_LED = 210
"""Characters of a paragraph with a lead in company from which it may be divided further: three bodies of 70."""
_EVEN = frozenset(range(4, 10))
"""Lengths of leads that, if all are equally long, are headings with shorter bodies too (项目建设实现新突破)."""


class _Node:
    """A sentence that may divide a paragraph, as the search for a series reads it, again and again."""

    __slots__ = ("at", "end", "head", "orders", "score", "signs", "size", "start", "tail")

    def __init__(self, parts: Sentences, k: int, orders: bool) -> None:
        s = parts[k]
        title = s.title
        self.at = k
        self.start = s.start
        self.end = s.end
        self.size = size = len(s.plain)
        self.head = title[:2]
        self.tail = title[-2:]
        self.orders = orders
        score = -0.35
        score += 0.2 if 6 <= size <= 11 or "◇" in s.plain else -0.35 if size > 13 else 0.0
        commas, marks = self.signs = (s.commas, title.count("、"))
        score -= 0.5 * commas
        score -= 0.5 * marks
        score -= 0.8 if s.specific else 0.0
        # of the one that follows: the last sentence divides nothing
        score += 0.25 if parts.longer(k + 1, size + 4) else -0.35
        score += 0.1 if parts.numbers(k + 1) else 0.0
        self.score = score


def _pair_score(x: _Node, y: _Node) -> float:
    """How much two sentences read like neighbours in one series."""
    gap = y.start - x.end
    between = y.at - x.at - 1
    apart = abs(x.size - y.size)
    score = (0.8, 0.45, 0.1, -0.2)[apart] if apart < 4 else -0.7
    if x.head == y.head:
        score += 0.9
    elif x.head[0] == y.head[0]:
        score += 0.4
    if x.tail == y.tail and x.tail != "工作":
        score += 0.4
    score += 0.1 if x.orders == y.orders else -0.8
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


def _best_series(text: str, parts: Sentences, nodes: Sequence[tuple[int, bool]], led: bool) -> list[int]:
    """The subset of *nodes* that reads most like one series of headings, if it does so enough."""
    read = [_Node(parts, k, orders) for k, orders in nodes[:40]]
    best: list[tuple[float, int]] = []
    for n, y in enumerate(read):
        here = (0.5 if led and y.at == 0 else y.score, -1)
        for m in range(n):
            value = best[m][0] + y.score + _pair_score(read[m], y)
            if value > here[0]:
                here = (value, m)
        best.append(here)
    n = max(range(len(read)), key=lambda x: best[x][0])
    total = best[n][0]
    series: list[_Node] = []
    while n >= 0:
        series.append(read[n])
        n = best[n][1]
    series.reverse()
    while series and len(text) - series[-1].end < 24:
        series.pop()
    if len(series) < 3:
        return []
    series, parallel = _parallel(series)
    total += parallel
    if total + _SAID < _ACCEPT:
        return []
    chance = 0.45 * _rivals(parts, read, series)
    if total - chance < _ACCEPT:
        ends = [*(x.start for x in series[1:]), len(text)]
        full = all(end - x.end >= _FULL for x, end in zip(series, ends, strict=True))
        if not full or total + _SAID - chance < _ACCEPT:
            return []
    return [x.at for x in series]


_LONGEST_NOTE = 5
"""Characters of a note mark, which count for nothing."""
_OWN = 50
"""Characters of body on either side of a sentence that joins a series a little shorter or longer than it."""


def _parallel(series: list[_Node]) -> tuple[list[_Node], float]:
    """
    Those of *series* that are built alike with a comma in each (讲政治、践忠诚。… 强法治、促善治。…), and what their commas cost them.

    A comma speaks against a sentence as a heading; the same comma in all of them speaks for the series.
    """
    signs = [x.signs for x in series]
    if signs.count((0, 0)) * 2 >= len(signs):
        return series, 0.0
    usual = max(signs, key=signs.count)
    alike = [x for x in series if x.signs == usual]
    sizes = [x.size for x in alike]
    if len(alike) < max(3, len(series) - 1) or max(sizes) - min(sizes) > 2:
        return series, 0.0
    return alike, 0.5 * sum(usual) * len(alike)


def _joining(text: str, parts: Sentences, series: Sequence[int]) -> list[Sentence]:
    """
    The sentences behind the first of *series* that are of its mode and nearly of its lengths, each with a body of its own.

    搞好园区建设。… 做强县城经济。… 大力发展民营经济。… 抓好农村经济。…: two characters more, and a heading all the same. Where
    many would join, short sentences are the style of the paragraph, and none does.
    """
    lengths = [len(parts[k].plain) for k in series]
    low, high = min(lengths) - 2, max(lengths) + 2
    longest = high + parts.around + _LONGEST_NOTE
    starts, sizes = parts.starts, parts.sizes
    # of such a length, as far as that is seen without their words, and far from the series
    near: list[int] = []
    ahead = iter(series)
    following = next(ahead)
    least = most = 0
    for k in range(following, len(sizes) - 1):
        if k == following:
            following = next(ahead, len(sizes))
            least = starts[k] + sizes[k] + _OWN
            most = (starts[following] if following < len(sizes) else len(text)) - _OWN
        elif low < sizes[k] <= longest and least <= starts[k] <= most - sizes[k]:
            near.append(k)
    if not near:
        return []
    shapes = [_shape(parts[k]) for k in series]
    orders = shapes.count(True) >= len(series) - 1
    if not orders and shapes.count(False) < len(series) - 1:
        return []
    joined: list[Sentence] = []
    for k in near:
        s = parts[k]
        size = len(s.plain)
        if (
            low <= size <= high
            and _shape(s) is orders
            and not s.specific
            and "◇" not in s.plain
            and text[s.end - 1] == _FINAL
            and len(parts[k + 1].plain) > size + 4
            and (not joined or s.start - joined[-1].end >= _OWN)
        ):
            joined.append(s)
    return joined if 2 * len(joined) <= len(series) else []


def _heads_series(parts: Sentences, series: Sequence[int], k: int) -> bool:
    """
    Whether sentence *k*, directly behind the title, is the first of *series*, though longer than they are.

    实施扩大民间投资专项行动。… before 扩大工业投资。… 稳定基础设施投资。…
    """
    if not k + 1 < series[0] or not parts.shorter(k, _FULL_END):
        return False
    s = parts[k]
    orders = _shape(s)
    return (
        orders is not None
        and len(s.plain) >= 4
        and all(_shape(parts[n]) is orders for n in series)
        and not (s.copula or s.specific)
        and parts.starts[series[0]] - s.end >= _FULL_BODY
        and parts.longer(k + 1, len(s.title) + 4)
    )


_FULL_END = 18


def _rivals(parts: Sentences, nodes: Sequence[_Node], series: Sequence[_Node]) -> int:
    """Sentences as much like the series as its members are, and left out of it: they say it is chance."""
    sizes = [x.size for x in series]
    low, high = min(sizes) - 1, max(sizes) + 1
    orders = sum([x.orders for x in series]) * 2 >= len(series)
    return len(
        [
            x
            for x in nodes
            if x not in series and low <= x.size <= high and x.orders == orders and not parts[x.at].specific
        ]
    )


_TURNS = re.compile(both(r"[此与同一过](?:(?<=此)外|(?<=与)此同时|(?<=同)时|(?<=一)年来|(?<=过)去)"))
"""此外，统计、审计…: the last paragraph of a section may be one about what is left."""


def _behind_title(run: Sequence[_Paragraph]) -> None:
    """（一）X。A。… and the next paragraphs open with B。, C。: A is a lead as they are, if it is of their shape."""
    p = run[0]
    leads = [q.lead for q in run[1:] if q.lead is not None]
    if p.inline or len(leads) < 2:
        return
    if len(leads) < len(run) - 1 - (run[-1].lead is None and _TURNS.match(run[-1].text) is not None):
        return
    text = p.text
    s = first_sentence(text, p.start, p.end)
    if s is None or text[s.start + len(s.title) : s.end] != _FINAL or objection(s, len(text) - s.end):
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
    company = len([p for p in run if p.lead is not None])
    among = f"one of {company} paragraphs under this heading that open so" if company else ""
    sure = 0.9 if company >= 3 else 0.75
    for p in run:
        if p.lead is None and not p.inline:
            continue
        above = p.point or p.under
        at = depth if above is None else above.depth + 1
        if p.under is not None:
            p.under.reach = p.line
        if p.lead is not None:
            found.append(_lead(p.line, p.lead, at, sure, among))
        if p.inline:
            inline = sorted([*p.inline, *p.joined], key=_place) if p.joined else p.inline
            inside = f"one of {len(inline)} sentences of one shape that divide this paragraph"
            found += [_lead(p.line, s, at + p.nested, 0.7, inside) for s in inline]
    return found


_place = attrgetter("start")


def _lead(line: int, s: Sentence, depth: int, sure: float, detail: str) -> Head:
    start = s.start
    title = (start, end := start + len(s.title))
    form = _INLINE if start else _RUNIN
    return Head(line, "lead", title, None, None, form, 100, _ITEM, sure, ("lead", start, end, detail), depth)


def _under_leads(heads: Sequence[Head], found: Sequence[Head]) -> None:
    """一是… inside a paragraph that has a lead stands under that lead."""
    inside = [h for h in heads if h.kind is _ITEM and h.form is _INLINE]
    if inside:
        leads = {h.line: h for h in found if h.form is _RUNIN}
        for h in inside:
            if h.line in leads:
                h.depth = leads[h.line].depth + 1
