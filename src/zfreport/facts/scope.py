"""
Whose figures a paragraph speaks of, and of which part of the year: 支持高新区做大做强，…增长12% is the zone's, until 全市 is said.

It is asked of targets outside the list of targets only. There the subject is often left out, and a zone's figure taken
for the region's is the worst of false rows; a figure that may be the zone's is therefore none of the region's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from ..regions import find_places
from .clauses import REACH, back_to

__all__ = [
    "governing_zone",
    "has_zone_near",
    "is_spoken_of",
    "may_support",
    "part_of_year",
    "release",
    "supported_member",
]

_REACH = 800
"""How far before a name its paragraph is looked at."""
_FAR = 120
"""How far before a value the part of the year is looked for."""
_MARKS = frozenset(",;:。!?\n")
_CLAUSE = re.compile(r"[,;:。!?\n]")
_SENTENCE = re.compile(r"[。!?\n]")
_COLLECTIVE = re.compile(r"(?:全|我|本)(?:自治区|地区|[国省市县区州盟旗域])")
_WHOLE = re.compile(r"(?<![于比较在居列位为占])全(?:自治区|[省市县区州盟旗])(?!平均|[前第])")
# What has a product of its own. 片区, 街道 and 乡镇 are where things are built, 三区 is a slogan, 创新区 a title.
_ECONOMY = re.compile(r"(?<!创)新区|开发区|高新区|经开区|园区|[工产]业园|保税区|经济圈")
# 依托高新区, 抢抓自贸区机遇: a means to the region's own end; 布局到园区: a place; 建设产业园: a work among others
_MEANS = re.compile(
    r"依托|借助|利用|抢抓|抓住|融入|对接|发挥|借力|围绕|通过|根据|按照|结合|建设|打造|争创|创建|新建|申[报建]|设立|[\d、]|[以在向到于从为与和由被将把][^,;:。]{0,8}$|包括|建成(?!区)|入驻|落户|进驻|国家级$|省级$|各类$"
)
_INSTRUMENT = re.compile(
    r"[^,;:。]{0,6}(?:机遇|政策|优势|平台作用|作用|带动|引领|龙头|辐射|牵引|为(?:载体|龙头|重点|主|抓手|平台|依托|契机))"
    r"|[、及和][^,;:。]{0,40}(?:项目|工程)"  # 推进化工产业园、电厂等12个项目
)
# 二是, 第三: another point of the same paragraph
_POINT = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要)|第[一二三四五六七八九十]{1,2},|\([一二三四五六七八九十]{1,3}\)|[①-⑳])"
)
_SUPPORTED = re.compile(
    r"(?P<verb>(?:大力|全力|积极|重点|着力|加快|继续)*(?:支持|推动|助力|鼓励|引导|指导|帮助|推进))?"
    r"(?P<name>[一-鿿]{1,8}?[县区市旗])(?![内域区市政])(?(verb)|要)"
)
_MEMBER = re.compile(
    r"[支推助鼓引指帮县区市旗](?:(?<=[县区市旗])要|(?:(?<=支)持|(?<=推)[动进]|(?<=助)力|(?<=鼓)励|(?<=[引指])导|(?<=帮)助)"
    r"[一-鿿]{1,8}?[县区市旗](?![内域区市政]))"
)
# 连续11个季度 is no part of a year, and 从上半年5.5% or 较一季度 are what a value is measured against.
_YEAR = re.compile(
    r"(?<![比较于与和同从由自续])(?P<part>(?:第|今年)?[一二三四]季度|前[两二三2-3]个?季度|首季度?|[上下]半年"
    r"|(?:前|(?<!\d)1[-—~至到])(?:[2-9]|1[01]|[两二三四五六七八九十]|十一)个?月|(?<!\d)(?:[1-9]|1[01])月(?:底|末|份)(?:前|之前)?)"
    r"|全年|年内|[今明]年|年[底末]|\d年"
)
_SHORT = 24
"""Longest sentence that is taken for the lead of what follows it."""


def has_zone_near(text: str, start: int, end: int, zones: Sequence[tuple[int, int]]) -> bool:
    """Whether there is any zone that might govern something in the sentence ``text[start:end]``: there hardly ever is."""
    i = bisect_left(zones, (end, 0))
    if not i:
        return False
    at, far = zones[i - 1][0], max(0, start - _REACH)
    return at >= far and at > text.rfind("\n", far, start)


def governing_zone(
    text: str,
    at: int,
    sentence: int,
    zones: Sequence[tuple[int, int]],
    region: str,
    path: Callable[[int], object],
) -> str:
    """
    The zone, park or county that the words before *at* made the subject; empty if the region itself is spoken of.

    *sentence*: where the sentence of *at* begins. *zones*: where *text* names any. *region*: the report's own name for
    its region. *path*: the headings above a place; a zone governs nothing under the next heading.

    >>> text = "加快临江新区发展。聚焦定位，力争地区生产总值增长16%"
    >>> governing_zone(text, text.index("地区"), 9, [(4, 6)], "", lambda _: ())
    '新区'
    """
    far = max(0, at - _REACH)
    first = max(text.rfind("\n", far, at) + 1, far)
    i = bisect_left(zones, (at, 0)) - 1
    while i >= 0 and zones[i][0] >= first:
        a, b = zones[i]
        i -= 1
        if _released(text, b, at, region):
            return ""
        if region and region in text[max(first, a - len(region)) : b + 1]:
            continue
        if not _ECONOMY.fullmatch(text, a, b) or not _is_topic(text, first, a, b):
            continue
        if (a >= sentence and _opens(text, sentence, a)) or _leads(text, first, a, b, sentence):
            return text[a:b] if path(b) == path(at) else ""
    return ""


def may_support(text: str, start: int, end: int) -> bool:
    """Whether `supported_member` may find one in ``text[start:end]``."""
    return _MEMBER.search(text, start, end) is not None


def supported_member(text: str, at: int, sentence: int, region: str) -> str:
    """
    The county, district or city of *region* that the sentence up to *at* is about; empty if none or the region itself.

    >>> text = "支持龙海区争先进位,力争规上工业增加值增长12%"
    >>> supported_member(text, text.index("规上"), 0, "漳州市"), supported_member(text, text.index("规上"), 0, "泉州市")
    ('龙海区', '')
    """
    if not region:
        return ""
    # later in the sentence it is the clause before that counts: 支持郑州市提升首位度,力争生产总值突破1.5万亿元
    first = max(sentence, at - _REACH)  # a sentence without end stays linear
    near = [m.end() for m in _CLAUSE.finditer(text, first, at)][-2:]
    for clause in (sentence, *near) if first == sentence else near:
        m = _SUPPORTED.match(text, clause, at)
        if m is not None and not _released(text, m.end(), at, region):
            name = m["name"]
            if any(up.startswith(region) for place in find_places(name) for up in place.path):
                return name
    return ""


def release(text: str, start: int, end: int) -> int:
    """From where on ``text[start:end]`` speaks of the whole region again; *end* if it does not: 高于全市平均 and 在全国推广 do not."""
    m = _WHOLE.search(text, start, end)
    return m.end() if m else end


def _released(text: str, start: int, end: int, region: str) -> bool:
    return _COLLECTIVE.search(text, start, end) is not None or (
        len(region) > 1 and text.find(region, start, end) >= 0
    )


def _is_topic(text: str, first: int, a: int, b: int) -> bool:
    """Whether the zone at ``text[a:b]`` is what its clause is about: its subject or its object, and no means."""
    return not _COLLECTIVE.search(_clause_before(text, first, a)) and is_spoken_of(text, first, a, b)


def _clause_before(text: str, first: int, at: int) -> str:
    far = max(first, at - REACH)
    start = back_to(_MARKS, text, far, at)
    return text[start if start > far else first : at]


def is_spoken_of(text: str, first: int, a: int, b: int) -> bool:
    """Whether the zone at ``text[a:b]`` is no means, no work among others and no slogan (“天府粮仓”)."""
    before = _clause_before(text, first, a)
    if text[a] in "两三四五六七":  # 云溪、河湾、石桥三地: its members are named before it
        before = before.replace("、", "")
    return not (_MEANS.search(before) or before.count("“") > before.count("”") or _INSTRUMENT.match(text, b))


def _opens(text: str, start: int, a: int) -> bool:
    """Whether what stands at *a* is in the first clause after *start*."""
    return _CLAUSE.search(text, start, a) is None


def _leads(text: str, first: int, a: int, b: int, sentence: int) -> bool:
    """Whether the zone's clause opens the paragraph or is a short sentence of its own, and no later lead stands between."""
    m = _SENTENCE.search(text, b, sentence)
    if m is None:
        return False
    start = first
    for n in _SENTENCE.finditer(text, first, a):
        start = n.end()
    alone = m.start() - start <= _SHORT and not re.search("[,;:]", text[start : m.start()])
    opens = start == first and _opens(text, start, a)
    if not (alone or opens):
        return False
    at = m.end()
    while at < sentence:  # 推进乡村振兴。: the next lead ends what the zone governs
        m = _SENTENCE.search(text, at, sentence)
        stop = m.start() if m else sentence
        if _POINT.match(text, at) or (
            stop - at <= _SHORT // 2 and not re.search("[,;:\\d]", text[at:stop]) and at > b
        ):
            return False
        at = stop + 1
    return _POINT.match(text, sentence) is None


def part_of_year(text: str, start: int, at: int, *, far: bool, sums: bool = True) -> str:
    """
    The part of a year that a value at *at* is of, as 一季度; empty if it is of the year.

    *sums*: the value adds up over the year, as that of production does. It holds for its clause, and if *far* up to 全年 or the end of the sentence that begins at *start*.

    >>> text = "一季度地区生产总值增长8%，全年增长7%"
    >>> part_of_year(text, 0, 12, far=True), part_of_year(text, 0, 19, far=True)
    ('一季度', '')
    """
    start = max(start, at - _FAR)
    if "季" not in (said := text[start:at]) and "月" not in said and "半年" not in said:
        return ""
    last = None
    for m in _YEAR.finditer(text, start, at):
        last = m
    if last is None or not last["part"] or (not far and _CLAUSE.search(text, last.end(), at)):
        return ""
    part: str = last["part"]
    # 9月底前改造小区10个 is a date for things to be done, and they are the year's
    return "" if "月" in part and not sums else part
