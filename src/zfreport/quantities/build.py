"""
Frozen objects, made quickly.

A report has hundreds of quantities, and ``__init__`` of a frozen class stores every field through a guarded
``__setattr__``. Here a private subclass without the guard is filled, and then given its true class: the result is a
genuine frozen instance (equality, hash, pickle and all) in a quarter of the time.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ..text import Span
from .model import Quantity, QuantityKind, QuantityRole, Reference, ReferenceKind, ReferenceValue
from .read import Shape

__all__ = ["make_quantity", "make_reference"]

_ALLOCATE: Final = object.__new__
_NEW: Final = tuple.__new__
"""``_NEW(Span, …)`` is ``Span(…)`` without the Python call that a named tuple makes of it."""


class _OpenQuantity(Quantity):
    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = (
        object.__delattr__
    )  # without it, the class keeps a slot wrapper that is slower than the guard


class _OpenReference(Reference):
    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


def make_quantity(
    text: str,
    start: int,
    end: int,
    low: Decimal,
    high: Decimal,
    shape: Shape,
    kind: QuantityKind,
    rule: str,
    role: QuantityRole = QuantityRole.VALUE,
    parts: tuple[Decimal, ...] = (),
    confidence: float = 1.0,
) -> Quantity:
    """The quantity at ``text[start:end]``: the ends that *shape* has, under what else it says."""
    q = _ALLOCATE(_OpenQuantity)
    q.span = _NEW(Span, (start, end))  # type: ignore[misc]
    q.text = text[start:end]  # type: ignore[misc]
    q.low = low if shape.low else None  # type: ignore[misc]
    q.high = high if shape.high else None  # type: ignore[misc]
    q.low_closed = shape.low_closed  # type: ignore[misc]
    q.high_closed = shape.high_closed  # type: ignore[misc]
    q.approx = shape.approx  # type: ignore[misc]
    q.unit = shape.unit  # type: ignore[misc]
    q.kind = kind  # type: ignore[misc]
    q.role = role  # type: ignore[misc]
    q.parts = parts  # type: ignore[misc]
    q.scale = shape.scale  # type: ignore[misc]
    q.rule = rule  # type: ignore[misc]
    q.confidence = confidence  # type: ignore[misc]
    q.__class__ = Quantity  # type: ignore[assignment]
    return q


def make_reference(
    start: int, end: int, words: str, kind: ReferenceKind, value: ReferenceValue, rule: str
) -> Reference:
    """The reference at ``text[start:end]``, which reads *words*."""
    r = _ALLOCATE(_OpenReference)
    r.span = _NEW(Span, (start, end))  # type: ignore[misc]
    r.text = words  # type: ignore[misc]
    r.kind = kind  # type: ignore[misc]
    r.value = value  # type: ignore[misc]
    r.rule = rule  # type: ignore[misc]
    r.__class__ = Reference  # type: ignore[assignment]
    return r
