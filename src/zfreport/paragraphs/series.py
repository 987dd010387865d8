"""Which sentences of one paragraph are a series: short, of one shape, each with a body behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..headings.leads import Sentence, Sentences
from ..vocab import both, forms
from .model import FINAL

__all__ = [
    "ADDRESSES",
    "LONGEST_VERSE",
    "SHORT",
    "THESE",
    "best_series",
    "joining",
    "look_at",
    "opening_of",
    "series_from_first",
    "shape_of",
]

THESE = frozenset(("这是", "這是"))
"""这是攻坚克难的一年。… 这是改革创新的一年。…: alike in how they begin and end."""
ADDRESSES = forms("我这过刚一五两几必")
LONGEST_VERSE = 40
"""Characters of such a refrain."""


def look_at(text: str, start: int, led: bool, below: bool) -> tuple[bool, bool]:
    """
    Whether a paragraph may have sentences enough, and short enough, to divide it, and whether three of its sentences may begin alike.

    A look at what lies between its full stops, which spares most paragraphs the division into sentences.
    """
    found = _BETWEEN.findall(text, start)
    stop = text.find(FINAL, start)
    first = not led and 4 <= stop - start <= SHORT
    if len(found) + first < 2:
        return False, False
    may_return = False
    if len(found) >= 2 and (openings := [opening_of(words[1:4]) for words in found if words[1] in ADDRESSES]):
        found = [words for words in found if len(words) <= SHORT + 1]
        if len(openings) >= 2:
            every = [opening_of(text[start : start + 3]), *openings]
            may_return = len(every) - len(set(every)) >= 2
    short = len(found) + first
    if short != 2:
        return short > 2, may_return
    if led:
        return not below or found[0][1:3] == found[-1][1:3], may_return
    # behind a heading two are enough, of which one opens the text or stands behind one sentence
    return start > 0 and (first or text.startswith(found[0], stop)), may_return


def opening_of(words: str) -> str:
    """Of the first three characters of a sentence what refrains have in common."""
    return words[:2] if words[:2] in THESE else words


def shape_of(s: Sentence) -> bool | None:
    """Whether a sentence without a figure says what is to be done (加快项目建设) or states something (产业集群提质升级)."""
    if s.numbers or s.opener or s.commas:
        return None
    return s.orders


SHORT = 20
"""Characters up to which a sentence may divide a paragraph."""
_BETWEEN = re.compile(
    both(
        rf"。(?:[^。]{{4,{SHORT}}}+(?=。.)|[我必这过刚一五两几](?:(?<=我)们|(?<=必)须|(?<=这)[是一五两几]|(?<=过)去[的一五两几]"
        rf"|(?<=刚)刚过|(?<=[一五两几])年)[^。]{{0,{LONGEST_VERSE}}}+(?=。))"
    )
)
"""
A short sentence behind another one, with something behind it; or a longer one that opens like a refrain (`_ADDRESS`).

One literal first, one left out: next to no time.
"""
_ACCEPT = 2.0
_FULL = 75
"""Characters of body behind each lead of a series that say something for it, …"""
_SAID = 0.3
"""… and how much."""
_LEAST = 26
"""Characters of body without which a sentence of a series is one of the body before it."""


_UNQUOTED = str.maketrans("", "", '“”"《》「」')


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


def best_series(text: str, parts: Sentences, nodes: Sequence[tuple[int, bool]], led: bool) -> list[int]:
    """The subset of *nodes* that reads most like one series of headings, if it does so enough."""
    read = [_Node(parts, k, orders) for k, orders in nodes[:_READ]]
    total, series = _chain(text, read, [0.5 if led and y.at == 0 else y.score for y in read])
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
    ends = [*(x.start for x in series[1:]), len(text)]
    return [x.at for x, end in zip(series, ends, strict=True) if end - x.end >= _LEAST]


def series_from_first(text: str, parts: Sentences, nodes: Sequence[tuple[int, bool]]) -> list[int]:
    """The series that the first of *nodes* opens, which stands where the sisters of the paragraph have their first lead."""
    read = [_Node(parts, k, orders) for k, orders in nodes[:_READ]]
    for x in read:
        x.score += _IN_COMPANY
        if "◇" in parts[x.at].plain:  # “一镇一品”亮点纷呈 is as long as 和美乡村多点开花
            x.size = len(parts[x.at].title.translate(_UNQUOTED))
    total, series = _chain(text, read, [read[0].score, *[-99.0] * (len(read) - 1)])
    if len({x.signs for x in series}) == 1:
        total += 0.5 * sum(series[0].signs) * len(series)
    return [x.at for x in series] if len(series) >= 2 and total >= _OPENED else []


_READ = 40
_OPENED = 0.5
_IN_COMPANY = 0.2
"""What each has in its favour where the sister sections are divided."""


def _chain(text: str, read: Sequence[_Node], alone: Sequence[float]) -> tuple[float, list[_Node]]:
    """The nodes that follow each other best, and how well; *alone* says how well each opens a series."""
    best: list[tuple[float, int]] = []
    for n, y in enumerate(read):
        here = (alone[n], -1)
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
    return total, series


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


def joining(text: str, parts: Sentences, series: Sequence[int]) -> list[Sentence]:
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
    shapes = [shape_of(parts[k]) for k in series]
    orders = shapes.count(True) >= len(series) - 1
    if not orders and shapes.count(False) < len(series) - 1:
        return []
    joined: list[Sentence] = []
    for k in near:
        s = parts[k]
        # “双招双引”质效提升 is as long as 消费潜力加速释放
        size = len(s.plain) if "◇" not in s.plain else len(s.title.translate(_UNQUOTED))
        if (
            low <= size <= high
            and shape_of(s) is orders
            and not s.specific
            and text[s.end - 1] == FINAL
            and len(parts[k + 1].plain) > size + 4
            and (not joined or s.start - joined[-1].end >= _OWN)
        ):
            joined.append(s)
    return joined if 2 * len(joined) <= len(series) else []


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
