"""From a text to its quantities and references: one scan for names, one for numbers, each judged where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal, InvalidOperation
from itertools import accumulate
from operator import attrgetter
from typing import Any, Final, TypeVar

from attrs import evolve

from ..diagnostics import Code, Diagnostic, Severity
from ..errors import expect
from ..numerals import ARABIC_DIGITS, MAX_NUMERAL
from ..text import Span, span_of
from ..units import UNITS, UnitTable
from .bare import BEHIND_MARKERS, bare_marker, bare_name
from .context import (
    LETTERS,
    MARKED,
    QUALIFYING,
    TEARING,
    TELLING,
    TOUCHING,
    before,
    is_cut,
    is_period,
    is_time,
    is_torn,
    is_word,
    pair_before,
    qualified,
    role,
)
from .grammar import quantity_pattern
from .leftover import numerals
from .lists import share_names, share_units
from .model import (
    Quantity,
    QuantityKind,
    QuantityRole,
    Reference,
    ReferenceKind,
    Scan,
    make_quantity,
    make_reference,
)
from .read import Piece, chinese_words, is_joint, read, tails
from .references import find_references
from .shape import Shape

__all__ = ["find_quantities", "scan"]

T = TypeVar("T")

_PLAIN: Final = ARABIC_DIGITS + ".．"
_JOINTS: Final = frozenset("-－﹣–—―~～〜─至到比:：∶︰﹕/／ \u00a0\u3000")
_FROM: Final = frozenset("从從由")
_POINTS: Final = frozenset(".．")
_LONG: Final = 4 * MAX_NUMERAL
"""Longer chains are not even looked at: 5至5至5至…"""
_ZERO: Final = Decimal(0)
_VALUE: Final = QuantityRole.VALUE  # a member looked up on its class costs more than all tests beside it
_FILTER: Final = QuantityRole.FILTER
_MULTIPLE: Final = QuantityKind.MULTIPLE
_PERIOD: Final = ReferenceKind.PERIOD
_TIME: Final = ReferenceKind.TIME
_CLASS: Final = ReferenceKind.CLASS
_NAME: Final = ReferenceKind.NAME


def find_quantities(text: str, units: UnitTable = UNITS) -> tuple[Quantity, ...]:
    """
    Every quantity of any Chinese text, in order: value, unit, bounds and place.

    >>> [(q.text, q.low, q.high, q.unit.symbol) for q in find_quantities("救助近9万人次,发放2亿多元")]
    [('近9万人次', None, Decimal('9E+4'), '人次'), ('2亿多元', Decimal('2E+8'), None, '元')]

    A line break ends a quantity, unless a number ends a line of prose and its unit begins the next. `zfreport.parse`
    knows hard-wrapped lines and reads over their breaks.

    Pass *units* to know more of them:

    >>> from zfreport.units import Unit
    >>> find_quantities("缴粮3斛", UNITS.with_(Unit("斛", "volume")))[0].unit.symbol
    '斛'
    """
    return scan(text, units).quantities


def scan(text: str, units: UnitTable = UNITS, known: Iterable[Span] = ()) -> Scan:
    """
    Every quantity and every reference of any Chinese text, and which of its numbers are neither.

    *known* are stretches that something else explains, as a report's heading markers; their numbers are not reported
    again. Unexplained is every run of digits, and every Chinese numeral of two characters or more that holds a digit
    and a multiplier (三十六), that is neither; shorter ones are words too often (统一, 一步, 万一).

    >>> found = scan("党的二十大以来，“十四五”规划投资3亿元，见37号楼9")
    >>> [(r.text, str(r.kind), r.value) for r in found.references]
    [('党的二十大', 'congress', 20), ('十四五', 'plan', (2021, 2025)), ('37号楼', 'ordinal', 37)]
    >>> found.unexplained
    (Span(start=26, end=27),)

    Raises `TypeError` if *text* is no `str` or *units* no `UnitTable`.
    """
    expect(text, str, "scan and find_quantities want a text as str")
    expect(units, UnitTable, "scan and find_quantities want a UnitTable as units")
    # number, tail, what stands between them and the next, and so on: half the price of as many matches. And the whole
    # text first: taken in turns with the rest, the engine would find its code gone from the processor's cache
    pieces = quantity_pattern(units).split(text)
    bounds = list(accumulate(map(len, pieces)))
    shapes = list(map(tails(units).__getitem__, pieces[2::3]))
    references = find_references(text, _nameable(pieces, bounds, shapes))
    reader = _Reader(text, units, references)
    reader.read(pieces, bounds, shapes)
    quantities, unclaimed = share_units(text, reader.quantities, reader.sharing)
    leftover = reader.leftover
    references += reader.references
    if unclaimed:
        named, unclaimed = share_names(text, unclaimed, references)
        references += named
        leftover += unclaimed
    references.sort(key=_span)
    leftover = [
        span
        for span in leftover
        if not _overlaps(span, quantities, _span) and not _overlaps(span, references, _span)
    ]
    if leftover:  # seldom by now
        explained = sorted(known)
        leftover = [span for span in sorted(leftover) if not _overlaps(span, explained, tuple)]
    return Scan(tuple(quantities), tuple(references), tuple(leftover), tuple(reader.diagnostics))


def _nameable(pieces: list[str], bounds: list[int], shapes: list[Shape | None]) -> list[int]:
    """
    Where in the text of *pieces* a reference may begin with a digit.

    Not at numbers before 亿元, % and the like, which are most; see `is_nameless`. In those, no digit after a comma, space or
    multiplier begins one either, as it stands before such a sign, a digit or one of these. And not at a decimal before any
    other unit, which would be a year and month: 2016.05米.
    """
    places: list[int] = []
    for start, number, stop, shape in zip(bounds[::3], pieces[1::3], bounds[2::3], shapes, strict=False):
        if shape is not None and (
            shape.nameless
            or (shape.whole_nameless if number.isdecimal() else shape.measured and number[4:5] in _POINTS)
        ):
            continue
        if number < ":" or number >= "０":  # Arabic
            places.append(start)
            if shape is None or not number.replace(".", "").isdecimal():  # 1 9 9 3; 一年零3个月
                places += range(start + 1, stop)
    return places


class _Reader:
    """
    Reads the numbers of a text from left to right, outside of the references that are known.

    Most numbers have a tail, or are in words, that settle what they are, and touch nothing that could change it: `read` makes
    those into quantities on the spot, and leaves out what is only a word. For the rest each method does what the one before
    left undone.
    """

    __slots__ = (
        "_claimed",
        "_done",
        "_ends",
        "_starts",
        "_text",
        "_units",
        "diagnostics",
        "leftover",
        "quantities",
        "references",
        "sharing",
    )

    def __init__(self, text: str, units: UnitTable, references: list[Reference]) -> None:
        self._text = text
        self._units = units
        # of the references; the first and last spare tests
        self._starts = [-1, *(r.span.start for r in references), len(text) + 1]
        self._ends = [0, *(r.span.end for r in references), len(text) + 1]
        self._done = self._claimed = 0
        self.quantities: list[Quantity] = []
        self.references: list[Reference] = []
        self.leftover: list[Span] = []
        self.diagnostics: list[Diagnostic] = []
        self.sharing: list[int] = []
        """Which of the quantities may have the unit of the next."""

    def read(self, pieces: list[str], bounds: list[int], shapes: list[Shape | None]) -> None:
        """Everything, stretch by stretch: the matches of the scan, those joined by a sign of range or ratio as one."""
        text, starts, ends, quantities, sharing = (
            self._text,
            self._starts,
            self._ends,
            self.quantities,
            self.sharing,
        )
        in_chinese = chinese_words(self._units)
        hits = zip(bounds[::3], bounds[2::3], pieces[1::3], pieces[2::3], pieces[3::3], shapes, strict=False)
        begin = -1
        i = 0
        for start, stop, number, tail, gap, shape in hits:
            if len(gap) < 5 and gap[:1] in _JOINTS and is_joint(text, stop, stop + len(gap)):
                if begin < 0:
                    begin = start
                continue
            if begin >= 0:
                start, begin = begin, -1
                number, shape = "", None  # of several numbers no tail tells
            while ends[i] <= start:
                i += 1
            if stop > starts[i]:
                if start < starts[i] or stop > ends[i]:
                    self._read_stretch(start, stop)
                continue
            words = number + tail
            if start < self._done:
                shape = None
            elif number >= ":":
                low, high, shape = in_chinese[words]
            elif stop - start > MAX_NUMERAL:
                shape = None
            elif shape is not None:
                try:
                    low = high = _exactly(number + shape.power)
                except InvalidOperation:  # 18,000; 1 9 9 3; 9．8
                    shape = None
            if shape is None:
                self._read_stretch(start, stop)
                continue
            if shape.settled or shape.idle:
                last = text[start - 1]
                lead = TOUCHING.get(last)
                touched = lead is not None and (not lead or text[start - 2] in lead)
                if shape.settled:
                    how = _VALUE
                    if touched and last in QUALIFYING and shape.kind is not _MULTIPLE:  # 翻了近两番
                        start, shape = qualified(text, start, stop, shape)
                        if start < self._claimed or start < ends[i - 1]:
                            continue  # 两成一半: its first words are the last of the number before
                        words = text[start:stop]
                        if shape.selective:
                            how = role(text, start, stop, shape)
                        touched = False
                    if not touched:
                        if shape.sharing:
                            sharing.append(len(quantities))
                        quantities.append(
                            make_quantity(
                                span_of((start, stop)),
                                words,
                                low if shape.low else None,
                                high if shape.high else None,
                                shape.low_closed,
                                shape.high_closed,
                                shape.approx,
                                shape.unit,
                                shape.kind,
                                how,
                                (),
                                shape.scale,
                                shape.rule,
                            )
                        )
                        self._claimed = stop
                        continue
                elif not touched and (not shape.bare or gap[:1] not in _BEHIND_BARE):
                    continue
            self._take((start, stop, low, high, shape, ()))

    def _read_stretch(self, at: int, stop: int) -> None:
        """What may be one quantity or several, or have a part in common with references."""
        text, units = self._text, self._units
        words = text[at:stop].rstrip()
        tail = words.lstrip(_PLAIN)
        if len(tail) < len(words) <= MAX_NUMERAL:
            shape = tails(units)[tail]
            if shape is not None:
                number = words[: len(words) - len(tail)].replace("．", ".")
                value = Decimal(number + shape.power)
                self._take_outside((at, at + len(words), value, value, shape, ()))
                return
        elif len(words) > _LONG:
            self._take((at, stop, _ZERO, _ZERO, None, ()))
            return
        pieces = read(words, units)
        if (
            at
            and text[at - 1] in _FROM
            and len(pieces) == 1
            and pieces[0][4]
            and pieces[0][4].rule == "range"
        ):
            pieces = read(words, units, ranges=False)  # 从3个到5个
        for start, end, low, high, shape, parts in pieces:
            self._take_outside((at + start, at + end, low, high, shape, parts))

    def _take_outside(self, piece: Piece) -> None:
        """One quantity, if no reference has a part of it; else what the references leave of it, which has no value."""
        start, end = piece[:2]
        i = bisect_right(self._ends, start)
        if self._starts[i] >= end:
            self._take(piece)
            return
        while start < end:
            if start < self._starts[i]:
                self._take((start, min(end, self._starts[i]), _ZERO, _ZERO, None, ()))
            start = self._ends[i]
            i += 1

    def _take(self, piece: Piece) -> None:
        """One quantity that is read, judged by where it stands; without a shape it has no value."""
        text = self._text
        start, end, low, high, shape, parts = piece
        if start < self._done:
            return
        if (
            shape is not None
            and shape.bare
            and text[end : end + 1] in _WRAPS
            and (wrapped := _wrapped(text, start, end, self._units))
            and self._starts[bisect_left(self._starts, end)]
            >= wrapped[0]  # its unit is no part of a reference
        ):
            end, low, high, shape = wrapped
            self._done = end
        if shape is None:
            unread = _numerals(text, start, end)
            self.leftover += unread
            if unread:
                self.diagnostics.append(_unread(text, start, end))
            return
        found = _judge(text, start, end, low, high, shape, parts)
        if found is None:
            self.leftover += _numerals(text, start, end)
            return
        begin = found.span.start
        if begin < self._claimed or (
            begin < start and begin < self._ends[bisect_left(self._starts, start) - 1]
        ):
            return  # 两成一半: its first words are the last of the number before
        self._claimed = found.span.end
        if isinstance(found, Reference):
            self.references.append(found)
            return
        if shape.sharing:
            self.sharing.append(len(self.quantities))
        self.quantities.append(found)
        if shape.headless and found.role is _FILTER:
            self.references.append(make_reference(found.span, found.text, _CLASS, found.low, "class"))
        elif found.rule == "range reversed":
            self.diagnostics.append(_reversed(found))


_span = attrgetter("span")
_exactly = Context(prec=2 * MAX_NUMERAL, traps=[InvalidOperation]).create_decimal
"""`Decimal`, but deaf to what the caller's context says of things that are no numbers."""


