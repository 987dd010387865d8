"""
What stands around a value in its sentence: whose it is, which words set its bound and its tone.

A sentence is looked through once; its values then ask for places.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from ..memo import Memo
from ..vocab import fold
from .clauses import MARKS, REACH, WORDING, Prefix, back_to, read_prefix
from .indicators import Mention
from .model import Tone
from .scope import is_spoken_of, release

__all__ = [
    "DIGITS",
    "WORDINGS",
    "Surroundings",
    "clause_start",
    "find_modal",
    "find_zones",
    "modals",
    "narrowed",
    "own_level",
    "own_region",
    "tone_of",
    "zone_in",
]

_BREAK = re.compile(r"[,;:。\n]")
_MODAL = re.compile(r"力争|争取|努力|奋力|力求|冲刺|确保|保证|必须|务必")
# 确保甲增长6%、乙增长8% is said of both; 甲增长6%、力争7%、乙增长8% and 甲增长6%（力争7%）、乙增长8% of 甲 alone.
_SPENT = re.compile(
    r"\([^()]*\)|(?:力争|争取|努力|奋力|力求|冲刺|确保|保证)(?:达到|增长|突破|实现|完成|超过|保持|稳定|控制|下降|[达到超在上再])*\d"
)
_HARD = re.compile(
    r"确保|保证|必须|务必|以上|不低于|不少于|至少|不高于|不超过|以内|之内|以下|超|突破|高于|低于|保(?!持)|[≥≤⩾⩽≧≦<>＜＞]"
)
_STRETCH = re.compile(r"争|努力|奋力|力求|冲刺")
# Who is spoken of is a zone or a park, unless 全市 stands before the name. Found by its last character, which is rarer
# than its first; the group that takes part tells the length, and the longest comes first.
_ZONE = re.compile(
    r"[区城园道镇县地市圈](?<=[地部发新开业税贸能作假贫园片乡街济两三四五六七].)(?:"
    r"(?<=脱贫地区|[东西南北中]部[三四五六]县)()"
    r"|(?<=开发区|高新区|经开区|工业园|产业园|保税区|自贸区|功能区|合作区|度假区|经济圈|脱贫县|[东西南北中]部县)()"
    r"|(?:(?<=新区|[园片]区|乡镇|街道)|(?<=新城)(?<!更新城)(?![市乡镇])|(?<=[两三四五六七].)(?<=[地县区市])(?!方))())"
)
# Where things are built and done: said of its own clause, and of no other; but a 片区 of 自贸试验区 has a product.
_PLACES = frozenset(("片区", "街道", "乡镇", "新城"))
# 国家级旅游度假区2个: so many of them; 示范街道、3个公园: before another thing. 启动食品园区线路改造, 推进产业园、电厂等12个项目建设: works, and not the zone
_COUNTED_ONES = re.compile(r"\d+[个家处座]|、\d")
_DONE_TO = re.compile(r"实施|启动|推进|推动|加快|完成|开工|谋划")
_WORKS = re.compile(r"项目|工程|改造|道路|线路|管网")
_NAMED = 8
"""Longest name of a zone before that word."""
_LONGEST = 5
"""Characters of a zone, less the number of its group."""
# 实施工业项目448个，完成固定资产投资564亿元: what the projects cost; 投产后可实现进出口额20亿元: what one will yield
_PROJECTS = re.compile(
    r"项目[\d一二三四五六七八九十百]+[个项][^;。]{0,6},(?:年内|年度|当年|预计|力争|计划|总)*完成(?:年度|当年)?$"
    r"|(?:建成|投产|达产|投用|投运|竣工|落地)后[^;。]{0,20}$"
)
# One of these stands in all of them.
_PROJECT = re.compile(r"[项成产用运工地](?:(?<=项)目[\d一二三四五六七八九十百]|后)")
_DIGIT = re.compile(r"\d")
_LEVEL_OF = {
    "全国": 0,
    "我国": 0,
    "全省": 1,
    "我省": 1,
    "全自治区": 1,
    "全市": 2,
    "我市": 2,
    "全州": 2,
    "全盟": 2,
}
_LEVELS = {
    "state": 0,
    "national": 0,
    "province": 1,
    "municipality": 1,
    "region": 1,
    "city": 2,
    "prefecture": 2,
}
_BELOW_CITY = ("县", "区", "旗")
"""What the names of counties end in that are no cities."""
_COUNTED = (*_LEVEL_OF, "全县", "我县", "全区", "我区", "全旗")


def own_level(text: str, stated: str, region: str) -> int:
    """
    How high the region of a report is: 0 the state, 1 a province, 2 a city, 3 below.

    *stated* and *region*, its level and its name, are what the metadata says; a county that is a city (石桥市) says 全市
    of itself. Without a level, the region that a report calls "all of us" most often is its own.

    >>> own_level("", "county", "云溪县"), own_level("", "county", "石桥市"), own_level("全市……全市……全省", "", "")
    (3, 2, 2)
    """
    if stated:
        return _LEVELS.get(stated, 3 if region.endswith(_BELOW_CITY) else 2)
    counts = Counter({w: text.count(w) for w in _COUNTED})
    word, n = counts.most_common(1)[0]
    return _LEVEL_OF.get(word, 3) if n else 3


def own_region(comparator: str, stated: str) -> str:
    """
    高于全市平均水平, said in the city's own report, is said of a part of it: that comparator, or nothing.

    *stated* is the level that the metadata says. A county that is a city measures itself by the city above it.

    >>> own_region("高于全市平均水平", "city"), own_region("高于全市平均水平", "county"), own_region("高于全市平均水平", "")
    ('高于全市平均水平', '', '')
    """
    level = _LEVELS.get(stated, 3) if stated else None
    return comparator if any(w in comparator for w, at in _LEVEL_OF.items() if at == level) else ""


def find_zones(text: str) -> list[tuple[int, int]]:
    """Where *text* names zones, parks and counties."""
    zones: list[tuple[int, int]] = []
    last = 0
    for m in _ZONE.finditer(text):
        end = m.end()
        start = end - _LONGEST + (m.lastindex or 0)
        if start >= last:  # and not 园区 of 产业园区
            zones.append((start, end))
            last = end
    return zones


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of *at* begins: behind the last comma, at most forty characters before."""
    if at == start or text[at - 1] in MARKS:  # most names open theirs
        return at
    return back_to(MARKS, text, max(start, at - REACH), at)


