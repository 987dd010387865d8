"""
Which value belongs to which name: one walk over the names and values of a sentence, in order.

The usual case is a name, some known words, a value. Around it stand the ways in which reports save words: 分别 hands
several values to several names, forwards or back over 其中; 均 hands one value to all; a clause without a name goes on
with the last one; two measures of one act stand side by side (101幢4万平方米).
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from attrs import evolve

from ..memo import Memo
from ..quantities import Quantity, QuantityKind
from .clauses import (
    GAPS,
    LAST,
    MARKS,
    MAX_GAP,
    PREFIXES,
    REACH,
    UNKNOWN,
    Gap,
    Prefix,
    back_to,
    read_gap,
    read_prefix,
)
from .indicators import Mention
from .meaning import fits
from .model import FactKind
from .traits import RATES, Traits

__all__ = [
    "Binding",
    "Mismatch",
    "Value",
    "before_name",
    "bind",
    "is_beside",
    "is_part",
    "is_referent",
    "may_lead",
]


Value: TypeAlias = tuple[int, int, Quantity]
"""Where a quantity begins and ends in the reading, and the quantity."""
Binding: TypeAlias = tuple[str, Mention, Value, Gap, str, Value | None, int, Prefix, int, str, str, float]
"""
A value given to a name, as a bare tuple: a report has hundreds, and each is taken apart once.