_ABBREVIATION: Final = re.compile("(?<![A-Za-z])(?:[A-Z]{3,5}|R&D)$")
"""AED1200台, GDP8%, R&D2.8%: counted or measured all the same."""


def _judge(
    text: str, start: int, end: int, low: Decimal, high: Decimal, shape: Shape, parts: tuple[Decimal, ...]
) -> Quantity | Reference | None:
    """What the number at ``text[start:end]`` is, seen in its place; ``None`` if nothing says."""
    last = text[start - 1] if start else "\n"
    negative = False
    marked = last in MARKED
    if (
        last == "每" and text.startswith("人口", end) and not (shape.bounded or shape.headless)
    ):  # 每10万人口医师数
        return make_reference(span_of((start, end)), text[start:end], _NAME, low, "denominator")
    if (
        marked
        and last in LETTERS
        and (shape.bare or not _ABBREVIATION.search(text, max(0, start - 6), start))
    ):
        return None
    if shape.timely and is_period(text, start, end):
        return make_reference(span_of((start, end)), text[start:end], _PERIOD, low, "period")
    if marked:
        if last in TEARING and text[start].isdigit() and is_torn(text, start):
            return None
        if last in ",，" and shape.chinese and is_cut(text, start, end):
            return None
        if last in TELLING:
            start, shape, negative = before(text, start, end, shape)
    if parts and not shape.bounded and is_time(text, start, end):
        return make_reference(span_of((start, end)), text[start:end], _TIME, text[start:end], "time")
    if last in "币幣" and shape.unit.symbol == "元" and text[start - 2] == "港":  # 港币七百亿元
        shape = evolve(shape, unit=UNITS["港元"])
    kind, rule, confidence = shape.kind, shape.rule, 1.0
    if shape.doubtful:
        if is_word(text, start, end, shape, high):
            return None
        if shape.bare:
            name = (bare_marker if shape.chinese else bare_name)(text, start, end, low)
            if name is not None:
                return name
            if shape.chinese and (low < 100 or is_cut(text, start, end)):
                return None
            if low != low.to_integral():
                kind = QuantityKind.OTHER
            if not shape.chinese:
                rule, confidence = "bare", 0.0  # until its list or its place claims it
        elif (
            last == "、"
            and shape.chinese
            and shape.high
            and not shape.approx
            and (pair := pair_before(text, start)) is not None
        ):
            start, low = start - 2, low / pair[1] * pair[0]
            shape = evolve(shape, low=True, low_closed=True, approx=True)
    if negative:  # the sign before a range belongs to its first end: -5℃至10℃
        low, high = (-low, high) if rule == "range" else (-high, -low)
    how = role(text, start, end, shape) if shape.selective else _VALUE
    return make_quantity(
        span_of((start, end)),
        text[start:end],
        low if shape.low else None,
        high if shape.high else None,
        shape.low_closed,
        shape.high_closed,
        shape.approx,
        shape.unit,
        kind,
        how,
        parts,
        shape.scale,
        rule,
        confidence,
    )


