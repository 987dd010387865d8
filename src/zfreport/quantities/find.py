"""From a text to its quantities and references: one scan for names, one for numbers, and what lists leave out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import Final

from attrs import evolve

from ..diagnostics import Code, Diagnostic, Severity
from ..numerals import ARABIC_DIGITS, MAX_NUMERAL, SCALES
from ..text import Span
from ..units import NO_UNIT, UNITS, UnitTable
from .bare import bare_name, bare_value
from .build import make_quantity
from .context import (
    LETTERS,
    TEARING,
    TELLING,
    before,
    is_period,
    is_time,
    is_torn,
    is_word,
    role,
)
from .grammar import quantity_pattern
from .model import Quantity, QuantityKind, QuantityRole, Reference, ReferenceKind, Scan
from .read import Piece, Shape, is_joint, read, shape_of
from .references import find_references

__all__ = ["find_quantities", "scan"]

_PLAIN: Final = ARABIC_DIGITS + ".．"
_LIST_SIGNS: Final = frozenset("、和与與及或")
_JOINTS: Final = frozenset("-－﹣–—―~～〜─至到比:：∶︰﹕/／ \u00a0\u3000")
_FROM: Final = frozenset("从從由")
_LONG: Final = 4 * MAX_NUMERAL
"""Longer chains are not even looked at: 5至5至5至…"""
_ZERO: Final = Decimal(0)
_VALUE: Final = QuantityRole.VALUE  # a member looked up on its class costs more than all tests beside it
_FILTER: Final = QuantityRole.FILTER


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
    (Span(start=26, end=27),)
    """
    references = list(find_references(text))
    begins = [r.span.start for r in references]
    quantities: list[Quantity] = []
    leftover: list[Span] = []
    diagnostics: list[Diagnostic] = []
    done = claimed = 0
    for start, end, low, high, shape, parts in _readings(text, units, references):
        if start < done:
            continue
        if shape is not None and shape.bare and (wrapped := _wrapped(text, start, end, units)):
            after = bisect_left(begins, end)
            if after == len(begins) or begins[after] >= wrapped[0]:  # its unit is no part of a reference
                end, low, high, shape = wrapped
                done = end
        if shape is None:
            unread = _numerals(text, start, end)
            leftover += unread
            if unread:
                diagnostics.append(_unread(text, start, end))
            continue
        found = _judge(text, start, end, low, high, shape, parts)
        if found is not None:
            before = bisect_left(begins, start)
            if found.span.start < max(claimed, references[before - 1].span.end if before else 0):
                continue  # 两成一半: its first words are the last of the number before
            claimed = found.span.end
        if isinstance(found, Quantity):
            quantities.append(found)
            if shape.headless and found.role is _FILTER:
                references.append(Reference(found.span, found.text, ReferenceKind.CLASS, found.low, "class"))
            elif found.rule == "range reversed":
                diagnostics.append(_reversed(found))
        elif found is None:
            leftover += _numerals(text, start, end)
        else:
            references.append(found)
    quantities, unclaimed = _lists(text, quantities)
    named, unclaimed = _named_lists(text, unclaimed, references)
    references += named
    references.sort(key=_span)
    explained, read_spans = sorted(known), sorted(map(_span, chain(quantities, references)))
    return Scan(
        tuple(quantities),
        tuple(references),
        tuple(
            span
            for span in sorted(leftover + unclaimed)
            if not _overlaps(span, explained) and not _overlaps(span, read_spans)
        ),
        tuple(diagnostics),
    )


