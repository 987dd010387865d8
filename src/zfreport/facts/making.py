"""A value that was given to a name becomes a fact: what it measures, of which time, how firmly, of what part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from ..diagnostics import Code, Diagnostic, Severity
from ..quantities import Quantity
from ..quick import quick
from ..text import span_of
from .additions import IN_ALL, goes_on_adding, is_added, is_total
from .bound import Binding
from .clauses import REACH, Gap, Prefix
from .context import DIGITS, WORDINGS, clause_start, find_modal, modals, own_region, tone_of
from .distribution import PIPES
from .filters import is_sized, named_part, noun_beside, place_before, scope_start, whole_word
from .here import Ground, Here
from .indicators import Mention
from .marks import marked
from .meaning import fits, measure
from .model import Bound, Fact, FactKind, Horizon, Modality, Target, Tier, Tone
from .naming import PROJECTS, said_of
from .narrowing import filter_of
from .ranks import Rank
from .sense import Sense, State, period_of
from .stages import SUMS, is_of_its_own, may_tell, told_by
from .status import Status
from .traits import RATES, Traits

__all__ = ["AIM_COMPARED", "SET_ABOVE", "make_facts", "rank_fact", "status_facts"]

_new_fact: Callable[..., Fact] = quick(Fact)
_new_target: Callable[..., Fact] = quick(Target)
# Named here once: to get a member from its class takes Python 3.11 as long as five comparisons.
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
_REGISTERED = re.compile(r"新(?:登记|设立?|注册|增)")
_INSURED = ("城乡居民", "城镇居民", "城镇职工")
_CUTS = {**dict.fromkeys(("压减", "减少", "削减", "压缩", "缩减", "核减"), "down"), "增加": "up"}
# 114项重大项目开工建设, 92项重大项目实现竣工
_STAGE_BEHIND = re.compile(
    r"(?:已|全部|陆续|相继|集中|顺利|如期|成功|实现)*(开工(?!率)|竣工|建成|投产|投用|签约|落地)(?!后|的)"
)
# 已有县级医院30所, 拥有院士12位, 在石桥两院院士12位: so it was in the end
_HAS = re.compile(r"[已现共拥]经?有(?![效关量])|^在[\u4e00-\u9fff]{1,3}(?:工作)?(?:的?两院|“两院”)?$")
_AIM = re.compile(r"(?:[和、][\d.]{1,6}%?)?的(?:年度|全年|预期|年初|既定|省定|市定){0,2}(?:目标|要求|任务)")
# 就业预期目标比去年多100万人: said of the target
AIM_COMPARED = re.compile(r"(?:增长|增速|涨幅)?(?:的|预期|年度)?目标值?(?:比|较)(?:去年|上年|上一年)")
SET_ABOVE = re.compile(
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
_FIRMS, _NEWLY = marked("firm"), marked("registered")
_JOINS = frozenset("和及与")
_GOES_ON = frozenset("和、的")
"""Behind a value: what it is said of, or that it is not what was."""
_OF_PARTS = frozenset(("distribution-parts", "stages"))
"""Rules that tell of which part a value is."""
_ALONE = frozenset(("direct", "carried", "two-measures"))
"""Rules that give a value to one name only."""


def _is_counted(moved: bool, comparator: str, gap: Gap, verb: str, unit: str) -> bool:
    """Whether a value is of all the years that its sentence speaks of, if of several."""
    if moved:  # 增长3倍, 提高5个百分点: over all of them, unless one is named to measure from
        year = comparator and not _FIVE_BEFORE.search(comparator)
        return not (year or _OF_YEAR.intersection(gap.basis))
    # 投入140亿元，占财政支出的87%: a share of a sum is of its years
    return bool(gap.whole) or (not verb and unit not in _SUMS)


def make_facts(
    ground: Ground, here: Here, sense: Sense, bindings: Sequence[Binding], facts: list[Fact]
) -> None:
    """Add what the values of a sentence say of the names they were given to."""
    text, traits_of = ground.text, ground.traits
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
            id = said_of(ground.table, id, gap)
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
        if kind is _SHARE and id in ground.table.parts and (not gap.whole or gap.whole.endswith("支出")):
            id = ground.table.parts[id]  # 民生支出80亿元、占比82%; 占总支出的82%
            traits = traits_of[id]

        # of which time
        comparator = gap.comparator
        if still is not None and "年" not in gap.basis:
            modality, horizon, period, state = now, how_long, years, still
        else:
            moved = kind is _GROWTH or kind is _CHANGE or unit == "倍"
            if moved and not comparator and not sense.plain and "均" not in gap.basis:
                comparator = _than(ground, first, start)
            counted = not sense.plain and _is_counted(moved, comparator, gap, verb, unit)
            # 由20亿元增加到30亿元: so it was in the end
            state = sense.state(stop, gap.basis, counted, kind in traits.standing or verb == "to")
            modality, horizon, period, _, _ = state
            if (
                horizon is _PERIOD
                and (sense.plain or not moved)
                and (IN_ALL.search(text, left, at) or _HAS.search(before))
            ):  # 五年累计净增155户、总量达474户
                horizon, period = _YEAR, period_of(ground.clock.years, modality, _YEAR)
        after = text[stop : stop + 1]
        if after == "(" and modality is _ACTUAL and text.startswith("(预计", stop):
            modality = _ESTIMATED  # 增长5%左右（预计，下同）

        # whether it is said of the name, or only named
        if here.aims and AIM_COMPARED.match(text, end):
            continue  # 就业预期目标比去年多100万人
        if modality is _TARGET:
            if kind is _DIFFERENCE:
                continue  # 高于全省平均1个百分点 is a relative target; `find_statuses` has it
            if not opens and SET_ABOVE.search(text, max(first, start - 24), start):
                continue  # 国家确定的经济增长预期目标为5%
            if (
                here.dated
                and text.find("年", near := max(first - 1, at - 28), at) >= 0
                and (m := _ASIDE.search(text, near, at))
            ):  # 增长6%（上年增长5.2%）
                if "目标" in m[0] or "预期" in m[0]:
                    continue
                if not m[1] or int(m[1]) < (ground.clock.years.plan or 0):
                    modality, horizon = _ACTUAL, _YEAR
                    period = m[1] or period_of(ground.clock.years, modality, horizon)
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
        if kind is _RATIO and _is_undated(ground, id, q, verb, state):
            _cannot_say(ground, here, name, start, stop)
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
                filter = filter_of(ground, id, mention, here, state, at, prefix)
        else:
            begins = _begins(ground, id, traits, prefix, unit, rule, clause, start, first)
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
                filter = filter_of(ground, id, mention, here, state, at, prefix)
        if rule in _OF_PARTS:
            filter = prefix.filter + (filter if is_sized(filter) else "")
        # 开工项目, 亿元以上项目; 春节期间，接待游客
        elif (unit not in _UNTOLD or id in SUMS) and (
            name[0] in "开亿接旅城" or (not opens and (start > at or may_tell(id, before)))
        ):
            filter = _told(ground, id, clause, start, first, filter)
        if rule == "ahead" and id == "key_project_count" and (m := _STAGE_BEHIND.match(text, end)):
            filter = m[1] + filter
        if name[0] in "农城省市县州区自国":
            part = named_part(id, name, ground.level)
        elif id == "key_project_invest" and name[0] in "完年":  # 实施市级重大项目8个，完成投资9亿元
            for of, _, ids, _ in here.names:
                if ids == PROJECTS and of < start:
                    filter = told_by(*PROJECTS, text, first, clause_start(text, first, of), of)
                    part = named_part(id, text[of : of + 4], ground.level)
        if part and (not filter or is_of_its_own(filter)):
            filter += part  # 谋划新建城区学校, 引进省市重点项目
        if here.asked and not gap.after_words:
            _answer(here, mention, rule)

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
                ground.reading.span(a, z) if shift is None else span_of((a + shift, z + shift)),
                proof,
                path,
                rule,
                confidence,
            )
        )


def _than(ground: Ground, first: int, start: int) -> str:
    """The year that a name at *start* is measured against: 与2015年相比，…."""
    text = ground.text
    near = max(first, start - _FAR)  # a sentence without end stays linear
    m = _THAN_YEAR.search(text[near:start]) if text.find("相比", near, start) > 0 else None
    return m["than"] if m is not None else ""


def _begins(
    ground: Ground,
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
    text, before = ground.text, ground.text[start - 1]
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
        traits.pattern and (what := prefix.rest) and not prefix.filter and text.endswith(what, clause, start)
    ):  # 规上企业研发覆盖率: a rate of nothing without it
        return whole_word(text, clause, start - len(what))
    if traits.family and rule not in _OF_PARTS and (unit in RATES or id == "enterprises_registered"):
        return scope_start(text, prefix, unit, clause, start)  # 县城污水处理率 is told by its name too
    return start


def _answer(here: Here, name: Mention, rule: str) -> None:
    """Note that *name* got a value."""
    first, end, _, _ = name
    here.valued.add(first)
    if rule == "shared":  # 中小学和幼儿园12所 is one name
        names = here.names
        inside = names[bisect_left(names, (first + 1,)) : bisect_left(names, (end,))]
        here.valued.update([n.start for n in inside])


def _told(ground: Ground, id: str, clause: int, start: int, first: int, filter: str) -> str:
    """*filter* with the stage and the class that the words before a name at *start* give it."""
    if filter and not is_sized(filter):
        return filter
    if ground.text.startswith("开工", start):  # 开工项目
        start += 2
    elif ground.text.startswith(_INSURED, start):  # 城乡居民医疗保险参保率
        start += 4
    return told_by(id, ground.text, first, clause, start) + filter


def _is_undated(ground: Ground, id: str, q: Quantity, verb: str, state: State) -> bool:
    """生产总值翻一番 without a year: no region's sum doubles in one, and which years are meant is not said."""
    return (
        q.kind == "multiple"
        and verb != "times"
        and state.modality is _TARGET
        and state.horizon is _YEAR
        and not state.dated
        and ground.traits[id].aggregate
    )


