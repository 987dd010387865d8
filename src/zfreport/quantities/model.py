"""What a scan finds: `Quantity`, `Reference` and the `Scan` that holds both. Frozen data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from ..diagnostics import Diagnostic
from ..quick import quick
from ..shown import Shown
from ..text import Span, span_of
from ..units import UNITS, Unit, UnitError, UnitTable

if TYPE_CHECKING:
    from ..bridged import Bridged

__all__ = [
    "PartialDate",
    "Quantity",
    "QuantityKind",
    "QuantityRole",
    "Reference",
    "ReferenceKind",
    "ReferenceValue",
    "Scan",
    "make_quantity",
    "make_reference",
    "put",
]


class QuantityKind(StrEnum):
    """What sort of quantity it is, told by unit and form."""

    LEVEL = "level"
    """Money, mass, length, area, volume, energy, power … and compound units."""
    PERCENT = "percent"
    PERMILLE = "permille"
    PERCENTAGE_POINT = "percentage_point"
    MULTIPLE = "multiple"
    """倍, 番 (doublings)."""
    FRACTION = "fraction"
    """三分之二, 1/4, 七成, 半数."""
    RATIO = "ratio"
    """2.3∶1, 10.3:45:44.7."""
    COUNT = "count"
    """Things counted, with a measure word or bare (5亿人口)."""
    DURATION = "duration"
    """Years, months, days, hours, and ages."""
    OTHER = "other"
    """A bare decimal: an index, a rate without unit."""


class QuantityRole(StrEnum):
    """What the quantity does in its phrase."""

    VALUE = "value"
    FILTER = "filter"
    """It says which things are meant, not how much there is: 60岁以上老人, 亿元以上项目."""


class ReferenceKind(StrEnum):
    """What a number that is no quantity is."""

    DATE = "date"
    """A calendar date or part of one, or a stretch of them; value: `PartialDate`, or a pair of them."""
    YEAR = "year"
    """A calendar year or a stretch of years; value: int, a pair of ints, or ``None`` for a masked 20xx年."""
    TIME = "time"
    """A time of day: 03:17:12; value: as printed."""
    PERIOD = "period"
    """五年来, 过去三年, 三年行动, 20周年: names a time, measures nothing; value: the number."""
    PLAN = "plan"
    """十二五; value: first and last year."""
    LAW_PLAN = "law_plan"
    """六五普法, a law-education plan; value: first and last year."""
    CONGRESS = "congress"
    """党的二十大, 第十四届全国人民代表大会; value: its number."""
    SESSION = "session"
    """第十四届…第四次会议; value: term and session."""
    PLENUM = "plenum"
    """十八届三中、四中全会; value: term (``None`` if unsaid) and the plenums."""
    DOCUMENT = "document"
    """国发〔2022〕2号; value: issuer, year, number."""
    ORDINAL = "ordinal"
    """第三, 第五次, 2号, 二期; value: int, or a tuple of them."""
    RANK = "rank"
    """全省第3, 前三; value: int."""
    HOTLINE = "hotline"
    ROAD = "road"
    SCHOOL = "school"
    NAME = "name"
    """A proper name or term that contains a number: 世界500强, 15分钟生活圈, 三次产业."""
    MODEL = "model"
    """C919, 5G, 3D, 2.0版."""
    STANDARD = "standard"
    GRADE = "grade"
    """5A级, 三级甲等, Ⅲ类."""
    POLLUTANT = "pollutant"
    """PM2.5, SO2."""
    SLOGAN = "slogan"
    """“1+6”, 三严三实, “11258”."""
    CLASS = "class"
    """规模以上; 亿元以上 without a numeral, with its value."""
    NOTE_MARK = "note_mark"
    LIST_MARKER = "list_marker"
    PHONE = "phone"
    CELL = "cell"
    """Alone in its line or table cell: a page number, a counter, a figure whose unit stands elsewhere."""
    CODE = "code"
    """Serial, index and registration numbers."""


@frozen(order=True)
class PartialDate:
    """
    A date as far as the text prints it.

    >>> str(PartialDate(2018, 3)), str(PartialDate(None, 6, 30))
    ('2018-03', 'XXXX-06-30')
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year:04}"
        month = ["XX"] if self.month is None and self.day is not None else []
        return "-".join(
            [year, *month, *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        )


ReferenceValue: TypeAlias = (
    "int | str | Decimal | PartialDate | tuple[PartialDate, PartialDate] | tuple[int, ...]"
    " | tuple[int | None, tuple[int, ...]] | tuple[str, int, int] | None"
)


@frozen
class Quantity(Shown):
    """
    A number that measures or counts something: an interval, a unit and a place.

    A plain value has ``low == high``; a bound has one end only; a range has two. The number is in the plain unit
    (473亿元 is 47300000000 元), but %, ‰, 个百分点, 成 and 番 keep what is printed (七成 is 7). Direction words do not
    change it: 下降8.8% is 8.8; what it means is for facts to say.
    """

    span: Span
    """Number, scale, unit and the qualifiers that touch them."""
    text: str
    """The words themselves, as printed."""
    low: Decimal | None
    high: Decimal | None
    low_closed: bool
    high_closed: bool
    approx: bool
    """Said to be inexact: 约 近 余 多 左右 几."""
    unit: Unit
    kind: QuantityKind
    role: QuantityRole = QuantityRole.VALUE
    parts: tuple[Decimal, ...] = ()
    """The terms of a ratio, as printed."""
    scale: str = ""
    """The scale as printed, Simplified: ``"亿"``, ``"万亿"``; of the upper end if it is a range."""
    rule: str = ""
    """How it was read: ``"amount"``, ``"range"``, ``"list"``, ``"fraction"`` …, for `explain`."""
    confidence: float = 1.0

    @property
    def value(self) -> Decimal | None:
        """The single value of a plain quantity; ``None`` if it is an interval or a ratio of three."""
        return self.low if self.low == self.high else None

    def to(self, unit: str | Unit, units: UnitTable = UNITS) -> Quantity:
        """
        The same quantity in another unit, converted exactly.

        Raises `zfreport.units.UnitError` between dimensions, between currencies and between measure words, and when
        the result has no finite decimal (1亩 is 666.666… 平方米): use ``unit.ratio_to`` for the exact fraction.
        """
        target = units[unit] if isinstance(unit, str) else unit
        ratio = self.unit.ratio_to(target)
        return evolve(
            self,
            low=None if self.low is None else _times(self.low, ratio, self.unit, target),
            high=None if self.high is None else _times(self.high, ratio, self.unit, target),
            unit=target,
        )


def _times(value: Decimal, ratio: Fraction, unit: Unit, target: Unit) -> Decimal:
    exact = Fraction(value) * ratio
    rest, places = exact.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    if rest != 1:
        raise UnitError(f"{value:f} {unit.symbol} is {exact} {target.symbol}, which no decimal holds")
    digits = exact.numerator * 10**places // exact.denominator
    return Decimal(f"{digits}E-{places}") if places else Decimal(digits)


@frozen
class Reference(Shown):
    """A number that is no quantity, and what it is instead."""

    span: Span
    text: str
    kind: ReferenceKind
    value: ReferenceValue = None
    """See the members of `ReferenceKind`."""
    rule: str = ""
    """The row of ``data/references.tsv`` that recognised it."""


make_quantity = quick(Quantity)
make_reference = quick(Reference)


def put(numbers: Sequence[Quantity | Reference], view: Bridged, source: str) -> None:
    """
    Put quantities or references that were read in a *view* of *source*, and that nobody else has seen, where they stand in it.

    They are written to, as a copy of each costs three times as much. Only what has a gap inside has other words than before.
    """
    if not numbers:
        return
    cls = type(numbers[0])
    set_span, set_text = cls.span.__set__, cls.text.__set__  # type: ignore[attr-defined]
    runs = view.runs()
    limit = shift = 0
    for number in numbers:
        span = number.span
        start, end = span.start, span.end
        while start >= limit:
            limit, shift = next(runs)
        if end > limit:
            place = view.back(span)
            set_span(number, place)
            set_text(number, source[place.start : place.end])
        elif shift:
            set_span(number, span_of((start + shift, end + shift)))


@frozen
class Scan:
    """Everything numeric in a text, in text order."""

    quantities: tuple[Quantity, ...]
    references: tuple[Reference, ...]
    unexplained: tuple[Span, ...]
    """Digit runs and Chinese numerals that are neither: what was not understood."""
    diagnostics: tuple[Diagnostic, ...] = ()