# a hard wrap, perhaps with the number of the page that ended there: 共计3.9⏎— 6 —⏎亿元
_BREAK: Final = re.compile(
    r"[ \u200b\u3000]*\r?\n[\s\u200b]*(?:[-—－]{1,2} ?\d{1,3} ?[-—－]{1,2}\s+)?(?=[^\s\d])"
)
_WRAPS: Final = frozenset("\r\n \u200b\u3000")
"""What it begins with."""
_BEHIND_BARE: Final = _WRAPS | BEHIND_MARKERS
"""What follows a Chinese numeral with no unit, if it is anything: 三⏎亿元, 三、"""
_PROSE: Final = 12
"""Characters that stand before a number in its line if the line is prose; in tables and lists it comes early."""


def _wrapped(text: str, start: int, end: int, units: UnitTable) -> tuple[int, Decimal, Decimal, Shape] | None:
    """The quantity whose number ends a line of prose and whose scale or unit begins the next; ``None`` if there is none."""
    wrap = _BREAK.match(text, end)
    if wrap is None or start < _PROSE:
        return None
    before = text[start - _PROSE : start]  # and no further back: a text of short lines stays linear
    if "\n" in before or "\r" in before:
        return None
    if not "\u4e00" <= text[start - 1] <= "\u9fff":
        return None
    number = text[start:end]
    joined = number + text[wrap.end() : wrap.end() + 24]
    if any(reference.span.start == 0 for reference in find_references(joined)):  # 2016⏎年
        return None
    match = quantity_pattern(units).match(joined)
    if match is None or match.end() <= len(number):
        return None
    _, _, low, high, shape, _ = read(match[0].rstrip(), units)[0]
    if shape is None or shape.bare:
        return None
    return wrap.end() + len(match[0].rstrip()) - len(number), low, high, shape


