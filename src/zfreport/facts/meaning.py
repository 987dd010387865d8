"""What a bound value measures: its kind, its sign, its bounds, its unit. ``None`` where the unit is not the indicator's."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from ..quantities import Quantity, QuantityKind
from .clauses import Gap
from .model import Bound, FactKind
from .traits import Traits

__all__ = ["Measure", "bound_of", "fits", "measure"]


Measure: TypeAlias = tuple[FactKind, Decimal | None, Decimal | None, bool | None, bool | None, Bound, str]
"""A value with its meaning: kind, low, high, whether low and high are closed, bound, unit."""

# Named here once: to get a member from its class takes Python 3.11 as long as five comparisons.
_PERCENT, _PERMILLE, _POINTS = QuantityKind.PERCENT, QuantityKind.PERMILLE, QuantityKind.PERCENTAGE_POINT
_MULTIPLE, _FRACTION, _PROPORTION = QuantityKind.MULTIPLE, QuantityKind.FRACTION, QuantityKind.RATIO
_AMOUNT, _COUNTED, _OTHER = QuantityKind.LEVEL, QuantityKind.COUNT, QuantityKind.OTHER
_POINT, _ABOUT, _RANGE = Bound.POINT, Bound.ABOUT, Bound.RANGE
_AT_LEAST, _ABOVE, _AT_MOST, _BELOW = Bound.AT_LEAST, Bound.ABOVE, Bound.AT_MOST, Bound.BELOW
_GROWTH, _CHANGE, _DIFFERENCE = FactKind.GROWTH, FactKind.CHANGE, FactKind.DIFFERENCE
_LEVEL, _COUNT, _SHARE, _RATIO = FactKind.LEVEL, FactKind.COUNT, FactKind.SHARE, FactKind.RATIO

_FALLS = ("降低率", "下降率", "降低", "下降", "压缩", "压减")
"""Ends of names that say that less is meant: 审批时限压缩70%."""
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
            return _ABOUT if approx else _POINT
        return _RANGE
    if low is not None:
        return _AT_LEAST if low_closed else _ABOVE
    return _AT_MOST if high_closed else _BELOW


def fits(traits: Traits, q: Quantity) -> bool:
    """
    Whether *q* can be a value of an indicator, by its unit alone: 个 is no unit of 固定资产投资.
    """
    unit = q.unit.symbol
    if unit in traits.units:
        return True
    if unit:
        return False
    return q.kind is _FRACTION or q.kind is _PROPORTION or traits.bare or _bare_money(traits, q)


def _bare_money(traits: Traits, q: Quantity) -> bool:
    """收入超10亿: the 元 that no reader misses."""
    return q.unit.symbol == "" and "亿" in q.scale and traits.money


def measure(
    traits: Traits, name: str, q: Quantity, like: Quantity | None, gap: Gap, verb: str, flow: bool
) -> Measure | None:
    """
    Read what *q* measures of an indicator.

    *q* must fit the indicator's units, see `fits`. *flow*: the name has 新增 in it or stands after 新增, 净增 and the like. ``None`` if it says nothing of the indicator.
    """
    sort, unit = q.kind, q.unit.symbol
    kind = _kind(traits, q, sort, unit, gap, verb, flow)
    if kind is None:
        return None
    if not unit and _bare_money(traits, q):
        unit = "元"
    low, high = q.low, q.high
    low_closed: bool | None = q.low_closed
    high_closed: bool | None = q.high_closed
    if low is high and low is not None:  # nearly always a plain number: the same object twice
        bound = _ABOUT if q.approx else _POINT
    elif low is None and high is None:  # 5.2:40.1:54.7 has no one number
        low_closed, high_closed, bound = None, None, Bound.QUALITATIVE
    else:
        bound = bound_of(low, high, low_closed, high_closed, q.approx)
    if (
        like is None
        and not gap.exceeds
        and (sort is _PERCENT or sort is _AMOUNT or sort is _COUNTED)
        and (verb == "up" or (kind is not _GROWTH and kind is not _CHANGE))
    ):  # nearly always: nothing below is about it
        return kind, low, high, low_closed, high_closed, bound, unit
    if bound is _POINT:
        if like is not None and like is not q:
            # a qualifier behind the list's last value or before its first, applied to the others
            shape = bound_of(like.low, like.high, like.low_closed, like.high_closed, like.approx)
            if shape is _AT_LEAST:
                high, low_closed, high_closed, bound = None, True, None, shape
            elif shape is _ABOVE:
                high, low_closed, high_closed, bound = None, False, None, shape
            elif shape is _AT_MOST:
                low, low_closed, high_closed, bound = None, None, True, shape
            elif shape is _ABOUT:
                bound = shape
        elif gap.exceeds:
            high, low_closed, high_closed, bound = None, False, None, _ABOVE
    if sort is _MULTIPLE and kind is _RATIO:
        if unit == "番":  # 翻两番 is four times
            low, high = (None if v is None else Decimal(2) ** v for v in (low, high))
            unit = "倍"
        elif verb == "up":  # 增长2倍 is three times
            low, high = (None if v is None else v + 1 for v in (low, high))
    elif sort is _FRACTION:  # 八成, 三分之二: as a percentage, like every other share
        factor = Decimal(10) if unit == "成" else Decimal(100)
        low, high = (None if v is None else v * factor for v in (low, high))
        unit = "%"
    if kind is _GROWTH or kind is _CHANGE:
        falls = verb == "down" or (verb != "up" and name.endswith(_FALLS))
    else:
        falls = kind is _DIFFERENCE and verb == "under"
    if falls:
        low, high = (None if v is None else -v for v in (high, low))
        low_closed, high_closed = high_closed, low_closed
        if low is None or high is None:
            bound = bound_of(low, high, low_closed, high_closed, False)
    return kind, low, high, low_closed, high_closed, bound, unit


def _kind(
    traits: Traits, q: Quantity, sort: QuantityKind, unit: str, gap: Gap, verb: str, flow: bool
) -> FactKind | None:
    if sort is _PERCENT:
        if gap.whole or verb == "share" or verb == "times":
            # 占GDP比重下降3%: said of the share, and no share itself
            return _CHANGE if gap.whole and verb in ("up", "down") else _SHARE
        natural = traits.percent
        if natural is not _GROWTH:
            return traits.moved if natural is not None and verb in ("up", "down") else natural
        return _LEVEL if traits.prices and not gap.growth and _is_index(q) else natural
    if sort is not _AMOUNT and sort is not _COUNTED:  # most are amounts, and these are no questions of theirs
        if sort is _PERMILLE:
            return traits.permille
        if sort is _POINTS:
            if verb in ("over", "under"):
                return _DIFFERENCE
            return _CHANGE if verb in ("up", "down", "share") else None
        if sort is _MULTIPLE:
            if verb in ("times", "up", "value", "to", "") and (verb or unit == "番" or traits.times):
                return _RATIO
            return None
        if sort is _PROPORTION:
            return _RATIO if traits.ratio else None
        if sort is _FRACTION:
            if verb in ("up", "down") and not gap.whole:  # 增长五成以上
                return _GROWTH if traits.percent is _GROWTH and q.unit.symbol == "成" else None
            return _SHARE if verb == "share" or traits.percent is _SHARE else None
    if not unit and not _bare_money(traits, q):
        if traits.prices and _is_index(q):
            return _LEVEL
        return _RATIO if traits.ratio and sort is _OTHER else None
    if verb and verb != "to" and verb != "value":  # times, over, under and share are of rates
        return _CHANGE if verb == "up" or verb == "down" else None
    if flow and traits.grows:
        return _CHANGE
    kind = traits.absolute
    if kind is _COUNT and sort is _AMOUNT:  # 老旧小区 are counted, or measured in 平方米
        return _LEVEL
    if kind is _LEVEL and sort is _COUNTED and unit in _THINGS:
        return _COUNT
    return kind


def _is_index(q: Quantity) -> bool:
    value = q.low if q.low is not None else q.high
    return value is not None and 90 <= value <= 130
