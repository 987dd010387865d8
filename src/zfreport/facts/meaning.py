"""What a bound value measures: its kind, its sign, its bounds, its unit. ``None`` where the unit is not the indicator's."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..quantities import Quantity
from .clauses import Gap
from .indicators import Indicator
from .model import Bound, FactKind

__all__ = ["RATES", "Measure", "bound_of", "fits", "measure"]


class Measure(NamedTuple):
    """A value with its meaning."""

    kind: FactKind
    low: Decimal | None
    high: Decimal | None
    low_closed: bool | None
    high_closed: bool | None
    bound: Bound
    unit: str


# What is counted in one of these may be counted in the others.
_SAME = {
    "名": "人", "位": "人", "人次": "人次", "户": "户", "家": "家", "个": "个", "度": "千瓦时", "方": "立方米", "TEU": "标箱",
    "标准箱": "标箱", "处": "个", "所": "个", "座": "个",
}  # fmt: skip
_KINDS = {str(kind): kind for kind in FactKind}
RATES = frozenset(("%", "‰", "个百分点", "倍", "番", "成"))
"""A value in one of these may be of any indicator."""
_THINGS = frozenset("个处座条栋幢户套家所")


def bound_of(
    low: Decimal | None, high: Decimal | None, low_closed: bool | None, high_closed: bool | None, approx: bool
) -> Bound:
    """
    Name the shape of an interval.

    >>> str(bound_of(Decimal(5), None, True, None, False)), str(bound_of(Decimal(5), Decimal(5), True, True, True))
    ('at_least', 'about')
    """
    if low is not None and high is not None:
        if low == high:
            return Bound.ABOUT if approx else Bound.POINT
        return Bound.RANGE
    if low is not None:
        return Bound.AT_LEAST if low_closed else Bound.ABOVE
    return Bound.AT_MOST if high_closed else Bound.BELOW


def fits(indicator: Indicator, q: Quantity) -> bool:
    """
    Whether *q* can be a value of *indicator*, by its unit alone: 个 is no unit of 固定资产投资.
    """
    unit = q.unit.symbol
    if unit in indicator.units or unit in RATES:
        return True
    if unit == "":
        if q.kind == "fraction" or _bare_money(indicator, q):
            return True
        return q.kind == "ratio" or indicator.id == "cpi" or indicator.absolute == "ratio"
    same = _SAME.get(unit, unit)
    return any(same == _SAME.get(u, u) for u in indicator.units)


def _bare_money(indicator: Indicator, q: Quantity) -> bool:
    """收入超10亿: the 元 that no reader misses."""
    return q.unit.symbol == "" and "亿" in q.scale and "元" in indicator.units


def _ends(
    q: Quantity, like: Quantity | None, gap: Gap
) -> tuple[Decimal | None, Decimal | None, bool | None, bool | None, Bound]:
    low, high = q.low, q.high
    low_closed: bool | None = q.low_closed
    high_closed: bool | None = q.high_closed
    if low is None and high is None:  # 5.2:40.1:54.7 has no one number
        return low, high, low_closed, high_closed, Bound.POINT
    bound = bound_of(low, high, low_closed, high_closed, q.approx)
    if like is not None and like is not q and bound is Bound.POINT:
        # a trailing qualifier of the list's last value, applied to the earlier ones
        shape = bound_of(like.low, like.high, like.low_closed, like.high_closed, like.approx)
        if shape is Bound.AT_LEAST:
            return low, None, True, None, shape
        if shape is Bound.AT_MOST:
            return None, high, None, True, shape
        if shape is Bound.ABOUT:
            bound = shape
    elif gap.exceeds and bound is Bound.POINT:
        high, low_closed, high_closed, bound = None, False, None, Bound.ABOVE
    return low, high, low_closed, high_closed, bound


def measure(
    indicator: Indicator, name: str, q: Quantity, like: Quantity | None, gap: Gap, verb: str, flow: bool
) -> Measure | None:
    """
    Read what *q* measures of *indicator*.

    *q* must fit the indicator's units, see `fits`. *flow*: the name has 新增 in it or stands after 新增, 净增 and the like. ``None`` if it says nothing of the indicator.
    """
    unit = q.unit.symbol or ("元" if _bare_money(indicator, q) else "")
    kind = _kind(indicator, name, q, gap, verb, flow)
    if kind is None:
        return None
    low, high, low_closed, high_closed, bound = _ends(q, like, gap)
    if kind is FactKind.RATIO and q.kind == "multiple":
        if unit == "番":  # 翻两番 is four times
            low, high = (None if v is None else Decimal(2) ** v for v in (low, high))
            unit = "倍"
        elif verb == "up":  # 增长2倍 is three times
            low, high = (None if v is None else v + 1 for v in (low, high))
    if q.kind == "fraction":  # 八成, 三分之二: as a percentage, like every other share
        factor = Decimal(10) if unit == "成" else Decimal(100)
        low, high = (None if v is None else v * factor for v in (low, high))
        unit = "%"
    falls = verb == "down" or (
        verb not in ("up", "to", "value") and name.endswith(("降低率", "下降率", "降低", "下降"))
    )
    if (kind in (FactKind.GROWTH, FactKind.CHANGE) and falls) or (
        kind is FactKind.DIFFERENCE and verb == "under"
    ):
        low, high = (None if v is None else -v for v in (high, low))
        low_closed, high_closed = high_closed, low_closed
        if low is None or high is None:
            bound = bound_of(low, high, low_closed, high_closed, False)
    return Measure(kind, low, high, low_closed, high_closed, bound, unit)


def _kind(indicator: Indicator, name: str, q: Quantity, gap: Gap, verb: str, flow: bool) -> FactKind | None:
    unit = q.unit.symbol
    if q.kind == "permille":
        return _KINDS[indicator.percent] if "‰" in indicator.units and indicator.percent else None
    if q.kind == "percent":
        if gap.whole and verb in ("up", "down"):  # 占GDP比重下降3%: said of the share, and no share itself
            return FactKind.CHANGE
        if verb in ("share", "times") or gap.whole:
            return FactKind.SHARE
        if not indicator.percent:
            return None
        natural = _KINDS[indicator.percent]
        if natural is not FactKind.GROWTH and verb in ("up", "down"):
            return FactKind.GROWTH if "%" in indicator.units and indicator.absolute else FactKind.CHANGE
        if natural is FactKind.GROWTH and indicator.id == "cpi" and not gap.growth and _is_index(q):
            return FactKind.LEVEL
        return natural
    if q.kind == "percentage_point":
        if verb in ("over", "under"):
            return FactKind.DIFFERENCE
        return FactKind.CHANGE if verb in ("up", "down", "share") else None
    if q.kind == "multiple":
        if verb in ("times", "up", "value", "to", "") and (verb or unit == "番" or "倍" in indicator.units):
            return FactKind.RATIO
        return None
    if q.kind == "ratio":
        return FactKind.RATIO if indicator.absolute == "ratio" else None
    if q.kind == "fraction":
        return FactKind.SHARE if verb == "share" or indicator.percent == "share" else None
    if unit == "" and not _bare_money(indicator, q):
        if indicator.id == "cpi" and _is_index(q):
            return FactKind.LEVEL
        return FactKind.RATIO if indicator.absolute == "ratio" and q.kind == "other" else None
    if verb in ("times", "over", "under", "share"):
        return None
    if verb in ("up", "down") or (flow and indicator.absolute == "count"):
        return FactKind.CHANGE
    if not indicator.absolute:
        return None
    kind = _KINDS[indicator.absolute]
    if kind is FactKind.COUNT and q.kind == "level":  # 老旧小区 are counted, or measured in 平方米
        return FactKind.LEVEL
    if kind is FactKind.LEVEL and q.kind == "count" and unit in _THINGS:
        return FactKind.COUNT
    return kind


def _is_index(q: Quantity) -> bool:
    value = q.low if q.low is not None else q.high
    return value is not None and 90 <= value <= 130
