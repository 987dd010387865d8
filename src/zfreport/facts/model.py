"""What is read out of a report: `Fact`, `Target`, `Pledge`, `Task`, each with its place and its proof."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from ..quantities import Quantity
from ..shown import Shown
from ..text import Span

__all__ = [
    "Bound",
    "Fact",
    "FactKind",
    "Horizon",
    "Modality",
    "Pledge",
    "Target",
    "Task",
    "Tier",
    "Tone",
]


class FactKind(StrEnum):
    """What of the indicator is measured."""

    LEVEL = "level"
    """How much there is, or flowed, in a unit: 473亿元, 3.3万人."""
    GROWTH = "growth"
    """Percent of change, signed: 增长5.5% is 5.5, 下降3.2% is -3.2."""
    RATE = "rate"
    """A percentage by definition: unemployment, enrolment, pass rates."""
    SHARE = "share"
    """Part of a whole, in percent: 占全市的48%."""
    RATIO = "ratio"
    """Times as much as something: 是2011年的1.5倍 is 1.5, 增长2倍 is 3, 翻一番 is 2."""
    COUNT = "count"
    """How many: 243个."""
    CHANGE = "change"
    """An absolute change, signed, in the indicator's unit or in percentage points: 提高2.3个百分点."""
    RANK = "rank"
    """A place among a named set; 1 is the first."""
    INDEX = "index"
    """An index, previous year = 100 unless said otherwise."""
    DIFFERENCE = "difference"
    """Distance from a comparator, signed, in percentage points: 高于全国0.5个百分点."""


class Bound(StrEnum):
    """Which ends there are and what stands there; the last five have no number, and none of them is zero."""

    POINT = "point"
    """One value, as printed: 增长6%. Both ends are it."""
    ABOUT = "about"
    """左右, 上下, 约: both ends are the value named; how far about is not said."""
    AT_LEAST = "at_least"
    """以上, 不低于: only a low end, which belongs to it."""
    ABOVE = "above"
    """超过, 突破: only a low end, which does not."""
    AT_MOST = "at_most"
    """以内, 不超过: only a high end, which belongs to it."""
    BELOW = "below"
    """不到, 低于: only a high end, which does not."""
    RANGE = "range"
    """6%—7%: two ends."""
    RELATIVE = "relative"
    """Tied to something else: 与经济增长同步, 高于全省平均水平."""
    EXTERNAL = "external"
    """Set by a higher level and not printed here: 完成省下达任务."""
    QUALITATIVE = "qualitative"
    """A direction without a number: 保持正增长, 稳中提质. Also three parts that are no one number: 5.2:40.1:54.7 is the wording."""
    ABSENT = "absent"
    """The plan says nothing of it."""
    UNPARSED = "unparsed"
    """A number is printed and could not be read with certainty; see the diagnostic."""


class Modality(StrEnum):
    """Done, expected to have been done, or to be done."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    """预计, 初步核算: the year just ending, before its books are closed."""
    TARGET = "target"


class Horizon(StrEnum):
    """How long the value's period is."""

    YEAR = "year"
    FIVE_YEAR = "five_year"
    """The end of, or the average over, the coming plan or term."""
    PERIOD = "period"
    """Several past years: a sum (累计) or an average (年均)."""


class Tier(StrEnum):
    """保8争9 sets two values: a base and a stretch."""

    BASE = "base"
    STRETCH = "stretch"


class Tone(StrEnum):
    """How binding the words around a target are."""

    HARD = "hard"
    """确保, 必须, 以上, 不低于."""
    NEUTRAL = "neutral"
    """A bare value."""
    SOFT = "soft"
    """左右, 约, a range."""
    STRETCH = "stretch"
    """力争, 争取, 努力."""


