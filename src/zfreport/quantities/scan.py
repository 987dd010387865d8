"""From a text to its quantities and references: one scan for names, one for numbers, and what lists leave out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from attrs import evolve

from ..diagnostics import Code, Diagnostic, Severity
from ..numerals import ARABIC_DIGITS, MAX_NUMERAL, SCALES
from ..text import Span
from ..units import NO_UNIT, UNITS, UnitTable
from .context import LETTERS, bare_name, bare_value, before, is_article, is_period, role
from .grammar import quantity_pattern
from .model import Quantity, QuantityKind, QuantityRole, Reference, ReferenceKind, Scan, make_quantity
from .read import Piece, read, shape_of
from .references import find_references

__all__ = ["find_quantities", "scan"]

_PLAIN: Final = ARABIC_DIGITS + ".．"
_LIST_SIGNS: Final = frozenset("、和与與及或")
_FROM: Final = frozenset("从從由")
_LONG: Final = 4 * MAX_NUMERAL


def find_quantities(text: str, units: UnitTable = UNITS) -> tuple[Quantity, ...]:
    """
    Every quantity of any Chinese text, in order: value, unit, bounds and place.

    >>> [(q.text, q.low, q.high, q.unit.symbol) for q in find_quantities("救助近9万人次,发放2亿多元")]
    [('近9万人次', None, Decimal('9E+4'), '人次'), ('2亿多元', Decimal('2E+8'), None, '元')]

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
    (Span(start=29, end=30),)
    """
    references = list(find_references(text))
    quantities: list[Quantity] = []
    leftover: list[Span] = []
    diagnostics: list[Diagnostic] = []
    stretches = [reference.span for reference in references]
    starts = [span.start for span in stretches]
    for match in quantity_pattern(units).finditer(text):
        at, end = match.span()
        i = bisect_right(starts, at) - 1
        if i >= 0 and stretches[i].end >= end:
            continue
        if end - at > _LONG:
            diagnostics.append(_too_long(at, end))
            leftover.append(Span(at, end))
            continue
        words = match[0].rstrip()
        for piece in _pieces(text, at, words, units):
            start, end = at + piece.start, at + piece.end
            i = bisect_right(starts, end - 1) - 1
            if i >= 0 and stretches[i].end > start:
                continue
            found = _judge(text, start, end, piece)
            if found is None:
                leftover += _numerals(text, start, end)
                if piece.shape is None:
                    diagnostics.append(_unreadable(text, start, end))
            elif isinstance(found, Reference):
                references.append(found)
            else:
                quantities.append(found)
                if found.role is QuantityRole.FILTER and piece.shape and piece.shape.headless:
                    references.append(Reference(found.span, found.text, ReferenceKind.CLASS, found.low, "class"))
    quantities, unclaimed = _lists(text, quantities)
    references.sort(key=lambda r: r.span)
    named = _named_lists(text, unclaimed, references)
    references += named
    leftover += [span for span in unclaimed if not any(span == r.span for r in named)]
    explained = sorted(known)
    return Scan(
        tuple(quantities),
        tuple(sorted(references, key=lambda r: r.span)),
        tuple(sorted(span for span in leftover if not _overlaps(span, explained))),
        tuple(diagnostics),
    )


def _pieces(text: str, at: int, words: str, units: UnitTable) -> tuple[Piece, ...]:
    """The quantities of one match. The plain ones, 473亿元, are a number before a known tail."""
    tail = words.lstrip(_PLAIN)
    if len(tail) < len(words) <= MAX_NUMERAL:
        shape = shape_of(tail, units)
        if shape is not None:
            number = words[: len(words) - len(tail)].replace("．", ".")
            value = Decimal(number + shape.power)
            return (Piece(0, len(words), value, value, shape),)
    pieces = read(words, units)
    if at and text[at - 1] in _FROM and pieces[0].shape and pieces[0].shape.rule.startswith("range"):
        return read(words, units, ranges=False)  # 从3个到5个
    return pieces


def _judge(text: str, start: int, end: int, piece: Piece) -> Quantity | Reference | None:
    """What the number at ``text[start:end]`` is, seen in its place; ``None`` if nothing says."""
    _, _, low, high, shape, parts = piece
    if shape is None or (start and text[start - 1] in LETTERS):
        return None
    if is_period(text, start, end, shape):
        return Reference(Span(start, end), text[start:end], ReferenceKind.PERIOD, low, "period")
    start, shape, negative = before(text, start, shape)
    if is_article(shape) or (shape.unit.symbol == "番" and text[start] != "翻") or (shape.unit.symbol == "成" and high > 10):
        return None
    kind, rule, confidence = shape.kind, shape.rule, 1.0
    if shape.bare and rule == "amount":
        name = bare_name(text, start, end, low)
        if name is not None and (not shape.chinese or name.kind is ReferenceKind.LIST_MARKER):
            return name
        if low != low.to_integral():
            kind = QuantityKind.OTHER
        if shape.chinese and low < 100:
            return None
        if not shape.chinese:
            rule, confidence = "bare", 0.0  # until its list or its place claims it
    if negative:
        low, high = -high, -low
    return make_quantity(
        start,
        end,
        text[start:end],
        low if shape.low else None,
        high if shape.high else None,
        shape.low_closed,
        shape.high_closed,
        shape.approx,
        shape.unit,
        kind,
        role(text, start, end, shape),
        parts,
        shape.scale,
        rule,
        confidence,
    )


def _lists(text: str, quantities: list[Quantity]) -> tuple[list[Quantity], list[Span]]:
    """
    *quantities*, where the bare numbers of a list have the unit of its last member (14和25平方米), and the bare ones left.

    From the end, so that a unit travels: 3、5和8家.
    """
    for i in range(len(quantities) - 2, -1, -1):
        one, following = quantities[i], quantities[i + 1]
        gap = text[one.span.end : following.span.start]
        if not gap or len(gap) > 3 or gap.strip() not in _LIST_SIGNS or following.unit is NO_UNIT:
            continue
        if one.unit is NO_UNIT and one.rule in _SHARING and not one.scale:
            power = _shared_power(one, following)
            quantities[i] = evolve(
                one,
                low=None if one.low is None else one.low.scaleb(power),
                high=None if one.high is None else one.high.scaleb(power),
                unit=following.unit,
                kind=following.kind,
                scale=following.scale if power else "",
                rule="list",
                confidence=0.9,
            )
        elif one.unit.symbol == "个" and following.unit.symbol == "个百分点":  # 3个和4个百分点
            quantities[i] = evolve(one, unit=following.unit, kind=following.kind, rule="list", confidence=0.9)
    kept: list[Quantity] = []
    left: list[Span] = []
    for one in quantities:
        if one.confidence:
            kept.append(one)
        elif one.low is not None and bare_value(text, *one.span, one.kind):
            kept.append(evolve(one, confidence=0.6))
        else:
            left.append(one.span)
    return kept, left


def _named_lists(text: str, bare: list[Span], references: list[Reference]) -> list[Reference]:
    """The bare numbers that share the name of what follows them in a list: 1、2号线, 36、37中."""
    at = {r.span.start: r for r in references}
    named: list[Reference] = []
    for span in reversed(bare):
        joint = text[span.end : span.end + 1]
        following = at.get(span.end + 1)
        if following is not None and (joint in _LIST_SIGNS or joint in "-－—~～至到"):
            reference = Reference(span, text[span.start : span.end], following.kind, _whole(text, span), "list")
            named.append(reference)
            at[span.start] = reference
    return named[::-1]


def _whole(text: str, span: Span) -> int | None:
    words = text[span.start : span.end]
    return int(words) if words.isdecimal() else None


_SHARING: Final = frozenset({"bare", "range", "amount"})


def _shared_power(one: Quantity, following: Quantity) -> int:
    """The power of ten that a bare number shares with the next in its list, if that makes them of one size: 3、5万元."""
    power = SCALES.get(following.scale, 0)
    other = following.low if following.low is not None else following.high
    if not power or not one.low or not other:
        return 0
    return power if Decimal("0.01") <= one.low.scaleb(power) / other <= 100 else 0


_NUMERAL: Final = re.compile(r"\d+|[一二三四五六七八九两兩十百千万萬亿億零〇○]{2,}")
_DIGIT_AND_MULTIPLIER: Final = re.compile(r"[二三四五六七八九两兩].*[十百千万萬亿億]|[十百千万萬亿億][一二三四五六七八九]|一[百千万萬亿億]")
_WORDS: Final = frozenset({"十一", "万一", "萬一", "千一", "百一"})


def _numerals(text: str, start: int, end: int) -> list[Span]:
    """The numerals in ``text[start:end]`` that a reader would want explained."""
    return [
        Span(start + m.start(), start + m.end())
        for m in _NUMERAL.finditer(text[start:end])
        if m[0][0].isdecimal() or (m[0] not in _WORDS and _DIGIT_AND_MULTIPLIER.search(m[0]))
    ]


def _overlaps(span: Span, others: list[Span]) -> bool:
    i = bisect_right(others, (span.end - 1, span.end)) - 1
    return i >= 0 and others[i].end > span.start


def _too_long(start: int, end: int) -> Diagnostic:
    return Diagnostic(
        Code.NUMERAL_TOO_LONG, Severity.WARNING, Span(start, end), f"{end - start} characters are too many for a number"
    )


def _unreadable(text: str, start: int, end: int) -> Diagnostic:
    return Diagnostic(
        Code.NUMERAL_UNREADABLE, Severity.INFO, Span(start, end), f"{text[start:end][:40]!r} has no value that could be told"
    )