def _cannot_say(ground: Ground, here: Here, name: str, start: int, end: int) -> None:
    message = f"{name} is named and its value could not be read"
    place = ground.reading.span(start, end)
    ground.notice(here, Diagnostic(Code.TARGET_UNPARSED, Severity.WARNING, place, message))


def rank_fact(ground: Ground, rank: Rank, here: Here) -> Fact:
    id, name, (at, _, q), _, _, _, _, prefix, clause, parent, *_ = rank.of
    state = here.sense.state(rank.start)
    filter = filter_of(ground, id, name, here, state, at, prefix)
    if q.unit.symbol not in _UNTOLD or id in SUMS:
        filter = _told(ground, id, clause, name.start, here.sentence[0], filter)
    return (Target if state.modality is Modality.TARGET else Fact)(
        indicator=id,
        name=ground.text[name.start : name.end],
        kind=FactKind.RANK,
        low=None if rank.top else rank.place,
        high=rank.place,
        low_closed=None if rank.top else True,
        high_closed=True,
        bound=Bound.AT_MOST if rank.top else Bound.POINT,
        unit="位",
        wording=ground.text[rank.start : rank.end],
        modality=state.modality,
        horizon=state.horizon,
        period=state.period,
        basis=rank.basis,
        comparator=rank.among,
        parent=parent,
        filter=filter,
        span=ground.reading.span(name.start, rank.end),
        sentence_span=here.span,
        path=here.path,
        rule="rank",
        confidence=0.8,
    )


def status_facts(ground: Ground, status: Status, here: Here, state: State) -> Iterator[Fact]:
    text = ground.text
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
                filter=filter_of(ground, id, name, here, state, status.start)
                or own_region(status.comparator, ground.outline.level),
                span=ground.reading.span(min(name.start, status.start), max(status.end, name.end)),
                sentence_span=here.span,
                path=here.path,
                rule=f"status-{status.bound}",
                confidence=0.9,
            )