def _readings(text: str, units: UnitTable, references: list[Reference]) -> Iterator[Piece]:
    """What may be a quantity, read, outside of *references*: with bounds in *text*."""
    # both scans run from left to right; the sentinel spares a test
    starts = [r.span.start for r in references] + [len(text) + 1]
    ends = [r.span.end for r in references] + [len(text) + 1]
    i = 0
    for at, stop in _chains(text, quantity_pattern(units)):
        while ends[i] <= at:
            i += 1
        clear = stop <= starts[i]
        if not clear and starts[i] <= at and stop <= ends[i]:
            continue
        words = text[at:stop].rstrip()
        tail = words.lstrip(_PLAIN)
        if len(tail) < len(words) <= MAX_NUMERAL:
            shape = shape_of(tail, units)
            if shape is not None:  # 473亿元: a number before a known tail
                number = words[: len(words) - len(tail)]
                if "．" in number:
                    number = number.replace("．", ".")
                value = Decimal(number + shape.power)
                piece: Piece = at, at + len(words), value, value, shape, ()
                if clear:
                    yield piece
                else:
                    yield from _outside(starts, ends, piece)
                continue
        elif len(words) > _LONG:
            yield at, stop, _ZERO, _ZERO, None, ()
            continue
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
            yield from _outside(starts, ends, (at + start, at + end, low, high, shape, parts))


def _outside(starts: list[int], ends: list[int], piece: Piece) -> Iterator[Piece]:
    """*piece*, if no reference has a part of it; else what the references leave of it, which has no value."""
    start, end = piece[:2]
    i = bisect_right(ends, start)
    if starts[i] >= end:
        yield piece
        return
    while start < end:
        if start < starts[i]:
            yield start, min(end, starts[i]), _ZERO, _ZERO, None, ()
        start = ends[i]
        i += 1


_span = attrgetter("span")


