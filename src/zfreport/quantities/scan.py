"""From a text to its quantities and references: the scan, what stands round each number, and lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve

from ..diagnostics import Code, Diagnostic, Severity
from ..numerals import MAX_NUMERAL
from ..text import Span
from ..units import NO_UNIT, UNITS, UnitTable
from ..vocab import fold, read_table, widen
from .grammar import CHINESE, quantity_pattern
from .model import Quantity, QuantityKind, QuantityRole, Reference, ReferenceKind, Scan
from .read import Reading, apply, read
from .references import find_references

__all__ = ["find_quantities", "scan"]

_BEFORE: Final = {
    form: (row["effect"], row["unless"].strip("[]"))
    for row in read_table("qualifiers")
    if row["where"] == "before"
    for form in (row["form"],)
}
_MINUS: Final = "-－﹣−负負"
_LAST: Final = frozenset("".join(widen(form[-1]).strip("[]") for form in _BEFORE) + _MINUS + "番翻了过過对對 \u00a0\u3000")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ_@#&\\]")
# measure words that with a Chinese numeral name groups and ranks rather than count: 三级, 二期, 四类, 一面, 十分
_GROUPING: Final = frozenset(
    "类 级 期 届 层 面 道 门 分 方 度 角 班 线 路 端 单 股 站 院 港 湖 厂 库 园 店 桥 企 校 乡 镇 村 里 批 轮 对 双 副 头 口 眼 席 队 块 片 本 篇 章 首 幅 集 部 组 点 根 案 例 样 团 瓦 担 升 折 床 款 兆 顷 丛 拨 周".split()
)
_LIST_SIGNS: Final = "、和与及或與"
_FILTERED: Final = frozenset({QuantityKind.LEVEL, QuantityKind.DURATION, QuantityKind.COUNT})
_NOT_FILTERED_BY: Final = "的" 
_VALUE_VERBS: Final = "达到至为有在增长过出成共"


def find_quantities(text: str, units: UnitTable = UNITS) -> tuple[Quantity, ...]:
    """
    Every quantity of any Chinese text, in order: value, unit, bounds and place.

    >>> [(q.text, f"{q.low:f}", q.unit.symbol) for q in find_quantities("救助近9万人次,发放2亿多元") if q.low]
    [('2亿多元', '200000000', '元')]

    Pass *units* to know more of them: ``find_quantities(text, UNITS.with_(Unit("斛", "volume", Fraction(1, 20))))``.
    """
    return scan(text, units).quantities


def scan(text: str, units: UnitTable = UNITS, known: Iterable[Span] = ()) -> Scan:
    """
    Every quantity and every reference of any Chinese text, and what of its numbers is neither.

    *known* are stretches that something else explains, as a report's heading markers; their numbers are not reported.
    A numeral counts as unexplained if it is a run of digits, or a Chinese numeral of two characters or more that has a
    multiplier: 一 and 统一, 十一 and 万一 are words too often.
    """
    return _Scanner(text, units).run(tuple(known))


class _Scanner:
    """One pass over one text. Lives as long as the pass."""

    def __init__(self, text: str, units: UnitTable) -> None:
        self.text = text
        self.units = units
        self.references: list[Reference] = list(find_references(text))
        self.found: list[tuple[int, int, Reading]] = []
        self.loose: list[tuple[int, int, Reading | None]] = []
        self.extra: list[Reference] = []
        self.diagnostics: list[Diagnostic] = []

    def run(self, known: Sequence[Span]) -> Scan:
        quantities = self.quantities()
        references = tuple(sorted([*self.references, *self.extra], key=lambda r: r.span))
        return Scan(quantities, references, self.unexplained(quantities, references, known), tuple(self.diagnostics))

    def quantities(self) -> tuple[Quantity, ...]:
        text, units = self.text, self.units
        spans = [r.span for r in self.references]
        starts = [s.start for s in spans]
        out: list[Quantity] = []
        pending: list[tuple[int, int, Reading]] = []  # bare numbers that may take the unit of the next
        for m in quantity_pattern(units).finditer(text):
            at = m.start()
            i = bisect_right(starts, at) - 1
            if i >= 0 and spans[i].end > at:
                if spans[i].end >= m.end():
                    continue
            words = m[0]
            if len(words) > 4 * MAX_NUMERAL:
                self._too_long(at, m.end())
                continue
            for piece in read(words, units):
                start, end = at + piece.start, at + piece.end
                i = bisect_right(starts, end - 1) - 1
                if i >= 0 and spans[i].end > start:
                    continue
                reading = piece.reading
                if reading is None:
                    self._unread(start, end)
                    continue
                quantity = self._quantity(start, end, reading)
                if quantity is None:
                    continue
                if pending and quantity.unit is not NO_UNIT:
                    self._share(out, pending, quantity)
                pending = []
                if quantity.unit is NO_UNIT and quantity.kind in (QuantityKind.COUNT, QuantityKind.OTHER):
                    if end < len(text) and text[end] in _LIST_SIGNS or text[end : end + 2].strip()[:1] in tuple(_LIST_SIGNS):
                        pass
                out.append(quantity)
        return tuple(self._finish(out))

    def _quantity(self, start: int, end: int, r: Reading) -> Quantity | None:
        """The quantity at ``text[start:end]``, or ``None`` if what stands round it says that it is none."""
        text = self.text
        before = text[start - 1] if start else ""
        rule = r.rule
        qualified = r.bounded
        low_chain = r
        if before in _LAST and before:
            start, low_chain, qualified = self._prefix(start, r)
            before = text[start - 1] if start else ""
        r2 = low_chain
        symbol = r2.unit.symbol
        if r2.rule == "half" and symbol == "" and text[start:end].endswith("半") and start == end - 1:
            return None
        if before and _LETTER.match(before):
            return None
        if symbol == "番" and text[start] not in "翻":
            return None
        if r2.headless and not qualified:
            return None
        if r2.chinese and r2.kind in (QuantityKind.COUNT, QuantityKind.LEVEL, QuantityKind.DURATION):
            if symbol in _GROUPING and not qualified:
                return None
            if r2.one and not qualified and r2.kind is not QuantityKind.LEVEL and symbol != "刻钟":
                return None
            if r2.unit is NO_UNIT and not (r2.scale or qualified or _has_multiplier(text[start:end])):
                return None
        if symbol == "成" and (r2.high or r2.low or Decimal(99)) > 10:
            return None
        if r2.unit is NO_UNIT and r2.kind in (QuantityKind.COUNT, QuantityKind.OTHER) and not r2.scale and not qualified:
            if not r2.chinese or r2.rule.startswith("range"):
                return self._bare(start, end, r2)
        return Quantity(
            Span(start, end), text[start:end], r2.low, r2.high, r2.low_closed, r2.high_closed, r2.approx, r2.unit, r2.kind,
            self._role(start, end, r2), r2.parts, r2.scale, rule, 1.0,
        )

    def _bare(self, start: int, end: int, r: Reading) -> Quantity | None:
        """A number without scale, unit or qualifier: kept for a list, marked by confidence zero until something claims it."""
        return Quantity(
            Span(start, end), self.text[start:end], r.low, r.high, r.low_closed, r.high_closed, r.approx, r.unit, r.kind,
            QuantityRole.VALUE, r.parts, r.scale, "bare", 0.0,
        )

    def _prefix(self, start: int, r: Reading) -> tuple[int, Reading, bool]:
        text = self.text
        qualified = r.bounded
        at = start
        if text[at - 1] in " \u00a0\u3000" and at > 1:
            at -= 1
        if text[at - 1] in _MINUS and r.low is not None or text[at - 1] in _MINUS and r.high is not None:
            previous = text[at - 2] if at > 1 else ""
            if at == start and not (_DIGIT.match(previous) or _LETTER.match(previous) or (previous and previous in _MINUS + "—–担擔欠抱胜勝肩正自背%％")) and (
                text[at - 1] in "负負" or r.kind in (QuantityKind.PERCENT, QuantityKind.PERMILLE, QuantityKind.PERCENTAGE_POINT, QuantityKind.LEVEL, QuantityKind.OTHER)
            ):
                r = evolve(
                    r,
                    low=None if r.high is None else -r.high,
                    high=None if r.low is None else -r.low,
                    low_closed=r.high_closed,
                    high_closed=r.low_closed,
                )
                start = at = at - 1
                if not start:
                    return start, r, qualified
        if r.unit.symbol in ("番", "倍"):
            for lead in ("翻了", "翻"):
                if text.startswith(lead, max(0, at - len(lead))) and text[at - len(lead) : at] == lead:
                    return at - len(lead), r, qualified
        if r.rule == "half" and text[at - 1] in "过過":
            return at - 1, apply(r, "above"), True
        if r.rule == "half" and text[at - 1] in "对對":
            return at - 1, r, True
        for size in (4, 3, 2, 1):
            form = fold(text[max(0, at - size) : at])
            known = _BEFORE.get(form)
            if known is None or len(form) != size:
                continue
            effect, unless = known
            guard = fold(text[at - size - 1]) if at > size else ""
            if guard and guard in unless:
                continue
            if form in ("上", "过") and not (r.headless or (form == "过" and r.scale)):
                continue
            if effect == "least" and form == "上":
                r = evolve(r, approx=True)
            if r.high is None and r.low is not None and effect in ("near", "about"):
                return at - size, evolve(r, approx=True), True
            return at - size, apply(r, effect), True
        return start, r, qualified

    def _role(self, start: int, end: int, r: Reading) -> QuantityRole:
        """Whether it tells which things are meant (60岁以上老人, 亿元以上项目) or how much there is."""
        if r.kind not in _FILTERED or not r.bounded:
            return QuantityRole.VALUE
        following = self.text[end : end + 1]
        if not ("\u4e00" <= following <= "\u9fff"):
            return QuantityRole.VALUE
        if self.text[end - 1] not in "上下内內":
            return QuantityRole.VALUE
        if start and self.text[start - 1] in _VALUE_VERBS:
            return QuantityRole.VALUE
        return QuantityRole.FILTER

    def _share(self, out: list[Quantity], pending: list[tuple[int, int, Reading]], quantity: Quantity) -> None:
        return None

    def _finish(self, out: list[Quantity]) -> list[Quantity]:
        """Give the bare numbers of a list the unit of its last member; drop the bare numbers that nothing claims."""
        text = self.text
        for i in range(len(out) - 2, -1, -1):
            q, following = out[i], out[i + 1]
            gap = text[q.span.end : following.span.start]
            if not gap or gap.strip() not in tuple(_LIST_SIGNS) or following.unit is NO_UNIT:
                continue
            if q.unit is NO_UNIT and q.rule in ("bare", "range", "amount") and q.kind in (QuantityKind.COUNT, QuantityKind.OTHER):
                low, high = q.low, q.high
                if following.scale and not q.scale:
                    low, high = _scaled(q, following)
                out[i] = evolve(q, low=low, high=high, unit=following.unit, kind=following.kind, scale=q.scale or following.scale, rule="list", confidence=0.9)
            elif q.unit.symbol == "个" and following.unit.symbol == "个百分点":
                out[i] = evolve(q, unit=following.unit, kind=following.kind, rule="list", confidence=0.9)
        kept = []
        for q in out:
            if q.confidence or self._claimed(q):
                kept.append(q if q.confidence else evolve(q, confidence=0.6))
        return kept

    def _claimed(self, q: Quantity) -> bool:
        """Whether a bare number stands where a value is expected."""
        text, start, end = self.text, *q.span
        if q.low is None:
            return False
        following = text[end : end + 1]
        if q.kind is QuantityKind.OTHER and start and text[start - 1] in "达到至为增降比是在约数" and following in tuple("，。、；,;）) \n") + ("",):
            return True
        before = text[max(0, start - 2) : start]
        if following == "大" and q.low == q.high and q.low < 100:
            return True
        if len(q.text) == 4 and 1900 <= q.low <= 2100:
            self.extra.append(Reference(q.span, q.text, ReferenceKind.YEAR, int(q.low), "bare year"))
            return False
        if before.endswith(("达", "到", "至", "为", "破", "超")) and following in tuple("，。；,;、"):
            return True
        return False

    def _too_long(self, start: int, end: int) -> None:
        self.diagnostics.append(
            Diagnostic(Code.NUMERAL_TOO_LONG, Severity.WARNING, Span(start, end), f"{end - start} characters are too many for a number")
        )

    def _unread(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if _DIGIT.search(words) and len(words) > 1:
            self.diagnostics.append(
                Diagnostic(Code.NUMERAL_UNREADABLE, Severity.INFO, Span(start, end), f"{words[:40]!r} has no value that could be told")
            )

    def unexplained(self, quantities: Sequence[Quantity], references: Sequence[Reference], known: Sequence[Span]) -> tuple[Span, ...]:
        covered = sorted([q.span for q in quantities] + [r.span for r in references] + list(known))
        starts = [s.start for s in covered]
        out = []
        for m in _NUMERALS.finditer(self.text):
            i = bisect_right(starts, m.start()) - 1
            if i >= 0 and any(s.end > m.start() for s in covered[max(0, i - 1) : i + 1]):
                continue
            out.append(Span(m.start(), m.end()))
        return tuple(out)


_NUMERALS = re.compile(rf"[\d]+|(?<![{CHINESE}])[一二三四五六七八九两兩百千万萬亿億十][{CHINESE}]*[百千万萬亿億十][{CHINESE}]*[一二三四五六七八九两兩十百千万萬亿億]")


def _has_multiplier(words: str) -> bool:
    return len(words) > 1 and any(c in words for c in "百千万亿萬億")


def _scaled(q: Quantity, following: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """A bare number under the scale of the next, where the two are of one size: 3、5万元."""
    from ..numerals import SCALES

    power = SCALES.get(following.scale, 0)
    reference = following.low if following.low is not None else following.high
    if reference is None or q.low is None or q.high is None or not reference:
        return q.low, q.high
    ratio = q.low.scaleb(power) / reference
    if Decimal("0.01") <= ratio <= 100:
        return q.low.scaleb(power), q.high.scaleb(power)
    return q.low, q.high
