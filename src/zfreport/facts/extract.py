"""From a text and its numbers to facts: read, bind, measure, date. The one place where the rules of this package meet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import field, frozen

from ..diagnostics import Code, Diagnostic, Severity
from ..quantities import Quantity, find_quantities
from ..text import Span
from .binding import Binding, Value, bind
from .clauses import Prefix, read_gap, read_prefix
from .indicators import IndicatorTable, Mention, default_table
from .meaning import fits, measure
from .model import Bound, Fact, FactKind, Modality, Target, Tier, Tone
from .reading import Reading, Sentence
from .status import Status, find_statuses
from .timeline import Clock, State, Years

__all__ = ["Extraction", "Outline", "extract"]


@frozen
class Outline:
    """What the facts need to know of a report's tree, as flat arrays over the source."""

    roles: tuple[tuple[int, int, str], ...] = ()
    """Parts in order: start, end, role."""
    starts: tuple[int, ...] = field(default=(), repr=False)
    paths: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Titles above and at every place; ``paths[i]`` holds from ``starts[i]`` on."""
    level: str = ""
    """Whose report: state, province, city, county, …; empty if unknown."""
    outside: tuple[tuple[int, int], ...] = ()
    """Stretches in order that are not said by the report: annexes, page furniture, another report."""

    def path(self, place: int) -> tuple[str, ...]:
        """Titles above *place*."""
        i = bisect_right(self.starts, place) - 1
        return self.paths[i] if i >= 0 else ()


@frozen
class Extraction:
    """Facts in text order, and what was noticed on the way."""

    facts: tuple[Fact, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


# 新增科技型企业543家、高新技术企业54家: what was added, not what there is
_FLOW = re.compile(r"(?:新增|净增|新培育|新认定|新登记|新设|新引进|培育|认定)(?!.*(?:总数|累计|现有|拥有|达))")
_BREAK = re.compile(r"[,;:。\n]")
_WORDING = re.compile(
    r"力争|争取|努力|奋力|力求|冲刺|确保|保证|必须|务必|严格控制在|控制在|保持在|稳定在|维持在|不低于|不少于|至少|不高于|不超过|突破|超过|超|高于|低于|不到|约|近|左右|上下|以上|以内|之内|以下"
)
_MODAL = re.compile(r"力争|争取|努力|奋力|力求|冲刺|确保|保证|必须|务必")
_HARD = re.compile(r"确保|保证|必须|务必|以上|不低于|不少于|至少|不高于|不超过|以内|之内|以下|超|突破|高于|低于")
_STRETCH = re.compile(r"力争|争取|努力|奋力|力求|冲刺")
# 居全省第三, 绝对值保持全市十县区第一; not 第一产业, 第一季度, 第一方阵
_RANK = re.compile(
    r"(?:居|列|位列|位居|排名?|排在|排位|名列|稳居|跃居|保持|升至|升到|跃升至|重返|跻身|进入|位次)(?P<set>[^,;:。、\d第前首]{0,12})"
    r"(?:第(?P<place>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?(?![一二三四五六七八九十季批期次届轮方梯产类])"
    r"|(?P<first>首位|榜首)|前(?P<top>\d{1,3}|[一二三四五六七八九十]{1,2})(?:位|名|强)?(?![列沿景期年后茅]))"
)
_PROJECTS = re.compile(r"项目[\d一二三四五六七八九十百]+[个项][^;。]{0,6},(?:年内|年度|当年|预计|力争|计划|总)*完成(?:年度|当年)?$")
_CLAUSE_END = re.compile(r"[,;:。\n]")
_DIGIT = re.compile(r"\d")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
# Who is spoken of is a zone or a park, unless 全市 stands before the name.
_ZONE = re.compile(
    r"新区|开发区|高新区|经开区|园区|工业园|产业园|保税区|自贸区|功能区|合作区|度假区|新城|片区|乡镇|街道|脱贫县|脱贫地区|[两三四五六七][地县区市]|[东西南北中]部(?:三|四|五|六)?县"
)
_RANKED = ("全国", "我国", "全省", "我省", "全自治区", "全市", "我市", "全州", "全盟", "全县", "我县", "全区", "我区", "全旗")
_LEVEL_OF = {"全国": 0, "我国": 0, "全省": 1, "我省": 1, "全自治区": 1, "全市": 2, "我市": 2, "全州": 2, "全盟": 2}
_LEVELS = {"state": 0, "national": 0, "province": 1, "municipality": 1, "region": 1, "city": 2, "prefecture": 2}


def extract(
    source: str,
    quantities: Sequence[Quantity],
    outline: Outline = Outline(),
    years: Years = Years(),
    *,
    start: int = 0,
    end: int | None = None,
    table: IndicatorTable | None = None,
) -> Extraction:
    """
    The facts of ``source[start:end]``.

    *quantities* are those of the source, in order. Without an *outline* everything is read as done until a sentence
    that opens a list of targets.
    """
    return _Extractor(source, quantities, outline, years, start, end, table or default_table()).run()


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
        self.outline = outline
        self.reading = Reading.of(source, start, end)
        self.text = self.reading.text
        self.sentences = self.reading.sentences()
        index = self.reading.index
        if self.reading.broken:  # 增长6%左⏎右: read the numbers again where the break is gone
            self.values = [Value(*q.span, q) for q in find_quantities(self.text) if q.role == "value"]
        else:
            mine = [q for q in quantities if q.role == "value"]
            ends = self.reading.indices(i for q in mine for i in (q.span.start, q.span.end - 1))
            self.values = [Value(a, b + 1, q) for a, b, q in zip(ends[::2], ends[1::2], mine, strict=True)]
        self.names = self._inside(list(table.find(self.text)), [(index(a), index(b)) for a, b in outline.outside])
        self.clock = Clock(
            self.text, self.sentences, [(index(a), index(b), role) for a, b, role in outline.roles], years
        )
        self.level = self._level()
        self.diagnostics: list[Diagnostic] = []

    def run(self) -> Extraction:
        facts = []
        i = j = 0
        names, values = self.names, self.values
        for number, s in enumerate(self.sentences):
            i0, j0 = i, j
            while i < len(names) and names[i].start < s.end:
                i += 1
            while j < len(values) and values[j].start < s.end:
                j += 1
            if i > i0:
                facts += self._sentence(number, s, names[i0:i], values[j0:j])
        facts.sort(key=lambda f: (f.span.start, f.span.end))
        return Extraction(tuple(facts), tuple(self.diagnostics))

    def _sentence(
        self, number: int, s: Sentence, names: Sequence[Mention], values: Sequence[Value]
    ) -> Iterator[Fact]:
        valued: set[int] = set()
        if values:
            bindings, mismatches = bind(self.text, s.start, s.end, names, values, self._fits)
            for b in bindings:
                state = self.clock.state(number, s.start, b.value.start, b.gap.basis)
                fact = self._fact(b, s, state)
                if fact is not None:
                    if not b.gap.after_words:
                        valued.add(b.name.start)
                    yield fact
            for m in _RANK.finditer(self.text, s.start, s.end):
                rank = self._rank(m, bindings, number, s)
                if rank is not None:
                    yield rank
            for odd in mismatches:
                message = f"{odd.names} names and {odd.values} values after 分别"
                place = self.reading.span(odd.start, odd.end)
                self.diagnostics.append(Diagnostic(Code.DISTRIBUTION_MISMATCH, Severity.WARNING, place, message))
        if self.clock.is_target(number):
            listed = self.clock.listed(number)
            for status in find_statuses(self.text, s.start, s.end, names, frozenset(valued), listed):
                state = self.clock.state(number, s.start, status.start)
                if state.modality is Modality.TARGET:
                    yield from self._status_facts(status, s, state)

    @staticmethod
    def _inside(names: list[Mention], outside: list[tuple[int, int]]) -> list[Mention]:
        if not outside:
            return names
        starts = [a for a, _ in outside]
        return [n for n in names if (i := bisect_right(starts, n.start) - 1) < 0 or n.start >= outside[i][1]]

    def _fits(self, id: str, q: Quantity) -> bool:
        return fits(self.table[id], q)

    def _fact(self, b: Binding, s: Sentence, state: State) -> Fact | None:
        text, q = self.text, b.value.quantity
        name = text[b.name.start : b.name.end]
        id = self._share_of(b)
        clause = self._clause_start(s.start, b.name.start)
        flow = bool(_FLOW.search(text[clause : b.name.end]))
        like = b.like.quantity if b.like is not None else None
        m = measure(self.table[id], name, q, like, b.gap, b.verb, flow)
        if m is None:
            return None
        if m.kind is FactKind.DIFFERENCE and state.modality is Modality.TARGET:
            return None  # 高于全省平均1个百分点 is a relative target; `find_statuses` has it
        wording = _wording(text, clause, b.name.start, b.left, b.value, b.like)
        # 增长6%、力争7%; 保持稳定增长、力争达到3%
        second = b.rule == "carried" or b.gap.after_words
        tier = Tier.STRETCH if b.gap.stretch and second else Tier.BASE
        make = Target if state.modality is Modality.TARGET else Fact
        return make(
            indicator=id,
            name=name,
            kind=m.kind,
            low=m.low,
            high=m.high,
            low_closed=m.low_closed,
            high_closed=m.high_closed,
            bound=m.bound,
            unit=m.unit,
            wording=wording,
            modality=state.modality,
            horizon=state.horizon,
            period=state.period,
            basis=b.gap.basis,
            comparator=b.gap.comparator or b.gap.whole,
            tier=tier,
            tone=_tone(wording, m.bound),
            filter=self._filter(id, b.prefix, s, b.name.start, state),
            parent=b.parent if b.parent != id else "",
            span=self.reading.span(b.name.start, b.value.end),
            sentence_span=self._sentence_span(s),
            path=self.outline.path(self.reading.at(b.name.start)),
            rule=b.rule,
            confidence=b.confidence,
        )

    def _rank(self, m: re.Match[str], bindings: Sequence[Binding], number: int, s: Sentence) -> Fact | None:
        """居全省第三, of the indicator whose value stands before."""
        before = [b for b in bindings if b.value.end <= m.start()]
        if not before:
            return None
        b = before[-1]
        gap = read_gap(self.text[b.value.end : m.start()])
        if not (gap.known and gap.carried):
            return None
        state = self.clock.state(number, s.start, m.start())
        place = Decimal(_numeral(m["place"] or m["top"] or "1"))
        top = m["top"] is not None
        return (Target if state.modality is Modality.TARGET else Fact)(
            indicator=b.id,
            name=self.text[b.name.start : b.name.end],
            kind=FactKind.RANK,
            low=None if top else place,
            high=place,
            low_closed=None if top else True,
            high_closed=True,
            bound=Bound.AT_MOST if top else Bound.POINT,
            unit="位",
            wording=m[0],
            modality=state.modality,
            horizon=state.horizon,
            period=state.period,
            basis=next((w for w in ("增速", "增幅", "总量", "绝对值", "人均") if w in self.text[b.value.end : m.end()]), ""),
            comparator=m["set"],
            filter=self._filter(b.id, b.prefix, s, b.name.start, state),
            span=self.reading.span(b.name.start, m.end()),
            sentence_span=self._sentence_span(s),
            path=self.outline.path(self.reading.at(b.name.start)),
            rule="rank",
            confidence=0.8,
        )

    def _share_of(self, b: Binding) -> str:
        """研发投入 as a share of 生产总值 is an indicator of its own."""
        if b.gap.whole:
            wholes = [i for m in self.table.find(b.gap.whole) for i in m.ids]
            for whole in wholes:
                for indicator in self.table.indicators.values():
                    if indicator.share_of == f"{b.id}/{whole}":
                        return indicator.id
        return b.id

    def _status_facts(self, status: Status, s: Sentence, state: State) -> Iterator[Fact]:
        text = self.text
        for name in status.names:
            ids = (name.whole,) if name.whole else name.ids
            for id in ids:
                start = min(name.start, status.start)
                end = max(status.end, name.end)
                clause = self._clause_start(s.start, name.start)
                modal = _MODAL.findall(text[clause : name.start]) + _MODAL.findall(text[name.end : status.start])
                wording = "…".join(dict.fromkeys([*modal[-1:], text[status.start : status.end]]))
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
                    tone=_tone(wording, status.bound),
                    filter=self._filter(id, read_prefix(text[self._prefix_start(s.start, name.start) : name.start]), s, name.start, state),
                    span=self.reading.span(start, end),
                    sentence_span=self._sentence_span(s),
                    path=self.outline.path(self.reading.at(start)),
                    rule=f"status-{status.bound}",
                    confidence=0.9,
                )

    def _clause_start(self, start: int, at: int) -> int:
        left = max(start, at - 40)
        last = left
        for m in _BREAK.finditer(self.text, left, at):
            last = m.end()
        return last

    def _sentence_span(self, s: Sentence) -> Span:
        end = s.end
        while end > s.start + 1 and self.text[end - 1] == "\n":
            end -= 1
        return self.reading.span(s.start, end)

    def _prefix_start(self, start: int, at: int) -> int:
        return max(self._clause_start(start, at), self.text.rfind("、", start, at) + 1)

    def _filter(self, id: str, prefix: Prefix, s: Sentence, at: int, state: State) -> str:
        """What narrows the name to a part of the region or the measure, as printed; empty if it is the whole."""
        if self.table[id].role == "family":  # told apart by the printed name, and no total of anything
            return ""
        if prefix.filter:
            return prefix.filter
        if prefix.region:
            return self._foreign(prefix.region)
        if state.listed:
            return ""
        if partial := self._zone(s.start, at):
            return partial
        path = self.outline.path(self.reading.at(at))
        m = _ZONE.search(path[-1]) if path else None
        return m[0] if m else ""

    def _zone(self, start: int, at: int) -> str:
        """The zone that the sentence has been speaking of: one with a value or a name behind it in its clause."""
        for m in _ZONE.finditer(self.text, start, at):
            end = _CLAUSE_END.search(self.text, m.end())
            stop = end.start() if end else at
            if stop >= at or _DIGIT.search(self.text, m.end(), stop):
                return m[0]
            i = bisect_left(self.names, (m.end(),))
            if i < len(self.names) and self.names[i].start < stop:
                return m[0]
        # 实施工业项目448个，完成固定资产投资564亿元: what the projects cost
        m2 = _PROJECTS.search(self.text, start, at)
        return "项目" if m2 else ""

    def _level(self) -> int:
        if self.outline.level in _LEVELS:
            return _LEVELS[self.outline.level]
        if self.outline.level:
            return 3
        # unknown: the region that a report calls "all of us" most often is its own
        counts = Counter({w: self.text.count(w) for w in _RANKED})
        word, n = counts.most_common(1)[0]
        return _LEVEL_OF.get(word, 3) if n else 3

    def _foreign(self, region: str) -> str:
        """A higher region named before an indicator: its value is not this report's own."""
        level = _LEVEL_OF.get(region, 3)
        return region if region and level < self.level and level < 2 else ""


def _numeral(text: str) -> int:
    """A rank in digits or in Chinese, up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _wording(text: str, clause: int, name: int, left: int, value: Value, like: Value | None) -> str:
    pieces: list[tuple[int, int]] = [m.span() for m in _MODAL.finditer(text, clause, name)]
    pieces += [m.span() for m in _WORDING.finditer(text, left, value.end)]
    if like is not None and like is not value:
        pieces += [m.span() for m in _WORDING.finditer(text, like.start, like.end)]
    out = ""
    last = -1
    for a, b in pieces:
        out += ("" if last in (-1, a) else "…") + text[a:b]
        last = b
    return out


def _tone(wording: str, bound: Bound) -> Tone:
    if _STRETCH.search(wording):
        return Tone.STRETCH
    if _HARD.search(wording):
        return Tone.HARD
    if bound in (Bound.ABOUT, Bound.RANGE):
        return Tone.SOFT
    return Tone.NEUTRAL