def _chains(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches that may be quantities: the matches, those joined by a sign of range or ratio as one."""
    start = end = -9
    # all matches first: taken in turns with the rest, the engine would find its code gone from the processor's cache
    for at, stop in [match.span() for match in pattern.finditer(text)]:
        if at - end < 5 and at > end and text[end] in _JOINTS and is_joint(text, end, at):
            end = stop
            continue
        if end > 0:
            yield start, end
        start, end = at, stop
    if end > 0:
        yield start, end


def _judge(
    text: str, start: int, end: int, low: Decimal, high: Decimal, shape: Shape, parts: tuple[Decimal, ...]
) -> Quantity | Reference | None:
    """What the number at ``text[start:end]`` is, seen in its place; ``None`` if nothing says."""
    last = text[start - 1] if start else "\n"
    negative = False
    if last in LETTERS:
        return None
    if shape.timely and is_period(text, start, end):
        return Reference(Span(start, end), text[start:end], ReferenceKind.PERIOD, low, "period")
    if last in TEARING and text[start].isdigit() and is_torn(text, start):
        return None
    if last in TELLING:
        start, shape, negative = before(text, start, shape)
    if parts and not shape.bounded and is_time(text, start, end):
        return Reference(Span(start, end), text[start:end], ReferenceKind.TIME, text[start:end], "time")
    if last in "币幣" and shape.unit.symbol == "元" and text[start - 2] == "港":  # 港币七百亿元
        shape = evolve(shape, unit=UNITS["港元"])
    kind, rule, confidence = shape.kind, shape.rule, 1.0
    if shape.doubtful:
        if is_word(text, start, end, shape, high):
            return None
        if shape.bare:
            name = bare_name(text, start, end, low)
            if name is not None and (not shape.chinese or name.kind is ReferenceKind.LIST_MARKER):
                return name
            if shape.chinese and low < 100:
                return None
            if low != low.to_integral():
                kind = QuantityKind.OTHER
            if not shape.chinese:
                rule, confidence = "bare", 0.0  # until its list or its place claims it
    if negative:  # the sign before a range belongs to its first end: -5℃至10℃
        low, high = (-low, high) if rule == "range" else (-high, -low)
    how = role(text, start, end, shape) if shape.bounded else _VALUE
    return make_quantity(text, start, end, low, high, shape, kind, how, parts, rule, confidence)


# a hard wrap, perhaps with the number of the page that ended there: 共计3.9⏎— 6 —⏎亿元
_BREAK: Final = re.compile(
    r"[ \u200b\u3000]*\r?\n[\s\u200b]*(?:[-—－]{1,2} ?\d{1,3} ?[-—－]{1,2}\s+)?(?=[^\s\d])"
)
_PROSE: Final = 12
"""Characters that stand before a number in its line if the line is prose; in tables and lists it comes early."""


def _wrapped(text: str, start: int, end: int, units: UnitTable) -> tuple[int, Decimal, Decimal, Shape] | None:
    """The quantity whose number ends a line of prose and whose scale or unit begins the next; ``None`` if there is none."""
    wrap = _BREAK.match(text, end)
    if wrap is None or start - 1 - max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) < _PROSE:
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


def _lists(text: str, quantities: list[Quantity]) -> tuple[list[Quantity], list[Span]]:
    """
    *quantities*, where the bare numbers of a list have the unit of its last member (14和25平方米), and the bare ones left.

    From the end, so that a unit travels: 3、5和8家.
    """
    for i in range(len(quantities) - 2, -1, -1):
        one, following = quantities[i], quantities[i + 1]
        if one.unit is not NO_UNIT and one.unit.symbol != "个":
            continue
        gap = text[one.span.end : following.span.start]
        if not gap or len(gap) > 3 or gap.strip() not in _LIST_SIGNS or following.unit is NO_UNIT:
            continue
        if one.unit is NO_UNIT and one.rule in _SHARING and (not one.scale or following.scale):
            power = 0 if one.scale else _shared_power(one, following)  # 1409万、1305万人次 has its own
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


def _named_lists(
    text: str, bare: list[Span], references: list[Reference]
) -> tuple[list[Reference], list[Span]]:
    """The bare numbers that share the name of what follows them in a list (1、2号线, 36、37中), and those that do not."""
    if not bare:
        return [], []
    at = {r.span.start: r for r in references}
    named: list[Reference] = []
    left: list[Span] = []
    for span in reversed(bare):
        following = at.get(span.end + 1)
        if following is not None and text[span.end] in _NAME_SIGNS:
            words = text[span.start : span.end]
            value = int(words) if words.isdecimal() else None
            at[span.start] = Reference(span, words, following.kind, value, "list")
            named.append(at[span.start])
        else:
            left.append(span)
    return named, left


_NAME_SIGNS: Final = _LIST_SIGNS | frozenset("-－—~～至到")
_SHARING: Final = frozenset({"bare", "range", "amount"})


def _shared_power(one: Quantity, following: Quantity) -> int:
    """The power of ten that a bare number shares with the next in its list, if that makes them of one size: 3、5万元."""
    power = SCALES.get(following.scale, 0)
    other = following.low if following.low is not None else following.high
    if not power or not one.low or not other:
        return 0
    return power if Decimal("0.01") <= one.low.scaleb(power) / other <= 100 else 0


_NUMERAL: Final = re.compile(r"\d+|[一二三四五六七八九两兩十百千万萬亿億零〇○]{2,}")
_DIGIT_AND_MULTIPLIER: Final = re.compile(
    r"[二三四五六七八九两兩].*[十百千万萬亿億]|[十百千万萬亿億][一二三四五六七八九]|一[百千万萬亿億]"
)
_WORDS: Final = frozenset({"十一", "万一", "萬一", "千一", "百一"})


def _numerals(text: str, start: int, end: int) -> list[Span]:
    """The numerals in ``text[start:end]`` that a reader would want explained."""
    return [
        Span(start + m.start(), start + m.end())
        for m in _NUMERAL.finditer(text[start:end])
        if m[0][0].isdecimal() or (m[0] not in _WORDS and _DIGIT_AND_MULTIPLIER.search(m[0]))
    ]


def _overlaps(span: Span, others: list[Span]) -> bool:
    i = bisect_left(others, (span.end,)) - 1
    return i >= 0 and others[i].end > span.start


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
