"""The values of what is read: those that were found in the source, and those that only its mended lines or 保8争9 show."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from operator import itemgetter

from ..quantities import Quantity, QuantityRole, find_quantities
from ..quantities.model import make_quantity
from .bound import Value
from .reading import Reading

__all__ = ["read_values"]

# Named here once: to get a member from its class takes Python 3.11 as long as five comparisons.
_VALUE = QuantityRole.VALUE
# 增长保8争9: percent, though nothing says so; 保5争3 is of ranks.
_RUNGS = re.compile(r"保(\d{1,2}(?:\.\d)?)%?[、,]?力?争(\d{1,2}(?:\.\d)?)(?=[,;:。、\n)%])")


def read_values(reading: Reading, quantities: Sequence[Quantity]) -> list[Value]:
    """The values of what is read, in order, with those of 保8争9, which are no percentages without their sentence."""
    values = reading.placed([q for q in quantities if q.role is _VALUE])
    if reading.broken:
        values = _mended(reading, values)
    if rungs := [m for m in _RUNGS.finditer(reading.text) if Decimal(m[1]) < Decimal(m[2])]:
        taken = {start for start, _, _ in values}
        for m in rungs:
            for place in (1, 2):
                if m.start(place) not in taken:
                    percent = find_quantities(f"{m[place]}%")[0]
                    values.append((*m.span(place), percent))
        values.sort(key=itemgetter(0))
    return values


def _written(q: Quantity, text: str) -> Quantity:
    """*q* in other characters."""
    return make_quantity(
        q.span, text, q.low, q.high, q.low_closed, q.high_closed, q.approx, q.unit, q.kind, q.role, q.parts, q.scale,
        q.rule, q.confidence,
    )  # fmt: skip


def _mended(reading: Reading, values: Sequence[Value]) -> list[Value]:
    """*values* with those of broken lines read again, 增长6%左⏎右, and the others as they are written here."""
    text, place = reading.text, reading.at
    bounds = reading.mended()
    ahead, passed = iter((*bounds, sys.maxsize)), 0
    bound = next(ahead)
    mended: list[Value] = []
    for value in values:
        start, end, q = value
        while bound <= start:
            bound = next(ahead)
            passed += 1
        if passed & 1:
            continue  # read again
        written = text[start:end]
        if written != q.text or len(written) == 1:
            if place(start) != q.span[0]:
                continue  # left out here: a single character stands where it would
            if written != q.text:
                value = (start, end, _written(q, written))
        mended.append(value)
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        for q in find_quantities(text[first:last]):
            if q.role is _VALUE:
                start, end = q.span
                mended.append((first + start, first + end, q))
    mended.sort(key=itemgetter(0))
    return mended
