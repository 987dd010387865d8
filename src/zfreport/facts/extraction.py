"""From a text and its numbers to facts: read, bind, measure, date. The one place where the rules of this package meet."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter, itemgetter

from attrs import field, frozen

from ..diagnostics import Code, Diagnostic, Severity
from ..quantities import Quantity, QuantityRole, find_quantities
from ..quantities.model import make_quantity
from ..quick import quick
from ..text import Span, span_of
from ..vocab import fold
from .additions import IN_ALL, goes_on_adding, is_added, is_total
from .ahead import may_lead
from .alike import ALIKE, retold
from .beside import is_beside, is_part, is_referent
from .binding import bind
from .bound import Binding, Mismatch, Value
from .clauses import REACH, Gap, Prefix
from .context import (
    DIGITS,
    WORDINGS,
    Surroundings,
    clause_start,
    find_modal,
    find_zones,
    modals,
    narrowed,
    own_level,
    own_region,
    tone_of,
    zone_in,
)
from .distribution import PIPES
from .filters import (
    SIZED,
    centre_before,
    is_anyway,
    is_sized,
    leaves_whole,
    model_before,
    named_part,
    noun_beside,
    place_before,
    school_before,
    scope_start,
    size_before,
    whole_word,
)
from .indicators import IndicatorTable, Mention, default_table
from .meaning import fits, measure
from .model import Bound, Fact, FactKind, Horizon, Modality, Target, Tier, Tone
from .ranks import Rank, find_ranks
from .reading import Reading
from .scope import governing_zone, has_zone_near, may_support, part_of_year, supported_member
from .signs import CUES, PARTS, RANKS, find_signs
from .stages import SUMS, is_of_its_own, may_tell, told_by
from .status import Status, find_statuses, sign_places
from .timeline import Clock, Sense, State, Years
from .traits import RATES, Traits

__all__ = ["Extraction", "Outline", "extract"]


@frozen
class Outline:
    """What the facts need to know of a report's tree, as flat arrays over the source."""

    roles: tuple[tuple[int, int, str], ...] = ()
    """Parts in order: start, end, role."""
    starts: tuple[int, ...] = field(default=(), repr=False)
    paths: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Titles above and at every place; ``paths[i]`` holds from ``starts[i]`` on, …"""
    ends: tuple[int, ...] = field(default=(), repr=False)
    """… and if they are given, up to ``ends[i]``: …"""
    above: tuple[int, ...] = field(default=(), repr=False)
    """… there ``paths[above[i]]`` goes on, which is empty for -1."""
    heads: frozenset[int] | None = field(default=None, repr=False)
    """Where paragraphs and headings begin and end; ``None`` to lay the lines out afresh."""
    level: str = ""
    """Whose report: state, province, city, county, …; empty if unknown."""
    region: str = ""
    """The name of its region, as 临江市; empty if unknown."""
    outside: tuple[tuple[int, int], ...] = ()
    """Stretches in order that are not said by the report: annexes, page furniture, another report."""

    def path(self, place: int) -> tuple[str, ...]:
        """Titles above *place*."""
        i = bisect_right(self.starts, place) - 1
        if ends := self.ends:
            while i >= 0 and ends[i] <= place:
                i = self.above[i]
        return self.paths[i] if i >= 0 else ()


@frozen
class Extraction:
    """Facts in text order, and what was noticed on the way."""

    facts: tuple[Fact, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


_new_fact: Callable[..., Fact] = quick(Fact)
_new_target: Callable[..., Fact] = quick(Target)

# Named here once: to get a member from its class takes Python 3.11 as long as five comparisons.
_VALUE = QuantityRole.VALUE
_ACTUAL, _ESTIMATED, _TARGET = Modality.ACTUAL, Modality.ESTIMATE, Modality.TARGET
_YEAR, _PERIOD = Horizon.YEAR, Horizon.PERIOD
_RATIO, _DIFFERENCE, _SHARE = FactKind.RATIO, FactKind.DIFFERENCE, FactKind.SHARE
_GROWTH, _CHANGE = FactKind.GROWTH, FactKind.CHANGE
_ABOUT, _RANGE, _POINT, _AT_MOST = Bound.ABOUT, Bound.RANGE, Bound.POINT, Bound.AT_MOST
_BASE, _STRETCH = Tier.BASE, Tier.STRETCH
_NEUTRAL = Tone.NEUTRAL
# 与2015年相比，…: said of all that follows
_THAN_YEAR = re.compile(
    r"[与和同跟](?P<than>(?:19|20)\d\d年|[上去]年|“?[十六七八九][一二三四五]?五”?期?末)相比(?=[^;]*$)"
)
_FAR = 120
"""How far before a name it is looked for."""
# 较“十三五”同期, 比上一个五年
_FIVE_BEFORE = re.compile(r"五”?(?:同期|时期|期间)(?!末)|[上前]一?个?五年")
_OF_YEAR = frozenset("同环上去")
"""In 同比, 环比, 比上年, 比去年: said of one year."""
_SUMS = frozenset(("%", "元", "美元", "倍"))
"""Units of what is no number of things."""
_UNTOLD = RATES | {"元", "美元", "吨"}
"""Units of what has no stage or class of its own."""

_BY_FIRM = frozenset("家户")
_NEWLY = frozenset(("market_entities", "hightech_firms", "tech_smes"))
_REGISTERED = re.compile(r"新(?:登记|设立?|注册|增)")
# A part of a year has one of these in its name.
_SEASON = re.compile(r"[季月半](?:(?<=[季月])|年)")


_INSURED = ("城乡居民", "城镇居民", "城镇职工")
_CUTS = {**dict.fromkeys(("压减", "减少", "削减", "压缩", "缩减", "核减"), "down"), "增加": "up"}

# 城乡居民收入比2010年翻一番: no ratio of two incomes, but what they are compared with
_GAP_OF_INCOME = ("income_ratio",)
_THAN_THEN = re.compile(
    r"比(?=(?:19|20)\d\d年|上年|去年|“?十[一二三四五六]五|“?[六七八九]五”?[末期时]|同期|全[国省市])"
)
_AREA = ("grain_area",)
_PROJECTS = ("key_project_count",)
_RETOLD = ALIKE | {_AREA, _GAP_OF_INCOME, _PROJECTS}
"""Names that mean one thing here and another there, or have another beside them."""
_ids_of = itemgetter(2)
"""Of a `Mention`."""
# 粮食播种面积60万亩、产量26万吨; 粮食播种面积和产量
_OUTPUT = re.compile(
    r"[^;。\n]{0,30}?[,、和及与](?:实现|力争|确保|预计)?(?P<name>(?:年总|总|年)?产量?)(?=[\d达保稳突超实分完增力目]|[^,;。\d]{0,3}(?:在|到)|[和、任])"
)


def _written(q: Quantity, text: str) -> Quantity:
    """*q* in other characters."""
    return make_quantity(
        q.span, text, q.low, q.high, q.low_closed, q.high_closed, q.approx, q.unit, q.kind, q.role, q.parts, q.scale,
        q.rule, q.confidence,
    )  # fmt: skip


# 实施省市重点项目25个，总投资111亿元，当年完成投资37亿元; 推进129个重大项目建设，完成年度投资300亿元
_INVESTED = re.compile(
    r"(?<=项目)(?<!以上项目)(?<!开工项目)”?(?:建设|加快建设)?(?:[\d.]+[余多]?[个项](?:以上|左右)?)?"
    r"(?:[,、](?:计划)?总投资[^,、;。\n]{2,12})?(?:[,、](?:开工率[^,、;。\n]{2,8}|[^,、;。\n\d]{2,6}[\d.]+[个项](?:以上|左右)?))?"
    r"[,、](?:当年|年内|今年|全年|累计|已|共|力争|确保|预计|计划|年度)*(?P<name>(?:完成(?:年度)?|年度)投资)(?=(?:达到?|突破|超过?|约|近)?\d)"
)


def _with_invested(text: str, names: list[Mention], end: int) -> list[Mention]:
    """*names* with what was invested in the projects that were counted."""
    invested = [
        Mention(*m.span("name"), ("key_project_invest",), "")
        for start, stop, ids, _ in names
        if ids == _PROJECTS
        and text[start - 1] != "等"
        and (m := _INVESTED.match(text, stop, end)) is not None
        and text.find("元以上", max(0, start - 6), start) < 0
    ]
    return sorted((*names, *invested)) if invested else names


def _with_output(text: str, names: list[Mention], end: int) -> list[Mention]:
    """*names* with the output of grain, whose head is left out behind its area."""
    out = []
    for name, after in zip(names, [*(n.start for n in names[1:]), end], strict=True):
        out.append(name)
        if name.ids == _AREA and (m := _OUTPUT.match(text, name.end, after)) is not None:
            out.append(Mention(*m.span("name"), ("grain_output",), ""))
    return out


# 114项重大项目开工建设, 92项重大项目实现竣工
_STAGE_BEHIND = re.compile(
    r"(?:已|全部|陆续|相继|集中|顺利|如期|成功|实现)*(开工(?!率)|竣工|建成|投产|投用|签约|落地)(?!后|的)"
)
# 已有县级医院30所, 拥有院士12位, 在石桥两院院士12位: so it was in the end
_HAS = re.compile(r"[已现共拥]经?有(?![效关量])|^在[\u4e00-\u9fff]{1,3}(?:工作)?(?:的?两院|“两院”)?$")
_AIM = re.compile(r"(?:[和、][\d.]{1,6}%?)?的(?:年度|全年|预期|年初|既定|省定|市定){0,2}(?:目标|要求|任务)")
_COUNTY = 3
"""What `own_level` says of a county: no other has it for its region."""
# 就业预期目标比去年多100万人: said of the target
_AIM_COMPARED = re.compile(r"(?:增长|增速|涨幅)?(?:的|预期|年度)?目标值?(?:比|较)(?:去年|上年|上一年)")
_SET_ABOVE = re.compile(
    r"[家里级标照准接](?:(?<=国家|[省市]里|上级)(?:今年|20\d\d年)?(?:确定|提出|下达|明确|安排|设定)的?(?:今年|20\d\d年)?(?:全[国省市区])?(?:的)?$"
    r"|(?<=对[标照接]|瞄准)(?:国家|全国|全省|全市|省|市)(?:的)?$)"
)
_ON_BASE = re.compile(r"的(?:较?高|较大)?(?:基础之?|基数(?:的?基础)?之?)上")
# （上年增长5.2%）; ，去年完成5200人; but 比去年, 在去年基础上
_ASIDE = re.compile(
    r"(?:[(（](?:[上去]年|(?P<year>20\d\d)年)|(?:[,，;；:：。\n]|(?<=总值|总额|收入|投资|加值|就业|能耗|价格|涨幅|增速|业率))[上去]年)"
    r"(?!的?(?:基础|水平|同期|基数)|[^()（）]{0,12}[至到—-])[^()（）,，;；:：。\d]{0,16}$"
)
# 控制在4.5%的省定目标以内
_WITHIN = re.compile(
    r"的[\u4e00-\u9fff]{0,6}?(?:目标|标准|水平|红线|上限|指标|要求|控制线|幅度)(?:(?:范围)?[以之]?内|(?:范围)?以下)"
)
# 经济总量超500亿元的县域增至12个: what tells the counties that are counted
_KIND_OF = re.compile(r"的(?:县|乡|镇|村|企业|园区|产业|集群|项目|单位|街道|家庭)")
_OF_REGION = frozenset(("属", "级", "直", "本级"))
"""云溪市属国有企业: of the region, and a part of it."""
# 瞪羚、独角兽企业5家: of firms, several kinds are counted together
_FIRMS = frozenset(
    (
        "hightech_firms", "tech_smes", "specialized_sme", "little_giant", "mfg_champion", "unicorn",
        "listed_companies", "agri_leading_firms", "coops",
    )
)  # fmt: skip
_JOINS = frozenset("和及与")
_GOES_ON = frozenset("和、的")
"""Behind a value: what it is said of, or that it is not what was."""
_OF_PARTS = frozenset(("distribution-parts", "stages"))
"""Rules that tell of which part a value is."""
_ALONE = frozenset(("direct", "carried", "two-measures"))
"""Rules that give a value to one name only."""
# 增长保8争9: percent, though nothing says so; 保5争3 is of ranks.
_RUNGS = re.compile(r"保(\d{1,2}(?:\.\d)?)%?[、,]?力?争(\d{1,2}(?:\.\d)?)(?=[,;:。、\n)%])")
_CLAUSE = re.compile(r"[^,;:。\n]{0,60}")
_DIGIT = re.compile(r"\d")


def extract(
    source: str,
    quantities: Sequence[Quantity],
    outline: Outline = Outline(),
    years: Years = Years(),  # noqa: B008
    *,
    start: int = 0,
    end: int | None = None,
    table: IndicatorTable | None = None,
) -> Extraction:
    """
    The facts of ``source[start:end]``.

    *quantities* are those of the source, in order. Without an *outline* everything is read as done until a sentence
    that opens a list of targets.

    >>> text = "地区生产总值增长6%左右，城镇登记失业率控制在4.5%以内。"
    >>> [(f.indicator, str(f.bound)) for f in extract(text, find_quantities(text)).facts]
    [('gdp', 'about'), ('unemployment_registered', 'at_most')]
    """
    return _Extractor(source, quantities, outline, years, start, end, table or default_table()).run()


class _Here:
    """The sentence under the lens; what costs is worked out when it is first asked for."""

    __slots__ = (
        "_around",
        "_owner",
        "_sense",
        "_told",
        "aims",
        "asked",
        "dated",
        "governed",
        "names",
        "number",
        "path",
        "quiet",
        "ranked",
        "seasonal",
        "sentence",
        "shift",
        "sized",
        "span",
        "valued",
    )

    def __init__(self, owner: _Extractor, number: int, names: Sequence[Mention], asked: bool) -> None:
        text, reading = owner.text, owner.reading
        self._owner = owner
        self._around: Surroundings | None = None
        self._sense: Sense | None = None
        self.sentence = start, end = owner.sentences[number]
        self.number = number
        self.names = names
        self.asked = asked
        """Whether its names may have another answer than a value."""
        self.valued: set[int] = set()
        """Where the names stand that got a value, if it matters."""
        last = end - 1 if text[end - 1] == "\n" else end
        self.shift = shift = reading.shift(start, last)
        """How far ahead the source is, if it has all of the sentence in one piece."""
        if shift is not None:
            self.span = span_of((start + shift, last + shift))
            self.path = path = owner.outline.path(names[0][0] + shift)
        else:
            self.span = reading.span(start, last)
            self.path = path = owner.outline.path(reading.at(names[0][0]))
        told = parts = ranked = dated = False
        if signs := find_signs(text, start, end):
            told = not CUES.isdisjoint(signs)
            parts = not PARTS.isdisjoint(signs)
            ranked = not RANKS.isdisjoint(signs)
            dated = "年" in signs
        self._told = told
        self.dated = dated
        """Whether it names any time by its years."""
        self.ranked = ranked
        """Whether a place among others may be stated."""
        self.aims = text.find("目标", start, end) >= 0
        """Whether a target is called so."""
        self.seasonal = parts and _SEASON.search(text, start, end) is not None
        """Whether a part of a year is named anywhere."""
        self.sized = parts and SIZED.search(text, start, end) is not None
        """Whether anything is told by its size."""
        self.governed = governed = bool(owner.zones) and has_zone_near(text, start, end, owner.zones)
        """Whether a zone may be spoken of that was named before."""
        self.quiet = not (
            parts
            or governed
            or (path and zone_in(path[-1]))
            or (owner.region and owner.level < _COUNTY and may_support(text, start, end))
        )
        """Whether no name can be one of a part, but for the words before it in its clause."""

    @property
    def sense(self) -> Sense:
        if self._sense is None:
            self._sense = self._owner.clock.hear(self.number, *self.sentence, self._told)
        return self._sense

    @property
    def around(self) -> Surroundings:
        if self._around is None:
            owner = self._owner
            title = self.path[-1] if self.path else ""
            self._around = Surroundings(
                owner.text, *self.sentence, self.names, owner.zones, owner.level, title
            )
        return self._around


def _mismatch(odd: Mismatch, place: Span) -> Diagnostic:
    """Values that were given to no names: as many as there are things, or not."""
    if odd.names == odd.values:
        message = f"{odd.values} values, and not all of their names are known"
        return Diagnostic(Code.DISTRIBUTION_MISMATCH, Severity.INFO, place, message)
    message = f"{odd.names} {'name' if odd.names == 1 else 'names'} and {odd.values} values"
    return Diagnostic(Code.DISTRIBUTION_MISMATCH, Severity.WARNING, place, message)


def _is_counted(moved: bool, comparator: str, gap: Gap, verb: str, unit: str) -> bool:
    """Whether a value is of all the years that its sentence speaks of, if of several."""
    if moved:  # 增长3倍, 提高5个百分点: over all of them, unless one is named to measure from
        year = comparator and not _FIVE_BEFORE.search(comparator)
        return not (year or _OF_YEAR.intersection(gap.basis))
    # 投入140亿元，占财政支出的87%: a share of a sum is of its years
    return bool(gap.whole) or (not verb and unit not in _SUMS)


class _Extractor:
    def __init__(
        self,
        source: str,
        quantities: Sequence[Quantity],
        outline: Outline,
        years: Years,
        start: int,
        end: int | None,
        table: IndicatorTable,
    ) -> None:
        self.table = table
        self.traits = table.traits
        self.outline = outline
        self.reading = Reading.of(source, start, end, heads=outline.heads, outside=outline.outside)
        self.text = self.reading.text
        self.bounds = self.reading.bounds()
        self.sentences = list(pairwise(self.bounds))
        self.values = self._values(quantities)
        index = self.reading.index
        roles = [(index(start), index(end), role) for start, end, role in outline.roles]
        self.clock = Clock(self.text, self.bounds, roles, years)
        self.region = fold(outline.region)
        self.level = own_level(self.text, outline.level, self.region)
        # in a zone's own report the zone is the whole
        self.zones = [] if outline.level == "zone" else find_zones(self.text)
        self.placed = self._placed()
        """The numbers of sentences in which something has a place among others, 全省第三."""
        self.noticed: list[tuple[int, Diagnostic]] = []
        """By the number of their sentence."""

    def _values(self, quantities: Sequence[Quantity]) -> list[Value]:
        values = self._printed(quantities)
        if rungs := [m for m in _RUNGS.finditer(self.text) if Decimal(m[1]) < Decimal(m[2])]:
            taken = {start for start, _, _ in values}
            for m in rungs:
                for place in (1, 2):
                    if m.start(place) not in taken:
                        percent = find_quantities(f"{m[place]}%")[0]
                        values.append((*m.span(place), percent))
            values.sort(key=itemgetter(0))
        return values

    def _printed(self, quantities: Sequence[Quantity]) -> list[Value]:
        values = self.reading.placed([q for q in quantities if q.role is _VALUE])
        return self._mended(values) if self.reading.broken else values

    def _mended(self, values: Sequence[Value]) -> list[Value]:
        """*values* with those of broken lines read again, 增长6%左⏎右, and the others as they are written here."""
        text, place = self.text, self.reading.at
        bounds = self.reading.mended()
        ahead, passed = iter((*bounds, sys.maxsize)), 0
        bound = next(ahead)
        mended: list[Value] = []
        for value in values:
            start, end, q = value
            while bound <= start:
                bound = next(ahead)
                passed += 1
            if passed & 1:
                continue  # read again
            written = text[start:end]
            if written != q.text or len(written) == 1:
                if place(start) != q.span[0]:
                    continue  # left out here: a single character stands where it would
                if written != q.text:
                    value = (start, end, _written(q, written))
            mended.append(value)
        for first, last in zip(bounds[::2], bounds[1::2], strict=True):
            for q in find_quantities(text[first:last]):
                if q.role is _VALUE:
                    start, end = q.span
                    mended.append((first + start, first + end, q))
        mended.sort(key=itemgetter(0))
        return mended

    def run(self) -> Extraction:
        # Stage by stage and not sentence by sentence: the code of a stage stays in the processor's cache.
        text, traits = self.text, self.traits
        worded = self._worded()
        named = self._named(worded)
        bound = [
            bind(text, self.sentences[number][0], names, values, traits) for number, names, values in named
        ]
        self._look_back(named, bound)
        listed = self.clock.listed
        answering = worded | listed  # where a name may have another answer than a value
        stated = []
        for (number, names, values), (bindings, mismatches) in zip(named, bound, strict=True):
            asked = number in answering
            if bindings or mismatches or asked or number in self.placed:
                stated.append((_Here(self, number, names, asked), values, bindings, mismatches))
        senses = [here.sense if bindings else None for here, _, bindings, _ in stated]
        facts: list[Fact] = []
        for (here, _, bindings, _), sense in zip(stated, senses, strict=True):
            if sense is not None:
                self._bound(here, sense, bindings, facts)
        for here, values, bindings, mismatches in stated:
            if here.ranked and (bindings or here.number in self.placed):
                for rank in find_ranks(text, *here.sentence, bindings, here.names):
                    facts.append(self._rank_fact(rank, here))
            for odd in mismatches:
                self._notice(here, _mismatch(odd, self.reading.span(odd.start, odd.end)))
            if here.number in worded:
                facts += self._worded_only(here)
            if values and here.number in listed:
                facts += self._unread(here, values)
        facts.sort(key=attrgetter("span"))
        self.noticed.sort(key=itemgetter(0))  # stable
        return Extraction(tuple(facts), tuple([odd for _, odd in self.noticed]))

    def _look_back(
        self,
        named: Sequence[tuple[int, list[Mention], list[Value]]],
        bound: Sequence[tuple[list[Binding], list[Mismatch]]],
    ) -> None:
        """税收增长4%。其中，工业税收增长7%。: the parts of what the sentence before spoke of last."""
        text, sentences = self.text, self.sentences
        for i in range(1, len(named)):
            number = named[i][0]
            start = sentences[number][0]
            if not text.startswith("其中", start) or named[i - 1][0] != number - 1 or text[start - 1] == "\n":
                continue
            before, (bindings, _) = bound[i - 1][0], bound[i]
            for j, (id, name, value, gap, verb, like, left, prefix, clause, parent, rule, sure) in enumerate(
                bindings
            ):
                if (
                    parent
                    or not before
                    or not is_part(id, of := before[-1][0])
                    or (id == of and prefix.known)
                ):
                    break
                bindings[j] = (id, name, value, gap, verb, like, left, prefix, clause, of, rule, sure)

    def _notice(self, here: _Here, odd: Diagnostic) -> None:
        self.noticed.append((here.number, odd))

    def _named(self, worded: set[int]) -> list[tuple[int, list[Mention], list[Value]]]:
        """The sentences that may state something: their number, names and values."""
        find, text, values, bounds = self.table.mentions, self.text, self.values, self.bounds
        entire = worded | self.placed  # read to their ends, and with no value too
        held: dict[int, list[Value]] = {number: [] for number in entire}
        j, many = 0, bisect_left(values, (bounds[-1],))
        while j < many:
            first = j
            number = bisect_right(bounds, values[first][0]) - 1
            j = bisect_left(values, (bounds[number + 1],), first)
            held[number] = values[first:j]
        out = []
        for number in sorted(held):
            mine = held[number]
            start, end = bounds[number], bounds[number + 1]
            if number not in entire:
                # behind the last value no name can have one, but in 新增26家规上工业企业、10家高新技术企业
                last = mine[-1]
                if not may_lead(text, start, last):
                    end = last[1]
            names = find(text, start, end)
            if names:
                if not _RETOLD.isdisjoint(map(_ids_of, names)):
                    names = self._retold(names, start, bounds[number + 1])
                out.append((number, names, mine))
        return out

    def _retold(self, names: list[Mention], start: int, end: int) -> list[Mention]:
        """*names* of the sentence ``text[start:end]``, those of `_RETOLD` as they are meant there."""
        text, find = self.text, self.table.mentions
        names = retold(text, start, names)
        if _AREA in map(_ids_of, names):
            names = _with_output(text, names, end)
        if _PROJECTS in map(_ids_of, names):
            names = _with_invested(text, names, end)
        return [
            m
            for n in names
            for m in (
                find(text, n.start, n.end - 1)
                if n.ids == _GAP_OF_INCOME and _THAN_THEN.match(text, n.end - 1)
                else (n,)
            )
        ]

    def _placed(self) -> set[int]:
        text = self.text
        found = set()
        at = text.find("第")
        while at >= 0:
            if text[at - 2] == "全" and at > 1:
                found.add(bisect_right(self.bounds, at) - 1)
            at = text.find("第", at + 1)
        return found

    def _worded(self) -> set[int]:
        """Sentences about the future that may set a target in words."""
        ahead = self.clock.ahead
        if not ahead:
            return set()
        bounds = self.bounds
        places = sign_places(self.text, bounds[ahead[0]], bounds[ahead[-1] + 1])
        signed = {bisect_right(bounds, i) - 1 for i in places}
        return (signed | self.clock.listed).intersection(ahead)

    def _worded_only(self, here: _Here) -> Iterator[Fact]:
        valued = here.valued
        listed = here.number in self.clock.listed
        for status in find_statuses(self.text, *here.sentence, here.names, valued, listed):
            state = here.sense.state(status.start)
            if state.modality is Modality.TARGET:
                valued.update(name.start for name in status.names)
                yield from self._status_facts(status, here, state)

    def _is_of_others(self, name: Mention, end: int, values: Sequence[Value]) -> bool:
        """进出口实绩企业100家: what is counted is not what is named."""
        # of a long sentence only those are looked at
        first, stop = (bisect_left(values, at, key=itemgetter(0)) for at in (name.end, end))
        return first < stop and all(
            q.kind == "count" and not any(fits(self.traits[id], q) for id in name.ids)
            for _, _, q in values[first:stop]
        )

    def _unread(self, here: _Here, values: Sequence[Value]) -> Iterator[Fact]:
        """Names in a list of targets that a number follows and that got none: no guess, and a word about it."""
        start, end = here.sentence
        ends = [*(n.start for n in here.names[1:]), end]
        for name, stop in zip(here.names, ends, strict=True):
            if name.start in here.valued or not name.ids or self.traits[name.ids[0]].family:
                continue
            clause = _CLAUSE.match(self.text, name.end, stop)
            if clause is None or not _DIGIT.search(clause[0]) or is_referent(self.text, start, name.start):
                continue
            if _AIM_COMPARED.match(self.text, name.end):
                continue
            if _SET_ABOVE.search(self.text, max(start, name.start - 24), name.start):
                continue
            if is_beside(self.text, start, name) or self._is_of_others(name, clause.end(), values):
                continue
            state = here.sense.state(name.start)
            place = self.reading.span(name.start, clause.end())
            message = f"{self.text[name.start : name.end]} is named and its value could not be read"
            self._notice(here, Diagnostic(Code.TARGET_UNPARSED, Severity.WARNING, place, message))
            yield Target(
                indicator=name.whole or name.ids[0],
                name=self.text[name.start : name.end],
                kind=None,
                bound=Bound.UNPARSED,
                wording=clause[0],
                modality=state.modality,
                horizon=state.horizon,
                period=state.period,
                span=place,
                sentence_span=here.span,
                path=here.path,
                rule="unparsed",
                confidence=0.3,
            )

    def _filter(
        self, id: str, name: Mention, here: _Here, state: State, at: int, prefix: Prefix | None = None
    ) -> str:
        """What narrows a name, less the report's own region: 云溪县地区生产总值 in the report of 云溪县 is all there is."""
        filter = self._narrowing(id, name, here, state, at, prefix)
        region = self.region
        if not filter or len(region) < 2 or region[:-1] not in filter:
            return filter
        _, own, part = filter.partition(region)
        if own:
            return filter if part in _OF_REGION else part
        return "" if filter == region[:-1] else filter

    def _narrowing(
        self, id: str, name: Mention, here: _Here, state: State, at: int, prefix: Prefix | None = None
    ) -> str:
        text, sentence, start = self.text, here.sentence[0], name.start
        listed = state.listed
        if here.sized and (size := size_before(text, sentence, start, name.end)):
            return size
        traits = self.traits[id]
        if here.seasonal:
            far = not listed and traits.governed
            if part := part_of_year(text, sentence, at, far=far, sums=traits.sums):
                return part
        if traits.family:  # told apart by the printed name, and no total of anything
            # but 民主法治示范村 and 垃圾分类示范村 are printed as the bare name
            kind = prefix.rest if prefix is not None and text[start : name.end] == "示范村" else ""
            return model_before(kind)
        if traits.schools and (school := school_before(text, start)):
            return school
        if prefix is not None:
            if prefix.rest and not listed and traits.aggregate:
                return prefix.rest
            if prefix.rest and traits.whole and not leaves_whole(prefix.rest, self.region):
                return prefix.rest
            if traits.centred and (centre := centre_before(text, sentence, start)):
                return centre
            if listed and not prefix.filter and not prefix.region:
                return ""  # a list of targets is the region's own
        if prefix is not None and here.quiet:
            filter = narrowed(prefix, self.level)
        else:
            filter = here.around.filter(name, prefix)
        if filter and is_anyway(id, filter):
            filter = ""
        if not filter and here.governed and traits.aggregate and state.modality is not _TARGET:
            # 双城经济圈建设走深走实，经济总量超9万亿元: of more than the region, or less
            zones = self.zones[bisect_left(self.zones, (sentence, 0)) : bisect_left(self.zones, (start, 0))]
            zone = governing_zone(text, start, sentence, zones, self.region, self._path) if zones else ""
            filter = zone if zone == "经济圈" else ""
        if (
            filter
            or listed
            or state.modality is not _TARGET
            or (prefix is not None and prefix.region)
            or here.quiet
        ):
            return filter
        zone = supported_member(text, start, sentence, self.region)
        if not zone and not here.governed:
            return filter
        zone = zone or governing_zone(text, start, sentence, self.zones, self.region, self._path)
        if zone:
            place = self.reading.span(start, max(at, name.end))
            message = (
                f"{text[start : name.end]} may be of the {zone} before it, and is no target of the region"
            )
            self._notice(here, Diagnostic(Code.TARGET_UNPARSED, Severity.INFO, place, message))
        return zone

    def _path(self, index: int) -> tuple[str, ...]:
        return self.outline.path(self.reading.at(index))

    def _bound(self, here: _Here, sense: Sense, bindings: Sequence[Binding], facts: list[Fact]) -> None:
        """Add what the values of a sentence say of the names they were given to."""
        text, traits_of = self.text, self.traits
        first, quiet, shift, still = here.sentence[0], here.quiet, here.shift, sense.still
        proof, path = here.span, here.path
        if still is not None:
            now, how_long, years, _, _ = still
        together: Mention | None = None  # the last of several that have one amount
        for id, mention, value, gap, verb, like, left, prefix, clause, parent, rule, confidence in bindings:
            if mention is together:
                continue
            start, end, _, _ = mention
            at, stop, q = value
            name = text[start:end]

            # whose value it is
            if gap.whole or gap.per_head:
                id = self._of(id, gap)
            traits = traits_of[id]
            if q.unit.symbol not in traits.units and not fits(traits, q):
                continue
            if parent and rule == "carried" and IN_ALL.search(text, left, at) is not None:
                continue  # 新增企业5家，其中高新技术企业3家，总数达到120家: of the whole, or of the part?

            # what it measures
            does = verb
            if opens := clause == start:  # as most names do
                before = ""
            else:
                before = text[clause : start if start < at else at]  # 力争完成6条道路
                if not verb:  # 压减粗钢产量20万吨: what was taken away
                    does = _CUTS.get(before[-2:], "")
            flow = (traits.grows or traits.built) and (
                (
                    (not opens or name[0] == "新")
                    and is_added(text, clause, end, traits.built)
                    and not is_total(text, left, at, q.text, rule == "carried")
                )
                or (
                    traits.grows
                    and at == end
                    and q.unit.symbol in _BY_FIRM
                    and goes_on_adding(text, first, clause, start)
                )
            )
            if text[at - 1] == "善" and text[at - 2] == "改":  # PM2.5浓度改善16.5% is a fall
                does = traits.rising
            meant = measure(traits, name, q, None if like is None else like[2], gap, does, flow)
            if meant is None:
                continue
            kind, low, high, low_closed, high_closed, bound, unit = meant
            if kind is _SHARE and id in self.table.parts and (not gap.whole or gap.whole.endswith("支出")):
                id = self.table.parts[id]  # 民生支出80亿元、占比82%; 占总支出的82%
                traits = traits_of[id]

            # of which time
            comparator = gap.comparator
            if still is not None and "年" not in gap.basis:
                modality, horizon, period, state = now, how_long, years, still
            else:
                moved = kind is _GROWTH or kind is _CHANGE or unit == "倍"
                if moved and not comparator and not sense.plain and "均" not in gap.basis:
                    comparator = self._than(first, start)
                counted = not sense.plain and _is_counted(moved, comparator, gap, verb, unit)
                # 由20亿元增加到30亿元: so it was in the end
                state = sense.state(stop, gap.basis, counted, kind in traits.standing or verb == "to")
                modality, horizon, period, _, _ = state
                if (
                    horizon is _PERIOD
                    and (sense.plain or not moved)
                    and (IN_ALL.search(text, left, at) or _HAS.search(before))
                ):  # 五年累计净增155户、总量达474户
                    horizon, period = _YEAR, self.clock.period(modality, _YEAR)
            after = text[stop : stop + 1]
            if after == "(" and modality is _ACTUAL and text.startswith("(预计", stop):
                modality = _ESTIMATED  # 增长5%左右（预计，下同）

            # whether it is said of the name, or only named
            if here.aims and _AIM_COMPARED.match(text, end):
                continue  # 就业预期目标比去年多100万人
            if modality is _TARGET:
                if kind is _DIFFERENCE:
                    continue  # 高于全省平均1个百分点 is a relative target; `find_statuses` has it
                if not opens and _SET_ABOVE.search(text, max(first, start - 24), start):
                    continue  # 国家确定的经济增长预期目标为5%
                if (
                    here.dated
                    and text.find("年", near := max(first - 1, at - 28), at) >= 0
                    and (m := _ASIDE.search(text, near, at))
                ):  # 增长6%（上年增长5.2%）
                    if "目标" in m[0] or "预期" in m[0]:
                        continue
                    if not m[1] or int(m[1]) < (self.clock.years.plan or 0):
                        modality, horizon = _ACTUAL, _YEAR
                        period = m[1] or self.clock.period(modality, horizon)
            within = ""
            if after in _GOES_ON:
                if modality is not _TARGET and _AIM.match(text, stop):
                    continue  # 超额完成下降6.5%和5.5%的年度目标: what was to be, not what was
                if after == "的":
                    # 在去年增长10%的基础上再增长12%: the first is what was
                    if _KIND_OF.match(text, stop) or _ON_BASE.match(text, stop):
                        continue
                    if bound is _POINT and low is not None and low > 0 and (m := _WITHIN.match(text, stop)):
                        low, low_closed, bound = None, None, _AT_MOST
                        stop, within = m.end(), m[0]
            if kind is _RATIO and self._is_undated(id, q, verb, state):
                self._cannot_say(here, name, start, stop)
                continue

            # how firmly
            if (
                bound is _POINT
                and gap.toneless
                and like is None
                and (opens or (rule == "direct" and find_modal(before) is None))
            ):
                wording, tone = "", _NEUTRAL  # a point has no such word in it
            elif low is None and high is None:  # a ratio of three has no one number: its words are the value
                wording = q.text
                tone = tone_of(wording, False)
            else:
                tail = like[2].text.strip(DIGITS) if like is not None and like is not value else ""
                wording, tone, tone_if_loose = WORDINGS[
                    before, text[left:at], q.text.strip(DIGITS) + within, tail
                ]
                if bound is _ABOUT or bound is _RANGE:
                    tone = tone_if_loose

            # of what part
            filter = part = ""
            if opens:
                if not quiet or prefix.region:
                    filter = self._filter(id, mention, here, state, at, prefix)
            else:
                begins = self._begins(id, traits, prefix, unit, rule, clause, start, first)
                if begins != start:
                    if begins < 0:
                        together = mention
                        continue  # 文化产业和旅游收入达到200亿元 are so much together
                    start = begins
                    name = text[start:end]
                elif traits.family and unit not in RATES and (prefix.rest or prefix.filter):
                    part = place_before(prefix.rest or prefix.filter)
                if (  # 新登记经营主体2万户、增长13%: more than last year
                    kind is _GROWTH
                    and traits.grows
                    and (m := _REGISTERED.search(before)) is not None
                    and (m[0] != "新增" or id in _NEWLY)
                    and not is_total(text, end, at, "", True)
                ):
                    filter = before[m.start() :]
                elif not (quiet and prefix.plain) or traits.centred or traits.schools:
                    filter = self._filter(id, mention, here, state, at, prefix)
            if rule in _OF_PARTS:
                filter = prefix.filter + (filter if is_sized(filter) else "")
            # 开工项目, 亿元以上项目; 春节期间，接待游客
            elif (unit not in _UNTOLD or id in SUMS) and (
                name[0] in "开亿接旅城" or (not opens and (start > at or may_tell(id, before)))
            ):
                filter = self._told(id, clause, start, first, filter)
            if rule == "ahead" and id == "key_project_count" and (m := _STAGE_BEHIND.match(text, end)):
                filter = m[1] + filter
            if name[0] in "农城省市县州区自国":
                part = named_part(id, name, self.level)
            elif id == "key_project_invest" and name[0] in "完年":  # 实施市级重大项目8个，完成投资9亿元
                for of, _, ids, _ in here.names:
                    if ids == _PROJECTS and of < start:
                        filter = told_by(*_PROJECTS, text, first, clause_start(text, first, of), of)
                        part = named_part(id, text[of : of + 4], self.level)
            if part and (not filter or is_of_its_own(filter)):
                filter += part  # 谋划新建城区学校, 引进省市重点项目
            if here.asked and not gap.after_words:
                self._answer(here, mention, rule)

            a, z = (start, stop) if start < at else (at, end)
            facts.append(
                (_new_target if modality is _TARGET else _new_fact)(
                    id,
                    name,
                    kind,
                    low,
                    high,
                    low_closed,
                    high_closed,
                    bound,
                    unit,
                    wording,
                    modality,
                    horizon,
                    period,
                    gap.basis,
                    comparator or gap.whole,
                    # 增长6%、力争7%; 保持稳定增长、力争达到3%
                    _STRETCH if gap.stretch and (rule == "carried" or gap.after_words) else _BASE,
                    tone,
                    filter,
                    parent,
                    self.reading.span(a, z) if shift is None else span_of((a + shift, z + shift)),
                    proof,
                    path,
                    rule,
                    confidence,
                )
            )

    def _than(self, first: int, start: int) -> str:
        """The year that a name at *start* is measured against: 与2015年相比，…."""
        text = self.text
        near = max(first, start - _FAR)  # a sentence without end stays linear
        m = _THAN_YEAR.search(text[near:start]) if text.find("相比", near, start) > 0 else None
        return m["than"] if m is not None else ""

    def _begins(
        self,
        id: str,
        traits: Traits,
        prefix: Prefix,
        unit: str,
        rule: str,
        clause: int,
        start: int,
        first: int,
    ) -> int:
        """
        Where the words begin that tell what a name at *start*, in the midst of its clause, measures.

        -1 if it shares its amount with an unknown noun beside it, so that neither is said to be that.
        """
        text, before = self.text, self.text[start - 1]
        if id == "pipelines" and (m := PIPES.search(text, max(first, start - REACH), start)) is not None:
            return m.start()  # 改造燃气、供水、|排水管网800公里
        if (
            (before in _JOINS or (id in _FIRMS and before in "、级上家省"))
            and rule in _ALONE
            and unit not in RATES
            and (other := noun_beside(text, start, first))
        ):
            return start - len(other) if traits.family else -1
        if (
            traits.pattern
            and (what := prefix.rest)
            and not prefix.filter
            and text.endswith(what, clause, start)
        ):  # 规上企业研发覆盖率: a rate of nothing without it
            return whole_word(text, clause, start - len(what))
        if traits.family and rule not in _OF_PARTS and (unit in RATES or id == "enterprises_registered"):
            return scope_start(text, prefix, unit, clause, start)  # 县城污水处理率 is told by its name too
        return start

    @staticmethod
    def _answer(here: _Here, name: Mention, rule: str) -> None:
        """Note that *name* got a value."""
        first, end, _, _ = name
        here.valued.add(first)
        if rule == "shared":  # 中小学和幼儿园12所 is one name
            names = here.names
            inside = names[bisect_left(names, (first + 1,)) : bisect_left(names, (end,))]
            here.valued.update([n.start for n in inside])

    def _told(self, id: str, clause: int, start: int, first: int, filter: str) -> str:
        """*filter* with the stage and the class that the words before a name at *start* give it."""
        if filter and not is_sized(filter):
            return filter
        if self.text.startswith("开工", start):  # 开工项目
            start += 2
        elif self.text.startswith(_INSURED, start):  # 城乡居民医疗保险参保率
            start += 4
        return told_by(id, self.text, first, clause, start) + filter

    def _is_undated(self, id: str, q: Quantity, verb: str, state: State) -> bool:
        """生产总值翻一番 without a year: no region's sum doubles in one, and which years are meant is not said."""
        return (
            q.kind == "multiple"
            and verb != "times"
            and state.modality is _TARGET
            and state.horizon is _YEAR
            and not state.dated
            and self.traits[id].aggregate
        )

    def _cannot_say(self, here: _Here, name: str, start: int, end: int) -> None:
        message = f"{name} is named and its value could not be read"
        place = self.reading.span(start, end)
        self._notice(here, Diagnostic(Code.TARGET_UNPARSED, Severity.WARNING, place, message))

    def _rank_fact(self, rank: Rank, here: _Here) -> Fact:
        id, name, (at, _, q), _, _, _, _, prefix, clause, parent, *_ = rank.of
        state = here.sense.state(rank.start)
        filter = self._filter(id, name, here, state, at, prefix)
        if q.unit.symbol not in _UNTOLD or id in SUMS:
            filter = self._told(id, clause, name.start, here.sentence[0], filter)
        return (Target if state.modality is Modality.TARGET else Fact)(
            indicator=id,
            name=self.text[name.start : name.end],
            kind=FactKind.RANK,
            low=None if rank.top else rank.place,
            high=rank.place,
            low_closed=None if rank.top else True,
            high_closed=True,
            bound=Bound.AT_MOST if rank.top else Bound.POINT,
            unit="位",
            wording=self.text[rank.start : rank.end],
            modality=state.modality,
            horizon=state.horizon,
            period=state.period,
            basis=rank.basis,
            comparator=rank.among,
            parent=parent,
            filter=filter,
            span=self.reading.span(name.start, rank.end),
            sentence_span=here.span,
            path=here.path,
            rule="rank",
            confidence=0.8,
        )

    def _status_facts(self, status: Status, here: _Here, state: State) -> Iterator[Fact]:
        text = self.text
        for name in status.names:
            clause = clause_start(text, here.sentence[0], name.start)
            words = modals(text, clause, name.start) + modals(text, name.end, status.start)
            wording = "…".join(dict.fromkeys([*words[-1:], text[status.start : status.end]]))
            for id in (name.whole,) if name.whole else name.ids:
                yield Target(
                    indicator=id,
                    name=text[name.start : name.end],
                    kind=None,
                    bound=status.bound,
                    wording=wording,
                    modality=state.modality,
                    horizon=state.horizon,
                    period=state.period,
                    comparator=status.comparator,
                    tier=Tier.STRETCH if status.stretch else Tier.BASE,
                    tone=tone_of(wording, False),
                    filter=self._filter(id, name, here, state, status.start)
                    or own_region(status.comparator, self.outline.level),
                    span=self.reading.span(min(name.start, status.start), max(status.end, name.end)),
                    sentence_span=here.span,
                    path=here.path,
                    rule=f"status-{status.bound}",
                    confidence=0.9,
                )

    def _of(self, id: str, gap: Gap) -> str:
        """Whose value it is: 研发投入 as a share of 生产总值, or 生产总值…人均, is an indicator of its own."""
        if gap.whole:
            for whole in self.table.find(gap.whole):
                for other in whole.ids:
                    if (share := self.table.shares.get(f"{id}/{other}")) is not None:
                        return share
        return "gdp_per_capita" if id == "gdp" and gap.per_head else id