def narrowed(prefix: Prefix, level: int) -> str:
    """What the words before a name narrow it to, in a report of a region of *level*; empty if to nothing."""
    if prefix.filter:
        return prefix.filter
    if prefix.region:
        named = _LEVEL_OF.get(prefix.region, 3)
        return prefix.region if named < level else ""
    return ""


class Surroundings:
    """Whose values a sentence states: the region's own, or a zone's, or another region's."""

    __slots__ = (
        "_end",
        "_level",
        "_names",
        "_projects",
        "_spoken",
        "_start",
        "_text",
        "_title_zone",
        "_until",
        "_zones",
    )

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        names: Sequence[Mention],
        zones: Sequence[tuple[int, int]],
        level: int,
        title: str,
    ) -> None:
        """*zones* are those of the whole text, *title* is that of the nearest heading above the sentence."""
        self._text = text
        self._start = start
        self._end = end
        self._zones = zones[bisect_left(zones, (start, 0)) : bisect_left(zones, (end, 0))]
        self._names = names
        self._level = level
        self._title_zone = zone_in(title)
        self._projects = _PROJECT.search(text, start, end) is not None
        # the first zone that has a value or a name behind it in its clause is spoken of from there on
        self._spoken = self._first_spoken_of(self._zones) if self._zones else (end, "")
        self._until = end
        spoken, zone = self._spoken
        if zone:
            semicolon = text.find(";", spoken, end)
            self._until = release(text, spoken, semicolon if semicolon >= 0 else end)

    def _first_spoken_of(self, zones: Sequence[tuple[int, int]]) -> tuple[int, str]:
        text, start, end = self._text, self._start, self._end
        for a, b in zones:
            zone = text[a:b]
            if not is_spoken_of(text, start, a, b):
                continue  # 依托开发区, 建设产业园, “成都片区”: a means, a work, a slogan
            if zone.startswith("脱贫") or "部" in zone or _COUNTED_ONES.match(text, b):
                continue
            if zone in _PLACES and text.find("自贸", max(start, a - REACH), a) < 0:
                continue
            m = _BREAK.search(text, b, end)
            stop = m.start() if m else end
            clause = clause_start(text, start, a)
            if _WORKS.search(text, b, stop) and _DONE_TO.search(text, clause, a):
                continue
            i = bisect_left(self._names, (b,))
            if _DIGIT.search(text, b, stop) or (i < len(self._names) and self._names[i].start < stop):
                return b, zone
            # 临江新区提质扩容，完成工业投资28亿元: the subject of both
            named = clause == start and a <= start + _NAMED and _DONE_TO.search(text, clause, a) is None
            if named and text.startswith(("完成", "实现"), stop + 1):
                return b, zone
        return end, ""

    def filter(self, name: Mention, prefix: Prefix | None = None) -> str:
        """What narrows *name* to a part of the region or of the measure, as printed; empty if it is the whole."""
        if prefix is None:
            start = max(
                clause_start(self._text, self._start, name.start),
                self._text.rfind("、", self._start, name.start) + 1,
            )
            prefix = read_prefix(self._text[start : name.start])
        if prefix.filter or prefix.region:
            return narrowed(prefix, self._level)
        if zones := self._zones:
            spoken, zone = self._spoken
            if spoken < name.start < self._until:
                return zone
            i = bisect_right(zones, (name.start, 0)) - 1
            if i >= 0 and not (
                _BREAK.search(self._text, zones[i][1], name.start)
                or _COUNTED_ONES.match(self._text, zones[i][1])
            ):
                return self._text[slice(*zones[i])]
        if self._projects and _PROJECTS.search(self._text, max(self._start, name.start - REACH), name.start):
            return "项目"
        return "" if self._zones and not self._spoken[1] else self._title_zone