_numerals_of_long = numerals.__wrapped__  # a chain of half a million numerals is not remembered


def _numerals(text: str, start: int, end: int) -> list[Span]:
    """The numerals in ``text[start:end]`` that a reader would want explained."""
    found = (numerals if end - start <= MAX_NUMERAL else _numerals_of_long)(text[start:end])
    return [Span(start + at, start + stop) for at, stop in found]


def _overlaps(span: Span, others: Sequence[T], place: Callable[[T], Any]) -> bool:
    """Whether *span* has a part in common with one of *others*, which are in order of their places."""
    i = bisect_left(others, (span.end,), key=place) - 1
    return i >= 0 and bool(place(others[i])[1] > span.start)


def _reversed(q: Quantity) -> Diagnostic:
    return Diagnostic(
        Code.RANGE_REVERSED,
        Severity.WARNING,
        q.span,
        f"{q.text!r} runs downwards; its ends are in order of size",
    )


def _unread(text: str, start: int, end: int) -> Diagnostic:
    span = Span(start, end)
    if end - start > MAX_NUMERAL:
        return Diagnostic(
            Code.NUMERAL_TOO_LONG,
            Severity.WARNING,
            span,
            f"{end - start} characters are too many for a number",
        )
    return Diagnostic(
        Code.NUMERAL_UNREADABLE, Severity.INFO, span, f"{text[start:end]!r} has no value that could be told"
    )
