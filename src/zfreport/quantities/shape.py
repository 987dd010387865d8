"""What the words of a quantity say besides the number itself, whatever stands round them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import evolve, field, frozen

from ..units import NO_UNIT, Unit
from .model import QuantityKind

__all__ = ["PEOPLE", "Shape", "is_settled", "kind_of", "says_word", "under"]

_KINDS: Final = {
    "count": QuantityKind.COUNT,
    "container": QuantityKind.COUNT,
    "number": QuantityKind.COUNT,
    "time": QuantityKind.DURATION,
    "working day": QuantityKind.DURATION,
    "class hour": QuantityKind.DURATION,
    "multiple": QuantityKind.MULTIPLE,
    "doubling": QuantityKind.MULTIPLE,
    "ratio difference": QuantityKind.PERCENTAGE_POINT,
}
_KINDS_BY_SYMBOL: Final = {
    "%": QuantityKind.PERCENT,
    "‰": QuantityKind.PERMILLE,
    "成": QuantityKind.FRACTION,
    "折": QuantityKind.FRACTION,
}


@frozen(eq=False)
class Shape:
    """What the words say besides the number itself. Compared by identity: `shape_of` and `under` remember them."""

    unit: Unit
    kind: QuantityKind
    rule: str = "amount"
    low: bool = True
    """There is a lower end."""
    high: bool = True
    low_closed: bool = True
    high_closed: bool = True
    approx: bool = False
    scale: str = ""
    """As printed, Simplified."""
    power: str = ""
    """The scale as an exponent, ``"E8"``, for numbers that are not yet scaled."""
    bounded: bool = False
    """A qualifier is among the words."""
    chinese: bool = False
    """The numeral is Chinese."""
    headless: bool = False
    """A bare multiplier stands for its number: 百余场, 亿元以上. Without a qualifier it is none (百姓, 万元户)."""
    one: bool = False
    """一 or 几 and nothing else: mostly an article (一个, 几个方面)."""
    nameless: bool = False
    """No reference begins with it, unless it is quoted: 473.2亿元. Only `Tails` say so; see `is_nameless`."""
    whole_nameless: bool = False
    """The same if it is written with digits only: 37座."""
    settled: bool = False
    """Nothing that does not touch it can change what it is: 473亿元. Only `Tails` and `Words` say so."""
    idle: bool = False
    """Nothing that does not touch it can make it a quantity or a list marker: 一批, 百姓, 八方. Only `Words` say so."""

    bare: bool = field(init=False)
    """A number and nothing else: 36中, 2024, 14和25平方米."""
    measured: bool = field(init=False)
    """It has a scale, or a unit that a year and month cannot have: 2016.05米, but not 2016.05日."""
    timely: bool = field(init=False)
    """It may name a stretch of time instead of measuring one: 五年来."""
    doubtful: bool = field(init=False)
    """It may be no quantity at all; where it stands must tell."""
    selective: bool = field(init=False)
    """It may say which things are meant instead of how much there is: 60岁以上老人."""
    sharing: bool = field(init=False)
    """In a list it may have the unit of the next: 14和25平方米, 3个和4个百分点."""

    @bare.default
    def _is_bare(self) -> bool:
        return self.unit is NO_UNIT and not (self.scale or self.bounded) and self.kind in _BARE_KINDS

    @measured.default
    def _is_measured(self) -> bool:
        return self.scale != "" or (self.unit is not NO_UNIT and self.unit.symbol not in _PERIOD_UNITS)

    @timely.default
    def _is_timely(self) -> bool:
        return self.unit.symbol in _PERIOD_UNITS

    @doubtful.default
    def _is_doubtful(self) -> bool:
        return self.chinese or self.headless or self.bare or self.unit.symbol in ("番", "成")

    @selective.default
    def _is_selective(self) -> bool:
        return self.bounded and self.kind in _SELECTIVE_KINDS

    @sharing.default
    def _is_sharing(self) -> bool:
        return self.unit is NO_UNIT or self.unit.symbol == "个"


_PERIOD_UNITS: Final = frozenset({"年", "个月", "天", "季度", "星期", "周", "日"})
_BARE_KINDS: Final = frozenset({QuantityKind.COUNT, QuantityKind.OTHER})
_SELECTIVE_KINDS: Final = frozenset({QuantityKind.LEVEL, QuantityKind.DURATION, QuantityKind.COUNT})


def kind_of(unit: Unit) -> QuantityKind:
    """The kind that a unit implies."""
    return _KINDS_BY_SYMBOL.get(unit.symbol) or _KINDS.get(unit.dimension, QuantityKind.LEVEL)


@lru_cache(maxsize=4096)
def under(shape: Shape, effect: str) -> Shape:
    """*shape* under a qualifier of *effect*; see ``data/qualifiers.tsv``."""
    if not effect:
        return shape
    if effect == "about" or (effect == "near" and not shape.high):  # 约3000余亩: the 余 wins
        return evolve(shape, approx=True, bounded=True)
    if effect in ("above", "least", "more"):
        return evolve(
            shape,
            low=True,
            low_closed=effect == "least",
            high=False,
            high_closed=False,
            approx=shape.approx or effect == "more",
            bounded=True,
        )
    if effect == "most" and shape.rule == "range":  # 3—5个以内 keeps its lower end
        return evolve(shape, bounded=True)
    return evolve(
        shape,
        low=False,
        low_closed=False,
        high=True,
        high_closed=effect == "most",
        approx=shape.approx or effect == "near",
        bounded=True,
    )


# with a Chinese numeral these name groups, ranks and parts rather than count: 三级, 二期, 四类, 两面, 十分
_GROUPING: Final = frozenset(
    (
        "类 级 期 届 层 面 道 门 分 方 度 角 班 线 路 端 单 股 站 院 港 湖 厂 库 园 店 桥 企 校 乡 镇 村 里 批 轮 对 双 副 头 口 眼 席 "
        "队 块 片 本 篇 章 首 幅 集 部 组 根 案 例 样 团 瓦 担 升 折 床 款 兆 顷 丛 拨 社区 街道 金 银 铜 克 尾 列 剂 桌 挂 杆 起 尺 丈 位"
    ).split()
)


# members looked up on their class cost more than the tests beside them
_LEVEL: Final = QuantityKind.LEVEL
_COUNT: Final = QuantityKind.COUNT
_COUNTING: Final = frozenset({QuantityKind.LEVEL, QuantityKind.DURATION, QuantityKind.COUNT})


def says_word(words: str, shape: Shape, high: Decimal) -> bool | None:
    """
    Whether words that look like an amount only name or point (一个, 三级, 百姓, 建成); ``None`` if their place must tell.
    """
    symbol = shape.unit.symbol
    if symbol == "番":
        return words[0] != "翻"
    if symbol == "成" and high > 10:
        return True
    if shape.bounded:
        return False
    if shape.headless or words == "半":  # 过半 and 对半 are longer by now
        return True
    if not shape.chinese or shape.scale or shape.kind not in _COUNTING:
        return False
    if words in ("一元", "二元", "三元"):
        return None
    if shape.one:
        if symbol in ("方", "度"):
            return None
        return shape.kind is not _LEVEL and symbol != "刻钟"
    if shape.approx:
        return False
    return True if symbol in _GROUPING or words == "二次" else None


PEOPLE: Final = ("人", "户", "")
"""What is counted where a number of things may choose them: 300人以上企业, but 10个以上园区."""
_CHOOSING: Final = frozenset("上下内內级級")
"""The last characters of words that may say which things are meant: 60岁以上, 亿元级."""


def is_settled(words: str, shape: Shape, word: bool | None) -> bool:
    """
    Whether an amount in *words* is what it seems wherever it stands, as long as nothing touches it that `before` knows.

    *word* is what `says_word` says of them; after 这 and 那, which touch too, its ``None`` means no.
    """
    choosing = shape.selective and (
        shape.headless
        or (words[-1] in _CHOOSING and not (shape.kind is _COUNT and shape.unit.symbol not in PEOPLE))
    )
    return not (
        shape.timely
        or shape.bare
        or shape.rule == "half"
        or choosing
        or word
        or (word is None and (shape.one or shape.unit.symbol == "元"))
    )