@lru_cache(1024)
def zone_in(title: str) -> str:
    """The zone that a heading speaks of; empty if it names none."""
    title = fold(title)
    title = title[
        max(title.rfind(","), title.rfind("，")) + 1 :
    ]  # 雄安新区拔节生长，协同发展成果丰硕: the last clause says what is below
    zone = next((title[a:b] for a, b in find_zones(title) if is_spoken_of(title, 0, a, b)), "")
    return "" if zone in _PLACES else zone


find_modal: Callable[[str], re.Match[str] | None] = _MODAL.search
"""The first 力争, 确保 or the like."""


def modals(text: str, start: int, end: int) -> list[str]:
    """力争, 确保 and the like in a stretch of text."""
    return _MODAL.findall(text, start, end)


DIGITS = "0123456789.０１２３４５６７８９．%％"
"""A quantity's words without them: digits say nothing of bound and tone, and without them the same few come again and again."""


def _wording_of(words: tuple[str, str, str, str]) -> tuple[str, Tone, Tone]:
    """
    The words that set bound and tone, and the tone, of a value that is not loose and of one that is: see `tone_of`.

    They are those before the name in its clause, those of the gap before the value, its own, and those of the last
    value of a list, as a trailing qualifier governs the whole list.

    >>> WORDINGS["增长6%(力争7%)、", "增长", "", ""][0]
    ''
    >>> WORDINGS["力争全市", "增长", "以上", ""][0]
    '力争…以上'
    >>> WORDINGS["确保全年", "增长", "以上", ""][0], WORDINGS["确保全年", "、力争达到", "", ""][0]
    ('确保…以上', '力争')
    """
    before, gap, own, tail = words
    if _STRETCH.search(gap):  # 确保甲增长5%、力争达到6%: the second is not made sure of
        before = ""
    out = "…".join(_MODAL.findall(_SPENT.sub("", before) if _DIGIT.search(before) else before))
    last = -1
    for m in WORDING.finditer(f"{gap}0{own}"):  # one digit for all
        out += ("" if not out or m.start() == last else "…") + m[0]
        last = m.end()
    for m in WORDING.finditer(tail):
        out += ("…" if out else "") + m[0]
    return out, tone_of(out, False), tone_of(out, True)


WORDINGS: Memo[tuple[str, str, str, str], tuple[str, Tone, Tone]] = Memo(_wording_of, 8192)


@lru_cache(8192)
def tone_of(wording: str, loose: bool) -> Tone:
    """
    How binding the words are; a stretch word outweighs a floor (力争…以上).

    *loose*: the value is about so much, or a range.

    >>> str(tone_of("力争…以上", False)), str(tone_of("左右", True)), str(tone_of("", False))
    ('stretch', 'soft', 'neutral')
    """
    if wording:
        if _STRETCH.search(wording):
            return Tone.STRETCH
        if _HARD.search(wording):
            return Tone.HARD
    return Tone.SOFT if loose else Tone.NEUTRAL