@frozen(kw_only=True)
class Fact(Shown):
    """
    One statement of a report: an indicator, what is said of it, of which time, and the words that say it.

    A number of change is signed. ``low`` and ``high`` are in the plain unit (元, 人, %), never scaled, never float.
    """

    indicator: str
    """Id in the indicator table, as ``"gdp"``."""
    name: str
    """The indicator as printed here."""
    kind: FactKind | None
    """What is measured; ``None`` where no number is given."""
    low: Decimal | None = None
    """
    The lower end, in the plain `unit`: 473亿元 is 47300000000 元, 5.5% is 5.5. Signed where it is a change: 下降3.2% is -3.2.
    ``None`` if there is no lower end (不超过3%) or no number, which is never 0.
    """
    high: Decimal | None = None
    """The upper end, likewise; equal to `low` for a single value. 下降3%以上 has ``high`` -3 and no ``low``."""
    low_closed: bool | None = None
    """Whether `low` itself is meant: yes for 不低于8%, no for 超过8%."""
    high_closed: bool | None = None
    """Whether `high` itself is meant: yes for 不超过3%, no for 低于3%."""
    bound: Bound
    """Which of the two ends there are, in words of the signed number: a fall of at least 3% is ``at_most``."""
    unit: str = ""
    """``"元"``, ``"%"``, ``"人"``, ``"个百分点"``, ``"倍"``, ``"位"``; empty without a number."""
    wording: str = ""
    """The words that set the bound and the tone, as printed, ``…`` where others stand between."""
    modality: Modality
    """Whether it was done, is expected to have been, or is aimed at; a `Target` is always ``target``."""
    horizon: Horizon = Horizon.YEAR
    """How long `period` is: one year, the coming plan or term, several past years."""
    period: str = ""
    """``"2024"``, ``"2021-2025"``, ``"20xx"`` where the text masks it; empty if unknown."""
    basis: str = ""
    """How it is measured, as printed: 同比, 年均, 累计, 按可比价."""
    comparator: str = ""
    """What it is compared with, as printed: 全国, 2011年, 经济增长."""
    tier: Tier = Tier.BASE
    """``stretch`` for the second value of 增长6%、力争达到7%: that one is no second target."""
    tone: Tone = Tone.NEUTRAL
    """How binding the words are: 确保 and 以上 ``hard``, 左右 ``soft``, 力争 ``stretch``. It tells something of targets alone."""
    filter: str = ""
    """
    What part of the indicator or of the year it is about, as printed: 高新区, 亿元以上, 一季度; how far counted things have
    come (签约, 开工), of what class they are (省级以上), what was done with them (破获). A fact with a filter is not the
    region's total.
    """
    parent: str = ""
    """Id of the indicator that 其中 makes it a part of; its own id for a part of the same measure (其中经济适用房200套)."""
    span: Span
    """The words that state it, name to value, in `Report.source`."""
    sentence_span: Span
    """The sentence that proves it."""
    path: tuple[str, ...] = ()
    """Titles of the headings above it."""
    rule: str
    """
    The rule that bound the value to the name. ``direct``: a name, known words, a value. ``carried``: a clause that goes
    on with the name before. ``two-measures``: 101幢4万平方米. ``stages``: 开工2万套、竣工1万套. ``distribution``, ``distribution-back``,
    ``distribution-one``, ``distribution-parts``: 分别, forwards, back over 其中, with one value for two, over parts of one measure. ``list``: the same without 分别.
    ``every``, ``every-back``: 均. ``shared``: A和B增长8%. ``whole``: 城乡居民收入 with one value. ``rank``: 居第三.
    ``status-relative``, ``status-external``, ``status-qualitative``: no number. ``unparsed``, ``absent``.
    """
    confidence: float = 1.0
    """From 0 to 1."""


@frozen(kw_only=True)
class Target(Fact):
    """A fact whose modality is target."""


@frozen(kw_only=True)
class Pledge:
    """One of the 民生实事 a government promises for the year."""

    number: int | None
    """As printed; ``None`` if the list is not numbered."""
    title: str
    """Its heading or first words."""
    text: str
    """The whole item as printed."""
    promises: tuple[Quantity, ...] = field(default=(), repr=False)
    """What it promises in numbers."""
    office: str = ""
    """牵头单位 or 责任单位, where printed."""
    deadline: str = ""
    """As printed: 2026年底前."""
    span: Span
    """Where the item stands, its number included."""
    path: tuple[str, ...] = ()
    """Titles above it; the first is the part's or the annex's."""
    confidence: float = 1.0
    """From 0 to 1; how sure it is that this is one of them."""


@frozen(kw_only=True)
class Task:
    """One point of the plan for the year: what is to be done, with its numbers."""

    title: str
    """The point's heading, or its first sentence."""
    quantities: tuple[Quantity, ...] = field(default=(), repr=False)
    """The quantities of the point, in text order."""
    office: str = ""
    """牵头单位 or 责任单位; empty where the text prints none."""
    deadline: str = ""
    """As printed: 6月底前; empty where the text prints none."""
    span: Span
    """Where the point stands."""
    path: tuple[str, ...] = ()
    """Titles above it; the first is the part's."""
