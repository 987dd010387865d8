"""What the numbers of a list leave to its last member: a unit, a scale, a name."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import evolve

from ..numerals import SCALES
from ..text import Span
from ..units import NO_UNIT
from .bare import bare_value
from .model import Quantity, Reference

__all__ = ["share_names", "share_units"]

_LIST_SIGNS: Final = frozenset("、和与與及或")
_NAME_SIGNS: Final = _LIST_SIGNS | frozenset("-－—~～至到")
_CLOSE: Final = 3
"""Characters between two members of a list at most."""
_SHARING: Final = frozenset({"bare", "range", "amount"})


def share_units(
    text: str, quantities: list[Quantity], sharing: list[int]
) -> tuple[list[Quantity], list[Span]]:
    """
    *quantities*, where the bare numbers of a list have the unit of its last member (14和25平方米), and the bare ones left.

    *sharing* are the places of those that may have it.
    """
    for i in reversed(sharing):  # from the end, so that a unit travels: 3、5和8家
        if i + 1 < len(quantities):
            one, following = quantities[i], quantities[i + 1]
            if 0 < following.span.start - one.span.end <= _CLOSE:
                quantities[i] = _in_list(text, one, following)
    left: dict[int, Span] = {}
    for i in sharing:
        one = quantities[i]
        if not one.confidence:
            if one.low is not None and bare_value(text, *one.span, one.kind):
                quantities[i] = evolve(one, confidence=0.6)
            else:
                left[i] = one.span
    if left:
        quantities = [one for i, one in enumerate(quantities) if i not in left]
    return quantities, list(left.values())


def _in_list(text: str, one: Quantity, following: Quantity) -> Quantity:
    """*one* with the unit of *following*, if that is the next of a list."""
    gap = text[one.span.end : following.span.start]
    if gap.strip() not in _LIST_SIGNS or following.unit is NO_UNIT:
        return one
    if one.unit is NO_UNIT and one.rule in _SHARING and (not one.scale or following.scale):
        power = 0 if one.scale else _shared_power(one, following)  # 1409万、1305万人次 has its own
        return evolve(
            one,
            low=None if one.low is None else one.low.scaleb(power),
            high=None if one.high is None else one.high.scaleb(power),
            unit=following.unit,
            kind=following.kind,
            scale=following.scale if power else "",
            rule="list",
            confidence=0.9,
        )
    if one.unit.symbol == "个" and following.unit.symbol == "个百分点":  # 3个和4个百分点
        return evolve(one, unit=following.unit, kind=following.kind, rule="list", confidence=0.9)
    return one


def _shared_power(one: Quantity, following: Quantity) -> int:
    """The power of ten that a bare number shares with the next in its list, if that makes them of one size: 3、5万元."""
    power = SCALES.get(following.scale, 0)
    other = following.low if following.low is not None else following.high
    if not power or not one.low or not other:
        return 0
    return power if Decimal("0.01") <= one.low.scaleb(power) / other <= 100 else 0


def share_names(
    text: str, bare: list[Span], references: list[Reference]
) -> tuple[list[Reference], list[Span]]:
    """The bare numbers that share the name of what follows them in a list (1、2号线, 36、37中), and those that do not."""
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