In order: the indicator's id; the name; the value; the gap; the verb that governs the value, its own or, in a list, the
one before the first value; the last value of its list, whose trailing 左右 or 以上 governs the whole list; where the words
that govern the value begin, behind the name or the value before; what stands before the name, and where its clause begins,
which neither ``、`` nor ``(`` ends; the indicator that 其中 makes it a part of; the rule; the confidence.
"""


class Mismatch(NamedTuple):
    """Values that were not given to names: there are more or fewer, or not all of them are known."""

    start: int
    end: int
    names: int
    """How many things are listed, known or not."""
    values: int


_LIST_SIGN = re.compile(r"、|以?及|和|与")
_COORDINATED = re.compile(r"(?:[、和与及]|以及)(?:其中|[省市]级|省|实现)?")
"""高新技术企业和省级科技型中小企业90家 are so many together."""
# 社区卫生服务中心、乡镇卫生院和标准化村卫生室50所
_ALIKE = re.compile(r"(?:[和与及、]|以及)[^,;:。、和与及()\d]{0,7}")
_REFERENT = re.compile(
    r"占(?:到|了)?[^,;:。、\d]{0,8}$|(?:相当于|高于|高出|低于|快于|慢于|跑赢|超过|好于|优于|不低于|不高于|比|较)(?:同期|全[国省市县区州]|我[国省市县区]|地方|上年|去年|整体|总体)?(?:的)?$"
    r"|拉动(?:全[国省市县区州])?$"  # 拉动GDP增长3个百分点
)
_BESIDE = re.compile(r"(?:与|和|同|跟)(?:同期|全[国省市县区州]|我[国省市县区])?$")
_LINKED = re.compile(r"[占于赢过比较与和同跟出动](?:(?<![出动])|(?<=高出)|(?<=拉动))")
"""One of these is in all that the two find."""
_TOGETHER = re.compile(
    r"(?:增长|增速|发展|增幅|平均|速度|水平|保持|基本|大体|实现)*(?:同步|持平|相适应|相匹配|相协调)"
)
# 保障性住房开工2万套、竣工1万套; 新建高标准农田3万亩，改造提升6万亩
_STAGE = re.compile(
    r"(?:\(间\))?(?P<goes>[、,]?)(?:已|力争|确保|年内|当年|全年|其中)?(?P<stage>(?:新|基本)?(?:改造提升|改扩建|开工|竣工|续建|建成|交付|配租|投用|分配|改造|提升|扩建|新建|完工))(?:建设)?"
)
_STAGED = frozenset(
    ("key_project_count", "affordable_housing", "resettlement_housing", "shantytown", "schools_built")
)
"""What is counted by stages behind the name too: 重大项目开工390个."""
_LEADING = ("超", "突破", "不低于", "不少于", "跨")
_TRAILING = ("左右", "以上", "以内", "以下", "上下")
# The quantity brings its own verb: ，突破500亿元
_BOUNDED = ("突破", "超", "逾", "不低于", "不少于", "不超过", "约", "近", "达", "翻")
_BREAK = re.compile(r"[,;:。、\n(]")
_CLAUSE = re.compile(r"[,;:。\n]")
_CLAUSES = re.compile(r"[,;:。\n(]")
# What may follow a value that is the name's; any other word is the noun that the value counts: 、110件政协提案
_GOES_ON = re.compile(
    r"[^\u4e00-\u9fff“A-Za-z]|[和与及的并]|以[上下内及]|左右|上下|全部|分别|[均都余多新]|大关|台阶|目标|任务|增长|提高|增加|下降|减少"
)
_MORE_NAMES = re.compile(r"[、和与及](?!\d)")
_SHARE = re.compile(r"(?:占比|比重|比例|份额)$")
_LISTING = frozenset("、和与及")
_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"(?:同比|年均|比上年|较上年|均|都)+$")
_PER_UNIT = re.compile(r"[亩户地村]均|单位面积|平均浓度")
"""亩均产值和税收: the first word may be said of both; 二氧化硫、臭氧平均浓度: so may the last."""
_PERCENTAGES = frozenset((FactKind.RATE, FactKind.SHARE))
PIPES = re.compile(
    r"(?:(?:供水|给水|排水|供排水|给排水|雨水|污水|雨污|燃气|天然气|供热|供气|供暖|热力)[、和及与])+$"
)
"""Kinds of pipes before the last of them."""
_DONE = re.compile(r"(?:实现|实际|完成|新增|达到|引进|累计|全年|各类)+")
_ALL_YEAR = re.compile(r"^(?:全年|年内|累计|力争|预计|全[省市县区])+")
# 养老保险、医疗保险|参保人数, 工业、服务业|利润总额: of two measures, though one name fits both
_NOT_PARTED = frozenset(
    (
        "pension_insurance_people",
        "medical_insurance_people",
        "industry_profit",
        "income_all",
        "industry_structure",
    )
)
_NEAR = 16
"""Longest stretch between a value and the name it stands before: 40个乡村振兴示范村."""
_LIST = 80
"""Longest list of things before the last of them."""
_MEMORY = 16
"""Most names that a later clause goes back to, or goes on with."""
_SHORT = 8
"""Longest stretch between a value and a name that comes again and again."""
_PUNCTUATION = frozenset(",;:。、\n(")
_WITHIN = frozenset("、(")
"""Within a clause, though the words before them say nothing of a name behind them."""
_NOTHING = read_prefix("")
_NO_ONE = Mention(sys.maxsize, 0, (), "")
"""Stands behind the last name."""
_UNCOUNTED = frozenset(("", "元", "美元"))
_BEHIND = 8
"""Longest stretch between such a number and the name: 12所公办|幼儿园."""
_MADE = frozenset(
    "新增 净增 新建 扩建 改造 提升 完成 建成 建设 认定 培育 创建 打造 开工 竣工 引进 实施 推进 抓好 办好 打通 改建".split()
)
"""What is done so many times to the thing that is named behind its number: 新增26家规上工业企业. 提升 only in 改造提升."""
_OPENS = frozenset(",;:。、\n)和及与等度")
"""Before a number that begins what is said: 20件民生实事全部完成; or goes on with what is made: 改造东街等3条道路."""
_GOING_ON = frozenset("、和及与等")
_MAKING = re.compile(r"[新续改扩打完建整维实抓](?:建|造|设|通|成(?!区)|治|修|施|好)[^,;:。\n]{2,}$")
# the name is all that is counted: no 12个高标准农田项目
_COUNTED = re.compile(r"(?:建设|改造|改造提升|提升|整治|任务|工程|以上)*(?:[,;:。、\n()]|$|和\d)")
# 20件民生实事全部完成; but no 5家医疗机构建成污水处理设施
_IS_MADE = re.compile(
    r"(?:改造|建设|工程|项目|任务|等|已|均|都|全部|全面|顺利|如期|圆满|有序|稳步|相继|陆续|高质量|高标准|按时|按期|基本|加快|实现|得到|年度|目标|稳定)*"
    r"(?:完成|兑现|办结|办复|落实|完工|竣工|开工|投产|投用|投入使用|建成|通车|获批|启动|实施|推进|落地|出列)"
    r"(?:改造|建设|实施|开放|投用|通车|见效|年度|目标|任务)*(?:[,;:。、\n()]|$)"
)
# 票决的10件民生实事, 3735人稳定脱贫: whatever stands before the number
_OWN_COUNT = re.compile(r"[^,;:。、]{0,8}(?:实事|脱贫)")
_DURATION = QuantityKind.DURATION
_SURE = {"every": 0.95, "shared": 0.8, "carried": 0.85, "direct": 1.0}
"""How sure each rule is that hands out one value."""
_NO_GAP = read_gap("")
_PARTS = {
    "gdp": frozenset(("primary_va", "secondary_va", "tertiary_va")),
    "trade_total": frozenset(("exports", "imports")),
    "income_all": frozenset(("income_urban", "income_rural")),
    "loans": frozenset(("mse_loans",)),
    "public_budget_revenue": frozenset(("tax_revenue", "nontax_revenue")),
    "total_fiscal_revenue": frozenset(("public_budget_revenue", "tax_revenue")),
    "social_retail": frozenset(("online_retail",)),
    "tourist_visits": frozenset(("inbound_tourists",)),
}
"""Parts whose ids do not begin with that of the whole."""


def _less(sure: float) -> float:
    """How sure a rule is with an unknown word before the name."""
    return round(sure * 0.8, 2)


_UNSURE = {rule: _less(sure) for rule, sure in _SURE.items()}


def bind(
    text: str,
    start: int,
    names: Sequence[Mention],
    values: Sequence[Value],
    traits: Mapping[str, Traits],
) -> tuple[list[Binding], list[Mismatch]]:
    """
    Give the *values* of the sentence that begins at *start* to its *names*, as far as the unit is one of the indicator's.
    """
    bindings = _bind_plain(text, start, names, values, traits)
    return _bind_odd(text, start, names, values, traits) if bindings is None else (bindings, [])


def _bind_plain(
    text: str, start: int, names: Sequence[Mention], values: Sequence[Value], traits: Mapping[str, Traits]
) -> list[Binding] | None:
    """
    `_bind_odd` of nine sentences in ten, in one loop and a quarter of the time; ``None`` if it takes more than that.

    One measure is spoken of at a time, and every value is said of it or of nothing known: no list of names or values, no
    其中, no 分别 or 均.
    """
    bindings: list[Binding] = []
    if not values:
        return bindings
    inner = text.find("其中", start, values[-1][0])
    if text.find("分别", start, values[-1][0]) >= 0:
        return None
    mine: Traits | None = None  # of what is spoken of
    named = False  # a name was the last
    id, who, rule = "", _NO_ONE, "direct"
    prefix: Prefix | None = None
    clause = behind = at = start
    past = before = (
        alone
    ) = -1  # ends: of the last name, of the last value, and of that if no name is behind it
    upcoming = (*names, _NO_ONE)
    n = 0
    first, last, ids, _ = upcoming[0]
    for value in values:
        here, end, q = value
        while first <= here:
            past, alone = last, -1
            mark = text[first - 1]
            opens = mark in _PUNCTUATION or first == start  # as most names do
            if (
                not opens
                and at < first
                and _LINKED.search(text, first - 8 if first - 8 > at else at, first)
                and (is_referent(text, at, first) or (mine is not None and is_beside(text, at, upcoming[n])))
            ):
                pass  # 占地区生产总值…, 高于经济增速: part of what is said, not spoken of
            elif not ids:
                mine, named, at = None, False, last
            elif (
                len(ids) > 1
                or (named and first - at <= 8 and _is_joined(text, at, first, ids == who.ids))
                or (
                    bindings
                    and 0 <= inner < first
                    and text.find("其中", max(bindings[-1][2][1], min(at, first - MAX_GAP)), first) >= 0
                )
            ):
                return None
            else:
                id, who, named, rule = ids[0], upcoming[n], True, "direct"
                mine = traits[id]
                if opens:
                    prefix = _NOTHING
                    clause = _clause(text, start, first) if mark in _WITHIN else first
                else:
                    prefix, behind = None, at
                at = last
            n += 1
            first, last, ids, _ = upcoming[n]
        if first - end <= _BEHIND and may_lead(text, start, value):
            return None
        if here < past:  # 12345热线, 500强: the number is the name's
            before = end
            continue
        if alone >= 0 and end <= first and _is_listed(text, alone, here):
            return None
        if mine is None:
            if q.kind is not _DURATION:
                at, named = end, False
            elif before >= 0 and _is_listed(text, before, here):  # a time is no value
                return None
            before, alone = end, -1
            continue
        before = alone = end
        unit = q.unit.symbol
        if unit in mine.units or fits(mine, q):
            gap = GAPS[text[at:here]] if here - at <= MAX_GAP else UNKNOWN
        elif q.kind is _DURATION:
            continue
        else:
            gap = UNKNOWN
        left, at, named = at, end, False
        if not gap.plain:
            if gap.known or _STAGE.fullmatch(text, left, here) is not None:
                return None
            mine = None
            continue
        verb = gap.verb
        if gap.comma and (
            not (verb or q.text.startswith(_BOUNDED)) or (unit not in RATES and _is_followed(text, end, unit))
        ):
            mine = None
            continue
        if text[left] == ")" and text[left + 1] in _LISTING and _is_followed(text, end, unit):
            mine = None  # 中学（含小学）、8所卫生院
            continue
        if prefix is None:
            begins = who[0]
            words = text[behind:begins]
            opening = _OPENINGS[words] if len(words) <= _SHORT else None
            if opening is None:
                prefix, clause = before_name(text, start, begins)
            else:
                prefix, clause = opening[0], behind + opening[1]
        confidence = (_SURE if prefix.known else _UNSURE)[rule]
        bindings.append((id, who, value, gap, verb, None, left, prefix, clause, "", rule, confidence))
        rule = "carried"
    return bindings


def _bind_odd(
    text: str, start: int, names: Sequence[Mention], values: Sequence[Value], traits: Mapping[str, Traits]
) -> tuple[list[Binding], list[Mismatch]]:
    """What `bind` gives, of any sentence."""
    walk = _Walk(text, start, traits)
    j, many = 0, len(values)
    for name in names:
        first, last, _, _ = name
        if j < many and values[j][0] < first:
            j = _meet_before(walk, values, j, first)
        while j < many and values[j][0] < last:  # 12345热线, 500强: the number is the name's
            j += 1
        walk.meet_name(name)
    if j < many:
        _meet_before(walk, values, j, len(text) + 1)
    return walk.bindings, walk.mismatches


def _meet_before(walk: _Walk, values: Sequence[Value], j: int, stop: int) -> int:
    """Meet the values from number *j* on that begin before *stop*, list by list; the number of the next."""
    text, many = walk.text, len(values)
    while j < many and values[j][0] < stop:
        first = j
        end = values[j][1]
        j += 1
        while j < many and values[j][1] <= stop and _is_listed(text, end, values[j][0]):
            end = values[j][1]
            j += 1
        walk.meet_values(values[first:j])
    return j


def before_name(text: str, start: int, at: int) -> tuple[Prefix, int]:
    """What stands before a name at *at*, and where its clause begins."""
    first = back_to(_PUNCTUATION, text, max(start, at - REACH), at)
    prefix = PREFIXES[text[max(first, at - LAST) : at]] if first < at else _NOTHING
    return prefix, _clause(text, start, at) if first > start and text[first - 1] in _WITHIN else first


def _clause(text: str, start: int, at: int) -> int:
    """Where the clause of a name at *at* begins."""
    return back_to(MARKS, text, max(start, at - REACH), at)


def _opened(words: str) -> tuple[Prefix, int] | None:
    """What *words* before a name say of it, and where its clause begins in them; ``None`` if it begins before them."""
    clause = back_to(MARKS, words, 0, len(words))
    return (read_prefix(words[back_to(_PUNCTUATION, words, 0, len(words)) :]), clause) if clause else None


_OPENINGS: Memo[str, tuple[Prefix, int] | None] = Memo(_opened, 8192)
"""For the few words between a value and the next name: ，新增."""


def _is_followed(text: str, end: int, unit: str) -> bool:
    """Whether a value in *unit*, which is no rate, is followed by the noun it counts."""
    return unit not in _UNCOUNTED and end < len(text) and _GOES_ON.match(text, end) is None


def is_made(text: str, start: int, value: Value) -> bool:
    """Whether the value says how many were made of what may be named behind it: 新增26家规上工业企业, but not 每个园区新增5家."""
    at = value[0]
    made = text[at - 2 : at]
    return (
        made in _MADE
        and (made != "提升" or text.endswith("改造提升", start, at))
        and value[2].unit.symbol not in _UNCOUNTED
        and text.find("每", max(start, at - _NEAR), at) < 0
    )


def may_lead(text: str, start: int, value: Value) -> bool:
    """Whether the noun behind a value may be named: 新增26家…, 20件民生实事全部完成, 票决的10件民生实事."""
    at, end, q = value
    unit = q.unit.symbol
    return (
        unit not in _UNCOUNTED
        and unit not in RATES
        and (
            at == start
            or text[at - 1] in _OPENS
            or is_made(text, start, value)
            or _OWN_COUNT.match(text, end) is not None
        )
    )


def _is_joined(text: str, at: int, first: int, alike: bool) -> bool:
    """Whether a name at *first* stands beside the one that ends at *at*; *alike* if both are of one measure."""
    if alike:
        return _ALIKE.fullmatch(text, at, first) is not None
    return first - at <= 4 and _COORDINATED.fullmatch(text, at, first) is not None


def _is_listed(text: str, end: int, start: int) -> bool:
    """Whether a value goes on with the list of the one that ends at *end*."""
    if start <= end:  # values of an annex all stand where it was left out
        return start == end
    return text[end] not in ",;:" and start - end <= MAX_GAP and read_gap(text[end:start]).list_only


def is_referent(text: str, start: int, at: int) -> bool:
    """
    Whether a name at *at* is what something is measured against: 占地区生产总值比重, 高于经济增速.

    >>> is_referent("技术合同成交额占地区生产总值比重", 0, 8)
    True
    """
    first = max(start, at - 8)
    return _LINKED.search(text, first, at) is not None and _REFERENT.search(text, first, at) is not None


def is_beside(text: str, start: int, name: Mention) -> bool:
    """Whether *name* is what something keeps pace with: 收入增长与经济增长同步."""
    return (
        _BESIDE.search(text, max(start, name.start - 5), name.start) is not None
        and _TOGETHER.match(text, name.end, name.end + 12) is not None
    )


def is_part(id: str, whole: str) -> bool:
    """Whether 其中 may reach over a comma: 投资增长8%，其中工业投资增长15%，制造业投资增长17%."""
    return id == whole or id.startswith(f"{whole}_") or id in _PARTS.get(whole, ())


class _Walk:
    """The state of the walk: who is being spoken of."""

    __slots__ = (
        "ahead",
        "at",
        "bindings",
        "carried",
        "last_was_name",
        "left",
        "met",
        "mismatches",
        "numbered",
        "origin",
        "parent",
        "region",
        "segment",
        "slots",
        "start",
        "text",
        "traits",
        "unit",
        "verb",
        "whole",
        "within",
    )

    def __init__(self, text: str, start: int, traits: Mapping[str, Traits]) -> None:
        self.traits = traits
        self.text = text
        self.at = self.start = self.left = start
        # who is being spoken of: each measure of each name
        self.slots: list[tuple[str, Mention]] = []
        self.met: list[Mention] = []  # all names since the last value
        self.whole = ""  # what they are with one value, if they are of one name
        self.carried = False  # a value was given to them already
        # names given a value since the last semicolon, in order, as many as a sentence can refer back to
        self.segment: dict[tuple[str, int], tuple[str, Mention]] = {}
        self.parent = self.verb = self.unit = ""
        self.within = start  # where 其中 was said
        self.region = ""  # whose the values are that follow without a name: 全国增长5%，我县增长6%
        self.last_was_name = False
        self.origin: Gap | None = None
        self.ahead: Value | None = None  # a value that no name before it has got
        self.numbered = False  # in a list whose values stand before their nouns
        self.bindings: list[Binding] = []
        self.mismatches: list[Mismatch] = []

    def meet_name(self, name: Mention) -> None:
        start, end, ids, whole = name
        text, at = self.text, self.at
        if (
            at < start
            and text[start - 1] not in _PUNCTUATION
            and _LINKED.search(text, max(at, start - 8), start)
            and (is_referent(text, at, start) or (self.slots and is_beside(text, at, name)))
        ):
            return  # 占地区生产总值…, 高于经济增速: part of what is said, not spoken of
        self.met.append(name)
        gap = text[at:start]
        if ";" in gap:
            self.segment.clear()
            self.parent = ""
        if not ids:
            self.slots, self.last_was_name = [], False
        elif (
            self.last_was_name and len(gap) <= 8 and _is_joined(text, at, start, ids == self.slots[-1][1].ids)
        ):
            self.slots += [(id, name) for id in ids]
            self.whole = ""
        else:
            if self.segment and ("其中" in gap or self._within_still(start)):
                of, (_, _, those, _) = next(reversed(self.segment.values()))
                # 生产总值增长5%，人均8万元，其中一产增加值增长3%: of the first
                of = next(
                    (id for id, _ in reversed(self.segment.values()) if ids[0] in _PARTS.get(id, ())), of
                )
                # 存贷款余额4500亿元，其中贷款余额…: one of two, and all of it
                if not self.parent and (len(those) == 1 or ids[0] not in those):
                    self.parent, self.within = of, start
            elif self.parent and not self.last_was_name and "," in gap and not is_part(ids[0], self.parent):
                self.parent = ""
            self.slots = [(ids[0], name)] if len(ids) == 1 else [(id, name) for id in ids]
            self.whole = whole
            self.origin = None
            self.carried = False
            self.region = ""
            self.last_was_name = True
        value = self.ahead
        if ids and value is not None and (self.numbered or self._is_of(value, start, end)):
            self._give_ahead(name, value)
            self.ahead = None
        self.at = end

    def _within_still(self, start: int) -> bool:
        """贷款余额增长9%，其中制造业贷款增长20%、普惠小微贷款增长25%: the first part is not known, the second is."""
        text, told = self.text, self.bindings[-1][2][1] if self.bindings else self.start
        inner = text.rfind("其中", max(told, start - MAX_GAP), start)
        return inner >= 0 and _CLAUSE.search(text, inner, start) is None

    def meet_values(self, run: Sequence[Value]) -> None:
        # 连续三年增长8%: the years are words among others, no value
        words = 0
        while run[words][2].kind is _DURATION and not self._fits(run[words][2]):
            words += 1
            if words == len(run):
                return
        run = run[words:] if words else run
        start, _, q = run[0]
        at, self.at, self.left = self.at, run[-1][1], self.at
        ahead, self.ahead = self.ahead, run[-1]
        met, self.met = self.met, []
        self.last_was_name = False
        if self.numbered and _CLAUSE.search(self.text, at, start):
            self.numbered = False
        if self.segment and self.text.find(";", at, start) >= 0:
            self.segment.clear()
        slots = self.slots
        if not slots:
            if len(run) > 1 and met:
                self._partly(met, run)
            return
        unit = q.unit.symbol
        far = start - at > MAX_GAP or not (unit in self.traits[slots[0][0]].units or self._fits(q))
        gap = UNKNOWN if far else read_gap(self.text[at:start])
        if not gap.known or (
            gap.comma and not (gap.verb or gap.each or gap.stretch or q.text.startswith(_BOUNDED))
        ):
            if not far and (m := _STAGE.fullmatch(self.text, at, start)) is not None:
                self._staged(run, m)
            else:
                if len(run) > 1:
                    self._partly(met, run)
                self.slots = []
            return
        bracketed = self.text[at] == ")" and self.text[at + 1] in _LISTING  # 中学（含小学）、8所卫生院
        if (
            (gap.list_only or gap.comma or bracketed)
            and not (gap.each or gap.every)
            and self._is_of_next(run[0])
        ):
            # 40个示范村、800个经济薄弱村: the value is of the noun behind it, and so is the one before the name
            if gap.list_only and ahead is not None and not self.numbered:
                self._give_ahead(slots[-1][1], ahead)
            self.numbered = gap.list_only
            self.slots = []
            return
        if gap.origin:  # 由2.57万元: where the change starts
            self.origin = gap
            return
        if self.origin is not None:  # 占比重从17.9%提升到35.5%: the share was named before the first value
            if self.origin.whole or self.origin.verb == "share":
                gap = evolve(gap, whole=self.origin.whole, verb="share")
            self.origin = None
        if gap.region or self.region:
            self._whose(self.text[at:start], gap)
        again = self.carried and unit == self.unit and (gap.list_only or gap.stretch)  # 增长6%、力争7%
        verb = gap.verb or (self.verb if again else "")
        self.verb, self.unit = verb, unit
        if len(run) > 1 and len(slots) == 1 and not gap.each and self._is_series(run):
            # 省级、市级企业2家、20家: as many parts; 连续跨越7万亿、8万亿: steps, and which is the name's no one can tell
            if not (self.carried and self.parent and len(self.segment) >= len(run)):
                if not self.carried and (heads := self._heads(len(run))):
                    self._give_parts(heads, run, gap, verb)
                    return
                members, _ = self._listed(len(run))
                self.mismatches.append(Mismatch(slots[0][1].start, run[-1][1], members, len(run)))
                self.slots = []
                return
            # 财政收入2亿元，其中一般预算收入1亿元，同比增长30%、31%
            for slot, value in zip(list(self.segment.values())[-len(run) :], run, strict=True):
                self._give(slot, value, gap, verb, "distribution-back", 0.75)
                self.left = value[1]
            return
        if gap.each or (len(slots) > 1 and len(run) > 1):
            self._hand_out(run, gap, verb, met)
        elif gap.every and self.carried:
            for slot in list(self.segment.values()) or slots:
                self._give(slot, run[0], gap, verb, "every-back", 0.85)
        elif len(slots) > 1 and self.whole and not gap.every:
            self._give((self.whole, slots[0][1]), run[0], gap, verb, "whole", 0.9)
        elif len(slots) > 1 and not gap.every and unit not in RATES:
            # 建议、提案71件 are so many together: of two measures no one can tell, of one kind it is the sum
            if len({id for id, _ in slots}) > 1:
                self.slots = []
                return
            id, last = slots[-1]
            self._give((id, last._replace(start=slots[0][1].start)), run[0], gap, verb, "shared", 0.7)
        else:
            rule = (
                "every"
                if gap.every
                else "shared"
                if len(slots) > 1
                else "carried"
                if self.carried
                else "direct"
            )
            # 工业投资、民间投资占比50%: the last name's 占比 is said of the first too, and no growth
            shared = (
                rule == "shared"
                and not verb
                and _SHARE.search(self.text, slots[-1][1].start, slots[-1][1].end)
            )
            for slot in slots:
                if shared and not _SHARE.search(self.text, slot[1].start, slot[1].end):
                    share = evolve(gap, verb="share")
                    self._give(slot, run[0], share, "share", rule, _SURE[rule])
                else:
                    self._give(slot, run[0], gap, verb, rule, _SURE[rule])
            if len(run) > 1:  # and one name
                seen = {unit}
                for before, value in itertools.pairwise(run):
                    between = self.text[before[1] : value[0]]
                    own = read_gap(between)
                    if between and self._is_of_next(value):
                        break
                    unit = value[2].unit.symbol
                    if unit not in seen or own.verb in ("value", "to"):
                        seen.add(unit)
                        self.left = before[1]
                        # 101幢4万平方米: two measures of one act; 1.5万亿元、增长6%: the clause goes on
                        rule, confidence = ("carried", 0.85) if own.verb else ("two-measures", 0.8)
                        self._give(slots[0], value, own, own.verb, rule, confidence)
        self.carried = True
        self.ahead = None
        if len(slots) > _MEMORY:  # no later clause speaks of so many, and each would be given to all of them
            self.slots = []

    def _staged(self, run: Sequence[Value], stage: re.Match[str]) -> None:
        """Give the last name one value more, of another stage, or nothing behind it any value."""
        id, _ = self.slots[0]
        unit = run[0][2].unit.symbol
        if (
            len(self.slots) == len(run) == 1
            and not self.parent
            and unit not in RATES
            and unit not in _UNCOUNTED
            and (id in _STAGED if not stage["goes"] else self.carried and unit == self.unit)
            and not self._is_of_next(run[0])
        ):
            self._give_part(self.slots[0], run[0], _NO_GAP, "", "stages", 0.75, None, stage["stage"])
            self.carried, self.unit, self.verb = True, unit, ""
            self.ahead = None
        else:
            self.slots = []

    def _whose(self, words: str, gap: Gap) -> None:
        """，全市增长5% is the city's and so is what follows, up to the next name; （全市5%） to the end of the bracket."""
        self.region = gap.region or ("" if ")" in words and "(" not in words else self.region)

    def _is_series(self, run: Sequence[Value]) -> bool:
        """Whether values of one unit follow each other with nothing between them but 、 or 和."""
        text, unit = self.text, run[0][2].unit.symbol
        return all(
            b[2].unit.symbol == unit
            and text[a[1] : b[0]] in _LISTING
            and not b[2].text.startswith(_BOUNDED)  # 新增300公里、突破1万公里
            for a, b in itertools.pairwise(run)
        ) and not self._is_of_next(run[-1])

    def _is_of_next(self, value: Value) -> bool:
        """Whether a counted value is followed by the noun it counts."""
        _, end, q = value
        unit = q.unit.symbol
        return unit not in RATES and _is_followed(self.text, end, unit)

    def _is_of(self, value: Value, start: int, end: int) -> bool:
        """Whether *value* counts what is named right behind it and nothing more: 新增26家规上工业企业."""
        text, first = self.text, self.start
        at = value[0]
        if start - value[1] > _BEHIND or not may_lead(text, first, value):
            return False
        mark = text[at - 1] if at > first else ","
        if _COUNTED.match(text, end) is not None:
            return (
                is_made(text, first, value)
                or _OWN_COUNT.match(text, value[1], end) is not None
                # 完成3所小学和2所幼儿园改造提升
                or (mark in _GOING_ON and _MAKING.search(text, max(first, at - REACH), at) is not None)
            )
        return (mark in _OPENS or _OWN_COUNT.match(text, value[1], end) is not None) and _IS_MADE.match(
            text, end
        ) is not None

    def _give_ahead(self, name: Mention, value: Value) -> None:
        """Give *name* the value right before it, if there is nothing else between."""
        start, end, q = value
        between = self.text[end : name.start]
        if (
            len(name.ids) == 1
            and len(between) <= _NEAR
            and q.kind in ("count", "level")
            and fits(self.traits[name.ids[0]], q)
            and not _BREAK.search(between)
            and not _MORE_NAMES.match(self.text, name.end)
        ):
            self.left = start
            self._give((name.ids[0], name), value, _NO_GAP, "", "ahead", 0.75)
            id, _, _, gap, verb, like, left, _, clause, parent, rule, sure = self.bindings.pop()
            prefix = read_prefix(between)
            self.bindings.append((id, name, value, gap, verb, like, left, prefix, clause, parent, rule, sure))

    def _fits(self, q: Quantity) -> bool:
        traits = self.traits
        return any(fits(traits[id], q) for id, _ in self.slots[-_MEMORY:])

    def _hand_out(self, run: Sequence[Value], gap: Gap, verb: str, met: Sequence[Mention]) -> None:
        slots = self.slots
        rule, confidence = ("distribution", 0.95) if gap.each else ("list", 0.75)
        if self.carried and gap.stretch:  # 分别增长10%和12%，力争12%和14%
            rule, confidence = "carried", 0.85
        if self.carried and gap.each and len(self.segment) >= len(run) > len(slots):
            last = self.bindings[-len(run) :]
            if any(_DIGIT.search(self.text, a[2][1], b[1][0]) for a, b in itertools.pairwise(last)):
                # 新增市场主体2万户、个转企80户、“四上”企业30家，分别增长…: and something unknown
                self.mismatches.append(Mismatch(last[0][1][0], run[-1][1], len(run), len(run)))
                self.slots = []
                return
            slots = list(self.segment.values())[-len(run) :]
            rule, confidence = "distribution-back", 0.85
        if len(slots) != len(run):
            # 生产总值、城乡居民收入分别增长6%和7%: a name of two measures has one value
            whole = list(dict.fromkeys((name.whole or id, name) for id, name in slots))
            if len(whole) == len(run) > 1:
                slots = whole
        if len(slots) != len(run):
            if len(run) == 1:
                # 城乡居民收入分别增长8.5%左右, A、B各新增100家: one value, said of each
                for slot in slots:
                    self._give(slot, run[0], gap, verb, "distribution-one", 0.7)
                return
            if gap.each and len(slots) == 1 and (heads := self._heads(len(run))):
                self._give_parts(heads, run, gap, verb)
                return
            if gap.each and self._partly(met, run):
                self.slots = []
                return
            members, known = self._listed(len(run))
            if members != len(run) or not known or not gap.each:
                self.mismatches.append(Mismatch(slots[0][1].start, run[-1][1], members, len(run)))
                self.slots = []
                return
            # 绿地率、绿化覆盖率分别达到32.6%和38.4%: the last value is of the one name that is known
            self.left = run[-known - 1][1]
            slots, run, confidence = slots[-known:], run[-known:], 0.8
        like = run[-1] if _governs(run) else run[0] if gap.each and _leads(self.text, run) else None
        for slot, value in zip(slots, run, strict=True):
            self._give(slot, value, gap, verb, rule, confidence, like)
            self.left = value[1]

    def _partly(self, met: Sequence[Mention], run: Sequence[Value]) -> bool:
        """
        事故起数、死亡人数、受伤人数分别下降4%、5%、6%: of a list in which not all is known, to each name the value in its place.
        """
        text, start = self.text, run[0][0]
        each = text.rfind("分别", max(self.start, start - MAX_GAP), start)
        if each < 0 or not met:
            return False
        far = max(self.start, each - _LIST)
        if (m := _LISTED.search(text, far, each)) is not None:
            each = m.start()
        gap = read_gap(text[each:start])
        first = _clause(text, far, each)
        if not gap.each or _PER_UNIT.search(text, first, each) is not None:
            return False
        signs = list(_LIST_SIGN.finditer(text, first, each))
        if len(signs) + 1 != len(run):  # 软件和信息技术服务业: some names hold a 和 of their own
            signs = [m for m in signs if m[0] == "、"] + [m for m in signs[-1:] if m[0] != "、"]
            if len(signs) + 1 != len(run):
                return False
        ends = [*(m.start() for m in signs), each]
        begins = [first, *(m.end() for m in signs)]
        like = run[-1] if _governs(run) else run[0] if _leads(text, run) else None
        if gap.verb in ("", "value", "to") and _SHARE.search(text, begins[-1], each) is not None:
            gap = evolve(gap, verb="share")  # 民间投资、工业投资占比分别达49%、56%
        given = False
        for begin, end, value in zip(begins, ends, run, strict=True):
            for name in met:
                if (
                    name.start >= begin
                    and name.end <= end <= name.end + 3
                    and (name.end == end or read_gap(text[name.end : end]).known)  # 工业投资|占比
                    and text.find("等", begin, name.start) < 0
                    and len(name.ids) == 1
                    and self._may_have(name.ids[0], value, gap.verb)
                ):
                    self._give((name.ids[0], name), value, gap, gap.verb, "distribution", 0.8, like)
                    given = True
            self.left = value[1]
        return given

    def _may_have(self, id: str, value: Value, verb: str) -> bool:
        """Whether a value of a list can be that of what goes by *id*: a percentage that does not tell a change is none of a sum."""
        return id not in _NOT_PARTED and (
            value[2].unit.symbol not in RATES
            or verb in ("up", "down", "share")
            or self.traits[id].percent in _PERCENTAGES
        )

    def _give_parts(self, heads: Sequence[str], run: Sequence[Value], gap: Gap, verb: str) -> None:
        """Give each of *run* to the part of the last name that stands in its place among *heads*."""
        like = run[-1] if _governs(run) else run[0] if _leads(self.text, run) else None
        for head, value in zip(heads, run, strict=True):
            self._give_part(self.slots[0], value, gap, verb, "distribution-parts", 0.75, like, head)
            self.left = value[1]

    def _give_part(
        self,
        slot: tuple[str, Mention],
        value: Value,
        gap: Gap,
        verb: str,
        rule: str,
        sure: float,
        like: Value | None,
        part: str,
    ) -> None:
        """`_give`, to a part of the measure that other words than those before its name tell."""
        self._give(slot, value, gap, verb, rule, sure, like)
        id, name, _, _, _, _, left, _, clause, parent, _, _ = self.bindings.pop()
        self.bindings.append(
            (id, name, value, gap, verb, like, left, Prefix(filter=part), clause, parent, rule, sure)
        )

    def _heads(self, values: int) -> list[str]:
        """
        The parts of one measure that a list before its name tells apart: 国控、省控|断面优良率分别达75%、85%.

        Empty unless there are as many as *values*; 绿地率、|绿化覆盖率 are two measures.
        """
        id, (at, end, _, _) = self.slots[0]
        text = self.text
        if id in _NOT_PARTED:
            return []
        if values == 2 and (text.startswith("城乡", at) or text.endswith("城乡", self.start, at)):
            return ["城镇", "农村"]
        before = _CLAUSES.split(text[max(self.start, at - _LIST) : at])[-1]
        if id == "pipelines" and (m := PIPES.search(before)) is not None:  # 供热、燃气、|排水管网
            heads = [*_LIST_SIGN.split(m[0])[:-1], text[at : end - 2]]
            return heads if len(heads) == values else []
        if not before or before[-1] in _LISTING:
            return []
        heads = _LIST_SIGN.split(before)
        if len(heads) != values or _DIGIT.search(before):
            return []
        heads[-1] = heads[-1].removesuffix("等")
        if any(_DONE.fullmatch(head) for head in heads):  # 新落地项目、实际|利用内资
            return []
        first = read_prefix(heads[0])
        heads[0] = _ALL_YEAR.sub("", first.filter or first.rest or heads[0])
        return heads if all(1 < len(head) <= 8 for head in heads) else []

    def _listed(self, values: int) -> tuple[int, int]:
        """
        Of the list that ends in the last slot: how many things it names, and how many of the last ones are slots.

        A thing that is known only by its end (城镇和农村|人均可支配收入) is no slot. Some names hold a 和 of their own
        (软件和信息技术服务业), so that of two ways to count the one that comes to the number of *values* is right.
        """
        text, at = self.text, self.slots[-1][1][0]
        before = _CLAUSES.split(text[max(self.start, at - _LIST) : at])[-1]
        things = _LIST_SIGN.split(before)
        by_commas = before.count("、") + (1 if before.endswith("、") else 2)
        members = by_commas if by_commas == values else len(things)
        known = 0
        if not things[-1] and "均" not in before:  # 亩均产值和税收: the first word is said of both
            for _, (start, _, ids, _) in reversed(self.slots):
                if len(ids) > 1 or text[start - 1] not in _LISTING:
                    break
                known += 1
        return members, known

    def _give(
        self,
        slot: tuple[str, Mention],
        value: Value,
        gap: Gap,
        verb: str,
        rule: str,
        confidence: float,
        like: Value | None = None,
    ) -> None:
        id, name = slot
        at = name[0]
        if self.region:
            prefix = read_prefix(self.region)
            clause = _clause(self.text, self.start, at) if self.text[at - 1] in _WITHIN else at
        else:
            prefix, clause = before_name(self.text, self.start, at)
        if not prefix.known:
            confidence = _less(confidence)
        parent = self.parent if at >= self.within else ""
        self.bindings.append(
            (id, name, value, gap, verb, like, self.left, prefix, clause, parent, rule, confidence)
        )
        segment = self.segment
        if (id, at) not in segment:
            if len(segment) == _MEMORY:
                del segment[next(iter(segment))]
            segment[id, at] = slot


def _governs(run: Sequence[Value]) -> bool:
    """分别增长5%和7%左右: a trailing qualifier on the last value alone governs the list."""
    *first, (_, _, last) = run
    return last.text.endswith(_TRAILING) and not any(q.approx or q.low != q.high for _, _, q in first)


def _leads(text: str, run: Sequence[Value]) -> bool:
    """分别超过8万元、4.5万元: so does one before the first value alone."""
    return run[0][2].text.startswith(_LEADING) and all(
        text[a[1] : b[0]] in _LISTING and b[2].low == b[2].high and not b[2].approx
        for a, b in itertools.pairwise(run)
    )
