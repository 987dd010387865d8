"""What the rules ask of an indicator for every value: worked out once, when its table is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .marks import marked
from .model import FactKind

if TYPE_CHECKING:
    from .indicators import Indicator

__all__ = ["RATES", "Traits", "traits_of"]

RATES = frozenset(("%", "‰", "个百分点", "倍", "番", "成"))
"""A value in one of these may be of any indicator."""
# What is counted in one of these may be counted in the others.
_SAME = {
    "名": "人", "位": "人", "人次": "人次", "户": "户", "家": "家", "个": "个", "度": "千瓦时", "方": "立方米", "TEU": "标箱",
    "标准箱": "标箱", "处": "个", "所": "个", "座": "个",
}  # fmt: skip
_KINDS = {str(kind): kind for kind in FactKind}
_SHARE, _RATE, _RATIO = FactKind.SHARE, FactKind.RATE, FactKind.RATIO
_STATES = frozenset((FactKind.LEVEL, FactKind.COUNT, FactKind.SHARE, FactKind.RATE, FactKind.INDEX))
_NONE: frozenset[FactKind] = frozenset()
_STOCKS, _BUILT, _STANDING_TOO, _WHOLES = map(marked, ("stock", "built", "standing", "whole"))
_STANDING = frozenset(
    ("macro", "income", "population", "energy", "transport", "tourism", "science", "digital", "business")
)
_AGGREGATES = frozenset(("macro", "fiscal", "trade", "consumption", "income", "investment", "prices"))
"""Topics whose indicators are sums over a whole region: with other words before it the name is of a part."""
_GOVERNED = _AGGREGATES | {"industry"}
"""Topics whose sums a zone reports too: behind 支持高新区做大做强 they may be the zone's."""


@frozen(eq=False)
class Traits:
    """An indicator as the rules see it."""

    units: frozenset[str]
    """Every unit that a value may have, with those that count the same."""
    bare: bool
    """A value may have no unit."""
    money: bool
    times: bool
    """A multiple may be a value without a verb."""
    percent: FactKind | None
    """What a bare percentage is."""
    moved: FactKind
    """What a percentage is that it rises or falls by."""
    permille: FactKind | None
    absolute: FactKind | None
    """What a value in a unit is."""
    ratio: bool
    """A value without a unit is a ratio."""
    grows: bool
    """新增 makes its level a change."""
    built: bool
    """So does 新建."""
    prices: bool
    """A number about 100 is an index."""
    rising: str
    """What 改善 means of it: ``up`` or ``down``."""
    standing: tuple[FactKind, ...]
    """Kinds whose amounts are stocks, or are told by the year: 通车里程, 粮食产量; not 新增就业, 改造老旧小区."""
    aggregate: bool
    """It is a sum over a whole region."""
    governed: bool
    """It is a sum that a zone reports too."""
    sums: bool
    """It adds up over the year, as production and employment do."""
    whole: bool
    """It is a sum or share of another topic that words before it make one of a part."""
    centred: bool
    """中心城区 before it makes it one of a part."""
    schools: bool
    family: bool
    pattern: bool


def traits_of(indicator: Indicator) -> Traits:
    """The traits of *indicator*."""
    id, topic, units = indicator.id, indicator.topic, indicator.units
    same = {_SAME.get(unit, unit) for unit in units}
    alike = [unit for unit in {*_SAME, *same} if _SAME.get(unit, unit) in same]
    percent = _KINDS[indicator.percent] if indicator.percent else None
    if id == "livelihood_expenditure":  # 民生支出保持在70%以上: of all expenditure, and no growth
        percent = _SHARE
    absolute = _KINDS[indicator.absolute] if indicator.absolute else None
    return Traits(
        units=RATES.union(units, alike),
        bare=id == "cpi" or absolute is _RATIO,
        money="元" in units,
        times="倍" in units,
        percent=percent,
        moved=FactKind.GROWTH if "%" in units and absolute else FactKind.CHANGE,
        permille=percent if "‰" in units else None,
        absolute=absolute,
        ratio=absolute is _RATIO,
        grows=absolute is FactKind.COUNT or id in _STOCKS,
        built=id in _BUILT,
        prices=id == "cpi",
        rising="down" if indicator.polarity == "down" else "up",
        standing=tuple(sorted(_standing(indicator))),
        aggregate=topic in _AGGREGATES,
        governed=topic in _GOVERNED,
        sums=topic in _GOVERNED or topic == "employment",
        whole=id in _WHOLES,
        centred=id in _WHOLES and topic != "environment",
        schools=id == "school_places",
        family=indicator.role == "family",
        pattern=indicator.role == "pattern",
    )


def _standing(indicator: Indicator) -> frozenset[FactKind]:
    states = _STATES if indicator.topic in _STANDING or indicator.id in _STANDING_TOO else _NONE
    if indicator.role == "family":
        return states if indicator.id in _STANDING_TOO else _NONE
    kinds = states | {_SHARE, _RATE}
    return kinds | {_RATIO} if indicator.absolute == "ratio" else kinds
